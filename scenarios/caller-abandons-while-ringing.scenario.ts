import { after, agent, caller, check, s } from '@threerings/testkit/scenarios/cast';
import { tell } from '@threerings/testkit/scenarios/scenario';

const lin = agent('0217');
const wang = caller('wang');

export const scenario = tell(
  'caller-abandons-while-ringing',
  { title: 'a caller who hangs up while an agent is rung leaves that agent ready, and the ring limit moot' },
  lin.isReady(),
  wang.calls(),
  lin.isRung(),
  after(s(4)),
  wang.hangsUp(),
  check(
    wang.has('call.abandoned', { fields: { stage: 'ringing' } }),
    wang.has('call.ring-stopped', { fields: { outcome: 'cancelled' } }),
    wang.moot('answer-within-rings', 'unless'),
    lin.is('ready'),
    lin.desk('nothing'),
  ),
);
