import type { CallView, DeskView } from '@threerings/core/wire/desk';
import { Headphones, ScrollText } from 'lucide-react';
import { useWords } from '../app/i18n/use-words.ts';
import { timeOfDay } from '../app/time.ts';
import { useDeskCommand } from '../live/command.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';

/** The leader who whispers or has joined: visible as long as it lasts. */
export function LeaderOnCall({ call }: { call: CallView }) {
  const t = useWords();
  const now = call.monitored?.find(({ until }) => until === undefined);
  if (now === undefined || call.endedAt !== undefined) return null;
  return (
    <span className="chip row" data-tone="info" role="status">
      <Headphones size={14} aria-hidden />
      {t(`monitored.now.${now.mode}`, { who: now.leader })}
    </span>
  );
}

/** After the own part of a call: who of the leaders was on it, how and when. Listening is told here, too. */
export function MonitoredList({ call }: { call: CallView | undefined }) {
  const t = useWords();
  const stretches = call?.monitored ?? [];
  if (stretches.length === 0) return null;
  return (
    <section className="banner" data-tone="info" aria-label={t('monitored.title')}>
      <Headphones size={16} aria-hidden />
      <ul>
        {stretches.map(({ leader, mode, since, until }) => (
          <li key={since} className="num">
            {t(`monitored.was.${mode}`, {
              who: leader,
              from: timeOfDay(since, true),
              to: until === undefined ? '' : timeOfDay(until, true),
            })}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** 阅知: leaders may listen only after this was read, once. */
export function AcknowledgeCard({ acknowledge }: { acknowledge: NonNullable<DeskView['acknowledge']> }) {
  const t = useWords();
  const { run, pending } = useDeskCommand();
  return (
    <Card icon={<ScrollText size={16} aria-hidden />} title={t('monitoring.policy')}>
      <div className="card-body stack">
        <p>{t('monitoring.policy-text')}</p>
        <Button
          tone="primary"
          busy={pending.has('acknowledge-policy')}
          onClick={() => void run({ kind: 'acknowledge-policy', policy: 'monitoring', version: acknowledge.version })}
        >
          {t('monitoring.acknowledge')}
        </Button>
      </div>
    </Card>
  );
}
