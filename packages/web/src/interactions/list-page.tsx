import { useNavigate } from '@tanstack/react-router';
import type { InteractionRow } from '@threerings/core/wire/interactions';
import { AudioLines, Search } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { wordOfCode } from '../app/i18n/translate.ts';
import { useWords } from '../app/i18n/use-words.ts';
import { hasRole, useMe } from '../app/session.ts';
import { clock, shortTime } from '../app/time.ts';
import { useNow } from '../live/clock.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { Input, Select } from '../ui/field.tsx';
import { Empty, Failed, Loading } from '../ui/states.tsx';
import { Tallies } from '../verdicts/tallies.tsx';
import { type InteractionFilter, useInteractions } from './use-interactions.ts';
import './list-page.css';

const pageSize = 50;

/** Calls, newest first. An agent sees the own ones only; the server decides that, not this page. */
export function InteractionsPage() {
  const t = useWords();
  const [filter, setFilter] = useState<InteractionFilter>({});
  const calls = useInteractions(filter, pageSize);
  const rows = calls.data?.pages.flatMap((page) => page.rows) ?? [];
  return (
    <div className="list-page">
      <Card
        className="grow"
        icon={<AudioLines size={16} aria-hidden />}
        title={t('list.title')}
        aside={<FilterForm onChange={setFilter} />}
      >
        <div className="scroll grow">
          {calls.isPending && <Loading what={t('list.title')} rows={8} />}
          {calls.isError && <Failed error={calls.error} onRetry={() => void calls.refetch()} />}
          {calls.isSuccess && rows.length === 0 && <Empty title={t('list.none')} text={t('list.none-text')} />}
          {rows.length > 0 && <CallTable rows={rows} />}
          {calls.hasNextPage && (
            <p className="list-more">
              <Button busy={calls.isFetchingNextPage} onClick={() => void calls.fetchNextPage()}>
                {t('list.more')}
              </Button>
            </p>
          )}
        </div>
      </Card>
    </div>
  );
}

function CallTable({ rows }: { rows: readonly InteractionRow[] }) {
  const t = useWords();
  return (
    <table className="call-table">
      <thead>
        <tr>
          <th>{t('list.time')}</th>
          <th>{t('list.agent')}</th>
          <th>{t('list.queue')}</th>
          <th>{t('list.channel')}</th>
          <th className="num-col">{t('list.talk')}</th>
          <th>{t('list.verdicts')}</th>
          <th>{t('list.outcome')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <CallRow key={row.interaction} row={row} />
        ))}
      </tbody>
    </table>
  );
}

function CallRow({ row }: { row: InteractionRow }) {
  const t = useWords();
  const now = useNow(60_000);
  const navigate = useNavigate();
  const open = () => void navigate({ to: '/interactions/$interaction', params: { interaction: row.interaction } });
  return (
    <tr onClick={open}>
      <td className="num nowrap">
        <button type="button" className="call-open" onClick={open}>
          {shortTime(row.startedAt, now)}
        </button>
      </td>
      <td className="nowrap">
        {row.agentName} <span className="t3 num">{row.agent}</span>
      </td>
      <td>{row.queue}</td>
      <td className="nowrap">
        {wordOfCode(t, 'channel', row.channel)} {row.origin !== 'live' && <span className="chip">{t(`origin.${row.origin}`)}</span>}
      </td>
      <td className="num-col">{row.endedAt === undefined ? t('list.running') : clock(row.talkMs)}</td>
      <td>
        <Tallies row={row} />
      </td>
      <td className="t2">{row.outcome === undefined ? '' : wordOfCode(t, 'outcome', row.outcome)}</td>
    </tr>
  );
}

function FilterForm({ onChange }: { onChange: (filter: InteractionFilter) => void }) {
  const t = useWords();
  const person = useMe();
  const seesOthers = hasRole(person, 'leader', 'reviewer', 'operations', 'administrator', 'norm-owner');
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string) => String(form.get(name) ?? '').trim();
    onChange({ agent: text('agent'), origin: text('origin'), value: text('value') });
  };
  return (
    <form className="list-filter" onSubmit={submit}>
      {seesOthers && <Input name="agent" aria-label={t('list.by-agent')} placeholder={t('list.by-agent')} maxLength={64} />}
      <Select name="origin" aria-label={t('list.by-origin')} defaultValue="">
        <option value="">{t('list.any-origin')}</option>
        <option value="live">{t('origin.live')}</option>
        <option value="replay">{t('origin.replay')}</option>
        <option value="import">{t('origin.import')}</option>
      </Select>
      <Select name="value" aria-label={t('list.by-value')} defaultValue="">
        <option value="">{t('list.any-value')}</option>
        <option value="broken">{t('list.with-broken')}</option>
      </Select>
      <Button type="submit" icon={<Search size={14} aria-hidden />}>
        {t('list.search')}
      </Button>
    </form>
  );
}
