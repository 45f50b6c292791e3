import { Link } from '@tanstack/react-router';
import type { LegalHold } from '@threerings/core/wire/retention';
import { Lock, Plus, Search } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useWords } from '../app/i18n/use-words.ts';
import { shortTime } from '../app/time.ts';
import { useRowKeys } from '../app/use-row-keys.ts';
import { useNow } from '../live/clock.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { Input } from '../ui/field.tsx';
import { Empty, Failed, Loading } from '../ui/states.tsx';
import { NewHoldSheet } from './new-hold-sheet.tsx';
import { ReasonForm } from './reason-form.tsx';
import { retentionKey, useHolds } from './use-retention.ts';

/** Holds in force first. `call`: opens the form for it at once. */
export function HoldList({ call }: { call: string | undefined }) {
  const t = useWords();
  const [searched, setSearched] = useState('');
  const list = useHolds(searched);
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
      <HoldSearch searched={searched} onSearch={setSearched} />
      <div className="scroll grow">
        {list.isPending && <Loading what={t('retention.title')} rows={6} />}
        {list.isError && <Failed error={list.error} onRetry={() => void list.refetch()} />}
        {list.isSuccess && (
          <p className="retention-note">{t('retention.periods', { audio: audioDays, words: transcriptDays, matters: caseDays })}</p>
        )}
        {list.isSuccess && holds.length === 0 && (
          <Empty
            title={t(searched === '' ? 'hold.none' : 'hold.not-found')}
            text={t(searched === '' ? 'hold.none-text' : 'hold.not-found-text')}
          />
        )}
        {holds.length > 0 && <HoldTable holds={holds} />}
      </div>
      {adding && <NewHoldSheet call={call} onClose={() => setAdding(false)} />}
    </Card>
  );
}

/** Searched when it is sent: each search stands in the audit. */
function HoldSearch({ searched, onSearch }: { searched: string; onSearch: (words: string) => void }) {
  const t = useWords();
  const [typed, setTyped] = useState(searched);
  const send = (event: FormEvent) => {
    event.preventDefault();
    onSearch(typed.trim());
  };
  const clear = () => {
    setTyped('');
    onSearch('');
  };
  return (
    <form className="row hold-search" onSubmit={send}>
      <Input
        type="search"
        aria-label={t('hold.search')}
        placeholder={t('hold.search-hint')}
        maxLength={60}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
      <Button type="submit" icon={<Search size={16} aria-hidden />}>
        {t('hold.search')}
      </Button>
      {searched !== '' && (
        <Button tone="text" onClick={clear}>
          {t('hold.search-all')}
        </Button>
      )}
    </form>
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
