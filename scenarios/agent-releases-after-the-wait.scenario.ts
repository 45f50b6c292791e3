import { after, agent, caller, check, s } from '@threerings/testkit/scenarios/cast';
import { withTranscript } from '@threerings/testkit/scenarios/expectations';
import { tell } from '@threerings/testkit/scenarios/scenario';

const lin = agent('0217');
const wang = caller('wang');

export const scenario = tell(
  'agent-releases-after-the-wait',
  { title: 'a caller has said goodbye and stays on the line: after the wait a second press ends the call, without a finding' },
  lin.isReady(),
  wang.calls(),
  lin.answersAfter(s(2)),
  lin.says('您好，0217号为您服务'),
  wang.says('没事了，再见'),
  lin.isAskedWhenReleasing(false),
  after(s(6)),
  lin.releases(),
  lin.savesRecord({ what: '无' }),
  lin.finishesWrapUp(),
  check(
    wang.has('call.released', { by: 'agent' }),
    wang.never('stop.overridden'),
    withTranscript(wang.kept('customer-hangs-up-first', lin)),
  ),
);
