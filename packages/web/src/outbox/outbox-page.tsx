import type { OutboxRow } from '@threerings/core/wire/outbox';
import { Plus, Send } from 'lucide-react';
import { useState } from 'react';
import { useWords } from '../app/i18n/use-words.ts';
import { shortTime } from '../app/time.ts';
import { useAct } from '../app/use-act.ts';
import { useRowKeys } from '../app/use-row-keys.ts';
import { useNow } from '../live/clock.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { Empty, Failed, Loading } from '../ui/states.tsx';
import { NewMessageSheet } from './new-message-sheet.tsx';
import { outboxKey, useOutbox, useOutboxChannels } from './use-outbox.ts';
import '../promises/promises-page.css';

/** 发件: what was sent to callers in writing, and what became of it. */
export function OutboxPage() {
  const t = useWords();
  const list = useOutbox();
  const channels = useOutboxChannels().data?.channels ?? [];
  const [adding, setAdding] = useState(false);
  const blocked = channels.length === 0 ? t('outbox.no-channels') : undefined;
  useRowKeys({ onMove: () => undefined, onOpen: undefined, onNew: blocked === undefined ? () => setAdding(true) : undefined });
  const rows = list.data ?? [];
  return (
    <div className="ledger">
      <header className="ledger-head">
        <h1 className="visually-hidden">{t('outbox.title')}</h1>
        <span className="grow" />
        <Button tone="primary" icon={<Plus size={16} aria-hidden />} hint="N" blocked={blocked} onClick={() => setAdding(true)}>
          {t('outbox.new')}
        </Button>
      </header>
      <Card
        className="grow"
        icon={<Send size={16} aria-hidden />}
        title={t('outbox.title')}
        aside={<span className="meta num">{rows.length}</span>}
      >
        <div className="scroll grow">
          {list.isPending && <Loading what={t('outbox.title')} rows={8} />}
          {list.isError && <Failed error={list.error} onRetry={() => void list.refetch()} />}
          {list.isSuccess && rows.length === 0 && <Empty title={t('outbox.none')} text={t('outbox.none-text')} />}
          {rows.length > 0 && <OutboxTable rows={rows} />}
        </div>
      </Card>
      {adding && <NewMessageSheet channels={channels} onClose={() => setAdding(false)} />}
    </div>
  );
}

function OutboxTable({ rows }: { rows: readonly OutboxRow[] }) {
  const t = useWords();
  const now = useNow();
  const { run, busy } = useAct(outboxKey);
  return (
    <table className="rows-table">
      <thead>
        <tr>
          <th>{t('outbox.at')}</th>
          <th>{t('outbox.channel')}</th>
          <th>{t('outbox.to')}</th>
          <th>{t('outbox.state')}</th>
          <th>{t('outbox.by')}</th>
          <th />
        </tr>
      </thead>
      <tbody>
        {rows.map(({ message, channel, to, state, fault, attempts, nextAt, madeAt, by }) => (
          <tr key={message} data-standing={state === 'dead' ? 'overdue' : undefined}>
            <td className="num nowrap">{shortTime(madeAt, now)}</td>
            <td className="nowrap">{t(`outbox.channel.${channel}`)}</td>
            <td className="num nowrap">{to}</td>
            <td>
              {t(`outbox.state.${state}`)}
              {fault !== undefined && state !== 'sent' && (
                <span className="row-note">
                  {fault} · {t('outbox.tries', { n: attempts })}
                  {nextAt !== undefined && ` · ${t('outbox.next', { time: shortTime(nextAt, now) })}`}
                </span>
              )}
            </td>
            <td className="num nowrap">{by}</td>
            <td className="nowrap">
              {state === 'dead' && (
                <Button size="small" busy={busy} onClick={() => void run(`/api/outbox/${message}/retry`)}>
                  {t('outbox.retry')}
                </Button>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
