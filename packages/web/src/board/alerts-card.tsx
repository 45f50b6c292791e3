import { Link } from '@tanstack/react-router';
import type { BoardView } from '@threerings/core/wire/board';
import { BellRing, CircleAlert, Info, TriangleAlert } from 'lucide-react';
import { useWords } from '../app/i18n/use-words.ts';
import { hasRole, useMe } from '../app/session.ts';
import { clock } from '../app/time.ts';
import { durationWords } from '../app/time-words.ts';
import { useAct } from '../app/use-act.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { Empty } from '../ui/states.tsx';
import { RequestAnswer } from './request-answer.tsx';
import { SupportAnswer } from './support-answer.tsx';

type Alert = BoardView['alerts'][number];

const rank = { urgent: 0, warn: 1, info: 2 } as const;

/** Not acknowledged first, then by severity, then the newest. */
export function orderAlerts(alerts: readonly Alert[]): Alert[] {
  const seen = (alert: Alert) => (alert.acknowledgedBy === undefined ? 0 : 1);
  return [...alerts].sort((a, b) => seen(a) - seen(b) || rank[a.severity] - rank[b.severity] || b.at - a.at);
}

/** Whole minutes from one minute on: an age need not tick. */
function agoMs(passed: number): number {
  return passed < 60_000 ? Math.max(1000, passed) : Math.floor(passed / 60_000) * 60_000;
}

export function AlertsCard({ alerts, now }: { alerts: readonly Alert[]; now: number }) {
  const t = useWords();
  const fresh = alerts.filter((alert) => alert.acknowledgedBy === undefined).length;
  return (
    <Card
      className="board-alerts"
      icon={<BellRing size={16} aria-hidden />}
      title={t('board.alerts')}
      aside={
        fresh > 0 && (
          <span className="chip num" data-tone="broken">
            {fresh}
          </span>
        )
      }
    >
      {alerts.length === 0 && <Empty title={t('board.no-alerts')} />}
      <ul className="alert-rows scroll" aria-live="polite">
        {orderAlerts(alerts).map((alert) => (
          <li key={alert.alert} data-severity={alert.severity} data-seen={alert.acknowledgedBy !== undefined}>
            <SeveritySign severity={alert.severity} />
            <div className="grow">
              <p className="strong">{alert.message}</p>
              <p className="meta num">
                {alert.agent !== undefined && `${alert.agent} · `}
                {t('board.ago', { amount: durationWords(t, agoMs(now - alert.at)) })}
                {alert.due !== undefined && alert.due > now && ` · ${t('support.left', { time: clock(alert.due - now) })}`}
                {alert.acknowledgedBy !== undefined && ` · ${t('board.seen-by', { who: alert.acknowledgedBy })}`}
              </p>
            </div>
            {alert.kind === 'leader-request' && <RequestAnswer alert={alert} />}
            {alert.kind.startsWith('support') && <SupportAnswer alert={alert} />}
            {alert.acknowledgedBy === undefined && alert.kind !== 'support' && alert.kind !== 'leader-request' && (
              <Acknowledge alert={alert.alert} />
            )}
            {alert.interaction !== undefined && (
              <Link to="/interactions/$interaction" params={{ interaction: alert.interaction }}>
                {t('board.look')}
              </Link>
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Acknowledge({ alert }: { alert: string }) {
  const t = useWords();
  const person = useMe();
  const { run, busy } = useAct();
  if (!hasRole(person, 'leader')) return null;
  return (
    <Button size="small" busy={busy} onClick={() => void run(`/api/alerts/${encodeURIComponent(alert)}/acknowledge`)}>
      {t('board.acknowledge')}
    </Button>
  );
}

function SeveritySign({ severity }: { severity: Alert['severity'] }) {
  const t = useWords();
  const label = t(`board.severity.${severity}`);
  if (severity === 'urgent') return <CircleAlert size={18} aria-label={label} />;
  return severity === 'warn' ? <TriangleAlert size={18} aria-label={label} /> : <Info size={18} aria-label={label} />;
}
