import { after, agent, caller, check, s, until } from '@threerings/testkit/scenarios/cast';
import { withTranscript } from '@threerings/testkit/scenarios/expectations';
import { tell } from '@threerings/testkit/scenarios/scenario';

const lin = agent('0217');
const wang = caller('wang');
const minutes = (n: number) => s(60 * n);

export const scenario = tell(
  'unknown-matter-called-back',
  {
    title:
      'a matter that nobody finds at once: said, asked about while the caller waits, promised within five minutes, called back in time',
    plan: { queues: [{ queue: 'general', name: { zh: '综合', en: 'General' } }], dialPlan: { allow: ['1'], shows: '12333' } },
  },
  lin.isReady(),
  wang.calls(),
  lin.answersAfter(s(3)),
  lin.says('您好，0217号为您服务'),
  wang.says('异地的补贴能不能一起领'),
  lin.says('我向业务支撑核实一下，请您稍等一分钟好吗'),
  wang.says('好的'),
  lin.holds({ reason: 'consult', limitMs: s(60), consent: true }),
  after(s(12)),
  lin.resumes(),
  lin.says('让您久等了，这个问题还要核实，可能超过两分钟，我五分钟内给您回电，可以吗'),
  wang.says('可以'),
  lin.promises({ about: '异地补贴能否一并领取', inMs: minutes(5), number: '13800138000' }),
  check(wang.wasPromised({ kind: 'callback', owner: lin.number, state: 'open' })),
  wang.hangsUp(),
  lin.savesRecord({ what: '异地补贴' }),
  lin.finishesWrapUp(),
  after(minutes(4)),
  check(wang.wasPromised({ kind: 'callback', owner: lin.number, state: 'open', escalated: 0 })),
  lin.callsBack(wang),
  wang.picksUp(),
  until(wang.has('recording.started')),
  lin.says('您好，这里是市社保热线，您问的异地补贴可以一并领取'),
  wang.says('谢谢'),
  lin.tellsResult('done'),
  wang.hangsUp(),
  lin.savesRecord({ what: '异地补贴已答复' }),
  lin.finishesWrapUp(),
  check(wang.isOwedNothing(), withTranscript(wang.kept('record-saved', lin)), lin.is('ready')),
);
