import { agent, caller, check, s, until } from '@threerings/testkit/scenarios/cast';
import { tell } from '@threerings/testkit/scenarios/scenario';

const lin = agent('0217');
const han = agent('0209');
const wang = caller('wang');

export const scenario = tell(
  'ring-not-delivered',
  { title: 'a ring that never reached the device is unknown, charged to nobody, and goes to the next agent' },
  lin.isReady(),
  wang.calls(),
  until(lin.desk('ring', wang)),
  han.isReady(),
  until(han.desk('ring', wang)),
  check(lin.is('paused', 'failed'), wang.never('call.no-answer')),
  han.answersAfter(s(3)),
  wang.hangsUp(),
  han.savesRecord({ what: '咨询' }),
  han.finishesWrapUp(),
  check(
    wang.has('call.ringing', { times: 1, fields: { agent: han.number } }),
    wang.has('call.ring-stopped', { fields: { outcome: 'failed' } }),
    wang.unknownOnce('answer-within-rings', 'not delivered'),
    wang.kept('answer-within-rings', han),
  ),
);
