import { after, agent, caller, check, s } from '@threerings/testkit/scenarios/cast';
import { withTranscript } from '@threerings/testkit/scenarios/expectations';
import { tell } from '@threerings/testkit/scenarios/scenario';

const lin = agent('0217');
const wang = caller('wang');

const minutes = (n: number) => s(60 * n);

export const scenario = tell(
  'unknown-matter-searched-in-vain',
  {
    title:
      'what nobody has written down is searched in vain, noted as a gap, asked about while the caller waits, and answered with thanks for the wait',
    pack: 's4',
  },
  lin.isReady(),
  wang.calls(),
  lin.answersAfter(s(3)),
  wang.says('异地的补贴能不能一起领'),
  lin.findsNothing(wang, '异地补贴'),
  lin.says('这一点我要核实后再答，请您稍等一分钟好吗'),
  wang.says('好的'),
  lin.holds({ reason: 'consult', limitMs: s(60), consent: true }),
  after(s(20)),
  lin.resumes(),
  lin.says('谢谢您耐心等候，异地补贴可以一并领取'),
  wang.says('这样啊'),
  wang.hangsUp(),
  lin.savesRecord({ what: '异地补贴' }),
  lin.finishesWrapUp(),
  check(
    wang.went('knowledge.searched', 'answer.marked', 'hold.started', 'hold.resumed'),
    wang.has('knowledge.searched', { fields: { hits: 0 } }),
    withTranscript(wang.kept('hold-return-thanks', lin)),
    withTranscript(wang.kept('hold-request-phrase', lin)),
    wang.isOwedNothing(),
  ),
  after(minutes(1)),
);
