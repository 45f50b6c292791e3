import { Link } from '@tanstack/react-router';
import type { ErasureView } from '@threerings/core/wire/retention';
import { UserX } from 'lucide-react';
import { useState } from 'react';
import { useWords } from '../app/i18n/use-words.ts';
import { useMe } from '../app/session.ts';
import { shortTime } from '../app/time.ts';
import { useAct } from '../app/use-act.ts';
import { useNow } from '../live/clock.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { Empty, Failed, Loading } from '../ui/states.tsx';
import { ReasonForm } from './reason-form.tsx';
import { retentionKey, useErasures } from './use-retention.ts';

/** Erasures that were asked for, with what they concern, and what became of them. `decides`: this person may carry them out. */
export function ErasureList({ decides }: { decides: boolean }) {
  const t = useWords();
  const list = useErasures();
  const rows = list.data ?? [];
  return (
    <Card
      className="grow"
      icon={<UserX size={16} aria-hidden />}
      title={t('retention.view.erasures')}
      aside={<span className="meta num">{rows.length}</span>}
    >
      <div className="scroll grow">
        <details className="retention-note">
          <summary>{t('erasure.what')}</summary>
          <p>{t('erasure.goes')}</p>
          <p>{t('erasure.stays')}</p>
        </details>
        {list.isPending && <Loading what={t('retention.title')} rows={6} />}
        {list.isError && <Failed error={list.error} onRetry={() => void list.refetch()} />}
        {list.isSuccess && rows.length === 0 && <Empty title={t('erasure.none')} text={t('erasure.none-text')} />}
        {rows.length > 0 && (
          <table className="rows-table">
            <thead>
              <tr>
                <th>{t('erasure.customer')}</th>
                <th>{t('erasure.basis')}</th>
                <th>{t('erasure.extent')}</th>
                <th>{t('retention.state')}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <Row key={row.erasure} row={row} decides={decides} />
              ))}
            </tbody>
          </table>
        )}
      </div>
    </Card>
  );
}

function Row({ row, decides }: { row: ErasureView; decides: boolean }) {
  const t = useWords();
  const now = useNow(60_000);
  const { customer, basis, askedBy, askedAt, extent, held, result } = row;
  return (
    <tr>
      <td>
        {row.state === 'done' || decides ? (
          <span className="num">{customer}</span>
        ) : (
          <Link to="/customers/$customer" params={{ customer }} className="num">
            {customer}
          </Link>
        )}
      </td>
      <td>
        {basis}
        <span className="row-note num">{t('erasure.asked-by', { who: askedBy, when: shortTime(askedAt, now) })}</span>
      </td>
      <td>
        {extent !== undefined && t('erasure.extent-of', extent)}
        {extent !== undefined && extent.openTickets + extent.openPromises > 0 && (
          <span className="row-note">{t('erasure.still-open', { tickets: extent.openTickets, promises: extent.openPromises })}</span>
        )}
        {result !== undefined && t('erasure.went', result)}
        {held !== undefined && (
          <span className="row-note" data-error>
            {t('erasure.held', { reason: held.reason })}
          </span>
        )}
      </td>
      <td>{row.state === 'asked' ? <Deciding row={row} decides={decides} /> : <Decided row={row} />}</td>
    </tr>
  );
}

function Decided({ row: { state, decidedBy = '', decidedAt = 0, note } }: { row: ErasureView }) {
  const t = useWords();
  const now = useNow(60_000);
  return (
    <>
      {t(state === 'done' ? 'erasure.state.done' : 'erasure.state.declined')}
      <span className="row-note num">
        {decidedBy} · {shortTime(decidedAt, now)}
        {note !== undefined && ` · ${note}`}
      </span>
    </>
  );
}

/** Erasing is pressed twice: nothing brings it back. */
function Deciding({ row, decides }: { row: ErasureView; decides: boolean }) {
  const t = useWords();
  const { agent } = useMe();
  const { run, busy } = useAct(retentionKey);
  const [step, setStep] = useState<'none' | 'sure' | 'decline'>('none');
  const path = `/api/erasures/${encodeURIComponent(row.erasure)}`;
  if (!decides || row.askedBy === agent) return <>{t(decides ? 'erasure.own' : 'erasure.state.asked')}</>;
  if (step === 'decline')
    return (
      <ReasonForm
        path={path}
        body={(note) => ({ do: 'decline', note })}
        label={t('erasure.decline')}
        stale={retentionKey}
        onClose={() => setStep('none')}
      />
    );
  return (
    <span className="row row-wrap">
      <Button
        size="small"
        tone={step === 'sure' ? 'hang' : 'plain'}
        busy={busy}
        blocked={row.held === undefined ? undefined : t('erasure.held-short')}
        onClick={() => (step === 'sure' ? void run(path, { do: 'erase' }) : setStep('sure'))}
      >
        {t(step === 'sure' ? 'erasure.sure' : 'erasure.do')}
      </Button>
      <Button size="small" tone="text" onClick={() => setStep(step === 'sure' ? 'none' : 'decline')}>
        {t(step === 'sure' ? 'action.cancel' : 'erasure.decline')}
      </Button>
    </span>
  );
}
