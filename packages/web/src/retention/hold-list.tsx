import { Link } from '@tanstack/react-router';
import type { LegalHold } from '@threerings/core/wire/retention';
import { Lock, Plus } from 'lucide-react';
import { useState } from 'react';
import { useWords } from '../app/i18n/use-words.ts';
import { shortTime } from '../app/time.ts';
import { useRowKeys } from '../app/use-row-keys.ts';
import { useNow } from '../live/clock.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { Empty, Failed, Loading } from '../ui/states.tsx';
import { NewHoldSheet } from './new-hold-sheet.tsx';
import { ReasonForm } from './reason-form.tsx';
import { retentionKey, useHolds } from './use-retention.ts';

/** Holds in force first. `call`: opens the form for it at once. */
export function HoldList({ call }: { call: string | undefined }) {
  const t = useWords();
  const list = useHolds();
  const [adding, setAdding] = useState(call !== undefined);
  useRowKeys({ onMove: () => undefined, onOpen: undefined, onNew: () => setAdding(true) });
  const { holds = [], audioDays = 0, transcriptDays = 0, caseDays = 0 } = list.data ?? {};
  return (
    <Card
      className="grow"
      icon={<Lock size={16} aria-hidden />}
      title={t('retention.view.holds')}
      aside={
        <Button tone="primary" size="small" icon={<Plus size={16} aria-hidden />} hint="N" onClick={() => setAdding(true)}>
          {t('hold.new')}
        </Button>
      }
    >
      <div className="scroll grow">
        {list.isPending && <Loading what={t('retention.title')} rows={6} />}
        {list.isError && <Failed error={list.error} onRetry={() => void list.refetch()} />}
        {list.isSuccess && (
          <p className="retention-note">{t('retention.periods', { audio: audioDays, words: transcriptDays, matters: caseDays })}</p>
        )}
        {list.isSuccess && holds.length === 0 && <Empty title={t('hold.none')} text={t('hold.none-text')} />}
        {holds.length > 0 && <HoldTable holds={holds} />}
      </div>
      {adding && <NewHoldSheet call={call} onClose={() => setAdding(false)} />}
    </Card>
  );
}

function HoldTable({ holds }: { holds: readonly LegalHold[] }) {
  const t = useWords();
  return (
    <table className="rows-table">
      <thead>
        <tr>
          <th>{t('hold.of')}</th>
          <th>{t('retention.reason')}</th>
          <th>{t('hold.by')}</th>
          <th>{t('retention.state')}</th>
        </tr>
      </thead>
      <tbody>
        {holds.map((hold) => (
          <HoldRow key={hold.hold} hold={hold} />
        ))}
      </tbody>
    </table>
  );
}

function HoldRow({ hold: { hold, interaction, customer, reason, by, at, released } }: { hold: LegalHold }) {
  const t = useWords();
  const now = useNow(60_000);
  const [lifting, setLifting] = useState(false);
  return (
    <tr>
      <td>
        {interaction === undefined ? (
          <>
            {t('hold.customer')} <span className="num">{customer}</span>
          </>
        ) : (
          <Link to="/interactions/$interaction" params={{ interaction }} className="num">
            {interaction}
          </Link>
        )}
      </td>
      <td>{reason}</td>
      <td className="num nowrap">
        {by} · {shortTime(at, now)}
      </td>
      <td>
        {released !== undefined ? (
          <>
            {t('hold.lifted')}
            <span className="row-note num">
              {released.by} · {shortTime(released.at, now)} · {released.note}
            </span>
          </>
        ) : lifting ? (
          <ReasonForm
            path={`/api/retention/holds/${encodeURIComponent(hold)}/release`}
            body={(note) => ({ note })}
            label={t('hold.lift')}
            stale={retentionKey}
            onClose={() => setLifting(false)}
          />
        ) : (
          <span className="row">
            <b>{t('hold.in-force')}</b>
            <Button size="small" onClick={() => setLifting(true)}>
              {t('hold.lift')}
            </Button>
          </span>
        )}
      </td>
    </tr>
  );
}
