import { after, agent, caller, check, s } from '@threerings/testkit/scenarios/cast';
import { tell } from '@threerings/testkit/scenarios/scenario';

const lin = agent('0217');
const wang = caller('wang');

export const scenario = tell(
  'caller-leaves-during-the-notice',
  { title: 'a caller who hangs up before the recording notice is over never queued, and no agent is rung' },
  lin.isReady(),
  wang.dials(),
  after(s(1)),
  wang.hangsUp(),
  check(
    wang.has('call.abandoned', { fields: { stage: 'menu' } }),
    wang.never('call.queued'),
    wang.never('call.agent-offered'),
    wang.never('recording.started'),
    lin.is('ready'),
  ),
);
