import { agent, caller, check, s } from '@threerings/testkit/scenarios/cast';
import { withTranscript } from '@threerings/testkit/scenarios/expectations';
import { tell } from '@threerings/testkit/scenarios/scenario';

const lin = agent('0217');
const wang = caller('wang');

export const scenario = tell(
  'leader-asked-for-not-soothed',
  {
    title:
      'who asks for the leader and is neither soothed nor reported for is a finding, and so is a tendency to go higher that stays without a ticket',
    pack: 's4',
  },
  lin.isReady(),
  wang.calls(),
  lin.answersAfter(s(3)),
  wang.says('我要找你们领导'),
  lin.marks('leader-asked'),
  lin.says('您有什么事'),
  wang.says('跟你说没用'),
  lin.says('好'),
  lin.says('那您等等'),
  lin.says('还有别的事吗'),
  wang.hangsUp(),
  lin.savesRecord({ what: '找领导' }),
  lin.finishesWrapUp(),
  check(withTranscript(wang.broke('leader-soothe-first', { who: lin })), wang.broke('ticket-dispatch', { who: lin }), wang.isOwedNothing()),
);
