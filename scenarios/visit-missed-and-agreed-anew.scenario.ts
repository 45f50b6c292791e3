import { after, agent, caller, check, s } from '@threerings/testkit/scenarios/cast';
import { withTranscript } from '@threerings/testkit/scenarios/expectations';
import { tell } from '@threerings/testkit/scenarios/scenario';

const lin = agent('0217');
const wang = caller('wang');
const zhao = caller('zhao');
const minutes = (n: number) => s(60 * n);
const day = minutes(24 * 60);

export const scenario = tell(
  'visit-missed-and-agreed-anew',
  {
    title: 'a visit that nobody made: explained, another time agreed on and kept; a time over the customer’s head is a finding',
    pack: 's0',
  },
  lin.isReady(),
  wang.calls(),
  lin.answersAfter(s(3)),
  lin.says('您好，这里是服务热线，我是林晓，请问有什么可以帮您'),
  wang.says('家里没气了，能不能今天派人来'),
  lin.promises({ what: 'visit', about: '幸福路六号，查无气', inMs: minutes(40), number: '13800138000' }),
  wang.hangsUp(),
  lin.savesRecord({ who: '王先生', where: '幸福路六号', what: '无气', how: '约好上门' }),
  lin.finishesWrapUp(),
  check(wang.wasPromised({ kind: 'visit', owner: lin.number, state: 'open' })),
  after(minutes(41)),
  check(wang.wasPromised({ kind: 'visit', owner: lin.number, state: 'missed', escalated: 1 })),
  lin.changesPromise(wang, { do: 'move', told: true, reason: '抢修人手不够，已致歉，对方同意明天上午' }, { inMs: day }),
  after(s(2)),
  check(
    wang.wasPromised({ kind: 'visit', owner: lin.number, state: 'open', moved: 1, escalated: 0 }),
    wang.kept('rebook-missed-appointment'),
  ),
  lin.changesPromise(wang, { do: 'keep' }),
  check(wang.isOwedNothing(), wang.has('record.saved')),

  zhao.calls(),
  lin.answersAfter(s(3)),
  lin.says('您好，这里是服务热线，我是林晓，请问有什么可以帮您'),
  zhao.says('说好上午的，等了一天没人上门'),
  lin.says('我们会再安排'),
  lin.promises({ what: 'visit', about: '和平里三号，查漏气', inMs: day, number: '13900139000' }),
  zhao.hangsUp(),
  lin.savesRecord({ who: '赵女士', where: '和平里三号', what: '失约', how: '另约' }),
  lin.finishesWrapUp(),
  check(
    zhao.wasPromised({ kind: 'visit', owner: lin.number, state: 'open' }),
    withTranscript(zhao.broke('rebook-missed-appointment-consent', { who: lin })),
  ),
);
