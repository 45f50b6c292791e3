import { after, agent, caller, check, s } from '@threerings/testkit/scenarios/cast';
import { withTranscript } from '@threerings/testkit/scenarios/expectations';
import { tell } from '@threerings/testkit/scenarios/scenario';

const lin = agent('0217');
const wang = caller('wang');
const minutes = (n: number) => s(60 * n);

export const scenario = tell(
  'unknown-matter-overdue',
  {
    title:
      'a matter that nobody finds, bluntly refused and called back by nobody: the words are heard, and past five minutes the leader knows',
  },
  lin.isReady(),
  wang.calls(),
  lin.answersAfter(s(3)),
  lin.says('您好，0217号为您服务'),
  wang.says('异地的补贴能不能一起领'),
  lin.says('我不知道，这不归我们管'),
  wang.says('那谁管'),
  lin.promises({ about: '异地补贴能否一并领取', inMs: minutes(5), number: '13800138000' }),
  wang.hangsUp(),
  lin.savesRecord({ what: '异地补贴' }),
  lin.finishesWrapUp(),
  check(
    wang.wasPromised({ kind: 'callback', owner: lin.number, state: 'open' }),
    withTranscript(wang.broke('no-cold-refusal', { who: lin })),
  ),
  after(minutes(5)),
  check(wang.wasPromised({ kind: 'callback', owner: lin.number, state: 'missed', escalated: 1 })),
);
