import type { CallView } from '@threerings/core/wire/desk';
import { User } from 'lucide-react';
import { wordOfCode } from '../app/i18n/translate.ts';
import { useTongue, useWords } from '../app/i18n/use-words.ts';
import { timeOfDay } from '../app/time.ts';
import { CallerIdentity } from '../customers/caller-identity.tsx';
import { UnsafeMark } from '../outbound/unsafe-mark.tsx';
import { Card } from '../ui/card.tsx';
import { FlagMarks } from './flag-marks.tsx';
import { LeaderSteps } from './leader-steps.tsx';

export function CallerCard({ call }: { call: CallView }) {
  const t = useWords();
  const inTongue = useTongue();
  const { number, channel, queue, queueName } = call.caller;
  return (
    <Card icon={<User size={16} aria-hidden />} title={t('caller.title')}>
      <dl className="facts card-body">
        <dt>{t('caller.number')}</dt>
        <dd className="num">{number ?? t('caller.hidden')}</dd>
        <dt>{t('caller.channel')}</dt>
        <dd>{wordOfCode(t, 'channel', channel)}</dd>
        <dt>{t('caller.queue')}</dt>
        <dd>{queueName === undefined ? (queue ?? '—') : inTongue(queueName)}</dd>
        <dt>{t('caller.answered')}</dt>
        <dd className="num">{timeOfDay(call.answeredAt, true)}</dd>
        {(call.transfersDone ?? 0) > 0 && <TransferFacts call={call} />}
      </dl>
      <FlagMarks key={call.interaction} interaction={call.interaction} />
      {call.leaderRequest !== undefined && call.endedAt === undefined && (
        <LeaderSteps interaction={call.interaction} request={call.leaderRequest} number={number} />
      )}
      <UnsafeMark interaction={call.interaction} />
      <CallerIdentity interaction={call.interaction} number={number} />
    </Card>
  );
}

/** 首问负责: whoever spoke to the caller first answers for the matter, wherever the call went. */
function TransferFacts({ call }: { call: CallView }) {
  const t = useWords();
  return (
    <>
      <dt>{t('caller.first-receiver')}</dt>
      <dd className="num">{call.firstReceiver ?? '—'}</dd>
      <dt>{t('caller.transfers')}</dt>
      <dd className="num">{t('caller.transfers-done', { n: call.transfersDone ?? 0 })}</dd>
    </>
  );
}
