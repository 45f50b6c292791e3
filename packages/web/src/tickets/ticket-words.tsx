import type { TicketRowOnWire } from '@threerings/core/wire/tickets';
import { wordOfCode } from '../app/i18n/translate.ts';
import { useWords } from '../app/i18n/use-words.ts';
import { dueWords } from '../app/time-words.ts';
import { type Standing, VerdictBadge } from '../ui/verdict.tsx';

const soonMs = 24 * 3_600_000;

/** How its due time stands: an answered ticket owes nothing more. */
export function ticketStanding({ stage, dueAt, paused }: TicketRowOnWire, now: number): Standing {
  if (stage === 'closed' || stage === 'told') return 'kept';
  if (dueAt === undefined) return 'pending';
  if (paused === undefined && dueAt < now) return 'broken';
  return dueAt - now < soonMs ? 'near' : 'pending';
}

export function TicketDue({ row, now }: { row: TicketRowOnWire; now: number }) {
  const t = useWords();
  const standing = ticketStanding(row, now);
  const done = row.stage === 'closed' || row.stage === 'told';
  const text = done || row.dueAt === undefined ? t(`ticket.stage.${row.stage}`) : dueWords(t, row.dueAt, now);
  return (
    <>
      <VerdictBadge standing={standing} text={text} />
      {row.paused !== undefined && (
        <span className="row-note">{t('ticket.paused', { reason: wordOfCode(t, 'ticket.pause', row.paused.reason) })}</span>
      )}
    </>
  );
}

/** What makes a ticket different from others, as chips. */
export function TicketMarks({ row }: { row: TicketRowOnWire }) {
  const t = useWords();
  return (
    <>
      {row.supervised && (
        <span className="chip" data-tone="warn">
          {t('ticket.supervised')}
        </span>
      )}
      {row.urged > 0 && <span className="chip num">{t('ticket.urged', { n: row.urged })}</span>}
      {row.reopened > 0 && <span className="chip num">{t('ticket.reopened', { n: row.reopened })}</span>}
      {row.exception !== undefined && (
        <span className="chip" data-tone="warn">
          {t('ticket.exception', { what: wordOfCode(t, 'ticket.exception', row.exception) })}
        </span>
      )}
      {row.value !== undefined && <span className="chip">{t(`ticket.value.${row.value}`)}</span>}
      {row.award !== undefined && <span className="chip">{t('ticket.award', { award: row.award })}</span>}
      {row.secret && <span className="chip">{t('ticket.secret')}</span>}
    </>
  );
}
