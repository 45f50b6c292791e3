import { Link, useParams } from '@tanstack/react-router';
import { eventSpec } from '@threerings/core/timeline/vocabulary';
import type { TicketDetail } from '@threerings/core/wire/tickets';
import { ArrowLeft, ClipboardList, Clock, History } from 'lucide-react';
import { wordOfCode } from '../app/i18n/translate.ts';
import { useWords } from '../app/i18n/use-words.ts';
import { usePreferences } from '../app/preferences.ts';
import { shortTime } from '../app/time.ts';
import { Files } from '../attachments/files.tsx';
import { useNow } from '../live/clock.ts';
import { Card } from '../ui/card.tsx';
import { Failed, Loading } from '../ui/states.tsx';
import { TicketActions } from './ticket-actions.tsx';
import { TicketDue, TicketMarks } from './ticket-words.tsx';
import { useTicket } from './use-tickets.ts';
import '../promises/promises-page.css';
import './ticket-page.css';

export function TicketPage() {
  const { ticket = '' } = useParams({ strict: false });
  const t = useWords();
  const detail = useTicket(ticket);
  if (detail.isPending) return <Loading what={t('ticket.title')} rows={8} />;
  if (detail.isError) return <Failed error={detail.error} onRetry={() => void detail.refetch()} />;
  return <Shown detail={detail.data} />;
}

/** Left what the customer wants and what was answered, in the middle what can be done now, right what happened. */
function Shown({ detail }: { detail: TicketDetail }) {
  const t = useWords();
  const now = useNow();
  const { row } = detail;
  return (
    <div className="ledger">
      <header className="ticket-head">
        <Link to="/tickets" aria-label={t('action.back')} className="icon-btn">
          <ArrowLeft size={18} aria-hidden />
        </Link>
        <div className="grow">
          <h1>{row.title ?? row.ticket}</h1>
          <p className="meta num row row-wrap">
            {row.ticket} · {wordOfCode(t, 'ticket.kind', row.kind)} · {t(`ticket.stage.${row.stage}`)} <TicketMarks row={row} />
          </p>
        </div>
        <TicketDue row={row} now={now} />
      </header>
      <div className="ticket-columns">
        <Card icon={<ClipboardList size={16} aria-hidden />} title={t('ticket.about')}>
          <div className="card-body scroll stack">
            <p className="ticket-text">{detail.about === undefined || detail.about === '' ? '—' : detail.about}</p>
            {detail.missing.length > 0 && (
              <>
                <h3 className="meta strong">{t('ticket.missing')}</h3>
                <ul className="ticket-missing">
                  {detail.missing.map((item) => (
                    <li key={item}>{item}</li>
                  ))}
                </ul>
              </>
            )}
            {detail.answer !== undefined && (
              <>
                <h3 className="meta strong">
                  {t('ticket.answer')}
                  {row.result !== undefined && ` · ${wordOfCode(t, 'ticket.result', row.result)}`}
                </h3>
                <p className="ticket-text">{detail.answer}</p>
              </>
            )}
            <Files owner={{ kind: 'ticket', id: row.ticket }} />
            <Facts detail={detail} now={now} />
          </div>
        </Card>
        <TicketActions detail={detail} />
        <Card icon={<History size={16} aria-hidden />} title={t('ticket.steps')}>
          <div className="card-body scroll">
            <TicketSteps detail={detail} />
          </div>
        </Card>
      </div>
    </div>
  );
}

function Facts({ detail: { row, pauseRules, pausesLeft }, now }: { detail: TicketDetail; now: number }) {
  const t = useWords();
  const day = 86_400_000;
  return (
    <>
      <dl className="facts">
        <dt>{t('ticket.owner')}</dt>
        <dd className="num">
          {row.owner} · {t('ticket.first', { who: row.firstReceiver })}
        </dd>
        <dt>{t('ticket.department')}</dt>
        <dd>{row.departmentName ?? row.department ?? '—'}</dd>
        <dt>{t('ticket.made')}</dt>
        <dd className="num">{shortTime(row.madeAt, now)}</dd>
        {row.dueAt !== undefined && (
          <>
            <dt>{t('ledger.due')}</dt>
            <dd className="num">
              {shortTime(row.dueAt, now)}
              {row.firstDueAt !== undefined &&
                row.firstDueAt !== row.dueAt &&
                ` · ${t('ledger.first-due', { time: shortTime(row.firstDueAt, now) })}`}
            </dd>
          </>
        )}
        {row.score !== undefined && (
          <>
            <dt>{t('ticket.score')}</dt>
            <dd className="num">{row.score}</dd>
          </>
        )}
        {row.interaction !== undefined && (
          <>
            <dt>{t('nav.interactions')}</dt>
            <dd>
              <Link to="/interactions/$interaction" params={{ interaction: row.interaction }}>
                {t('ledger.call')}
              </Link>
            </dd>
          </>
        )}
      </dl>
      <div className="ticket-rules meta">
        <p className="row">
          <Clock size={14} aria-hidden />
          {t('ticket.pauses-left', { n: pausesLeft })}
        </p>
        {pauseRules.map(({ reason, mostMs }) => (
          <p key={reason} className="num">
            {t('ticket.pause-rule', { reason: t(`ticket.pause.${reason}`), days: Math.round(mostMs / day) })}
          </p>
        ))}
      </div>
    </>
  );
}

const spoken = ['category', 'because', 'reason', 'exception', 'result', 'channel', 'score'] as const;
const prefixOf: Readonly<Record<string, string>> = {
  because: 'ticket.because',
  exception: 'ticket.exception',
  result: 'ticket.result',
  channel: 'ticket.channel',
  reason: 'ticket.pause',
};

function TicketSteps({ detail }: { detail: TicketDetail }) {
  const t = useWords();
  const now = useNow(60_000);
  const { language } = usePreferences();
  return (
    <ol className="steps">
      {detail.steps.toReversed().map((step) => (
        <li key={`${step.at} ${step.type}`}>
          <time className="num">{shortTime(step.at, now)}</time>
          <span>
            {eventSpec(step.type)?.[language] ?? step.type}
            {spoken.flatMap((name) => {
              const fact = step.facts[name];
              if (fact === undefined) return [];
              const prefix = prefixOf[name];
              return [` · ${prefix === undefined ? fact : wordOfCode(t, prefix, fact)}`];
            })}
            {step.facts['missing'] !== undefined && step.facts['missing'] !== '' && `：${step.facts['missing'].replaceAll(',', '、')}`}
            {step.note !== undefined && <span className="row-note">{step.note}</span>}
          </span>
          <span className="meta num">{step.agent ?? ''}</span>
        </li>
      ))}
    </ol>
  );
}
