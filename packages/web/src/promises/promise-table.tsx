import type { PromiseView } from '@threerings/core/wire/desk';
import { wordOfCode } from '../app/i18n/translate.ts';
import { useWords } from '../app/i18n/use-words.ts';
import { shortTime } from '../app/time.ts';
import { useInView } from '../ui/use-in-view.ts';
import { isSettled, promiseStanding } from './promise-standing.ts';
import { StandingCell } from './standing-cell.tsx';

interface PromiseTableProps {
  readonly rows: readonly PromiseView[];
  readonly now: number;
  readonly chosen: string | undefined;
  readonly onChoose: (promise: string) => void;
}

export function PromiseTable({ rows, now, chosen, onChoose }: PromiseTableProps) {
  const t = useWords();
  return (
    <table className="rows-table">
      <thead>
        <tr>
          <th>{t('ledger.due')}</th>
          <th>{t('ledger.what')}</th>
          <th>{t('ledger.owner')}</th>
          <th>{t('ledger.tries')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <PromiseRow key={row.promise} row={row} now={now} chosen={row.promise === chosen} onChoose={() => onChoose(row.promise)} />
        ))}
      </tbody>
    </table>
  );
}

function PromiseRow({ row, now, chosen, onChoose }: { row: PromiseView; now: number; chosen: boolean; onChoose: () => void }) {
  const t = useWords();
  const place = useInView<HTMLTableRowElement>(chosen);
  const settled = isSettled(row);
  return (
    <tr ref={place} data-chosen={chosen} data-standing={promiseStanding(row, now)} onClick={onChoose}>
      <StandingCell row={row} now={now} />
      <td>
        <button type="button" className="row-open" aria-pressed={chosen} onClick={onChoose}>
          {wordOfCode(t, 'promise.kind', row.kind)}
          {(row.about ?? row.ticket) !== undefined && ` · ${row.about ?? row.ticket}`}
        </button>
        {row.moved !== undefined && row.moved > 0 && (
          <span className="row-note num">
            {t('ledger.moved', { n: row.moved })}
            {row.firstDueAt !== undefined && ` · ${t('ledger.first-due', { time: shortTime(row.firstDueAt, now) })}`}
          </span>
        )}
      </td>
      <td className="nowrap num">
        {row.owner}
        {row.firstReceiver !== row.owner && <span className="row-note">{t('promise.first', { who: row.firstReceiver })}</span>}
        {row.kind === 'message' && row.seenAt === undefined && !settled && <span className="row-note">{t('ledger.unseen')}</span>}
      </td>
      <td className="num">
        {row.lastAttempt !== undefined &&
          t('ledger.tried', { n: row.attempts ?? 1, outcome: wordOfCode(t, 'promise.outcome', row.lastAttempt.outcome) })}
        {row.nextTryAt !== undefined && !settled && (
          <span className="row-note">{t('ledger.next-try', { time: shortTime(row.nextTryAt, now) })}</span>
        )}
      </td>
    </tr>
  );
}
