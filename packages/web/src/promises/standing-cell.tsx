import type { PromiseView } from '@threerings/core/wire/desk';
import { useWords } from '../app/i18n/use-words.ts';
import { dueWords } from '../app/time-words.ts';
import { VerdictBadge } from '../ui/verdict.tsx';
import { isSettled, promiseStanding } from './promise-standing.ts';

/** How a promise stands in a list: what became of it, or how long it still has, and how far up it was passed. */
export function StandingCell({ row, now }: { row: PromiseView; now: number }) {
  const t = useWords();
  const settled = isSettled(row);
  return (
    <td className="nowrap">
      <VerdictBadge standing={promiseStanding(row, now)} text={settled ? t(`promise.state.${row.state}`) : dueWords(t, row.dueAt, now)} />
      {(row.escalated ?? 0) > 0 && !settled && (
        <span className="row-note">{t(row.escalated === 1 ? 'ledger.escalated.1' : 'ledger.escalated.2')}</span>
      )}
    </td>
  );
}
