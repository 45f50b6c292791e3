import { after, agent, caller, check, s } from '@threerings/testkit/scenarios/cast';
import { boardCounts, withoutTranscript, withTranscript } from '@threerings/testkit/scenarios/expectations';
import { tell } from '@threerings/testkit/scenarios/scenario';

const lin = agent('0217');
const wang = caller('wang');

export const scenario = tell(
  'answered-on-time',
  { title: 'a call answered within two rings, greeted, recorded and written up keeps every norm that can be told', onTheWire: true },
  lin.isReady(),
  wang.calls(),
  lin.answersAfter(s(2)),
  check(lin.is('talking'), lin.desk('call', wang), boardCounts({ talking: 1, waiting: 0 })),
  lin.says('您好，0217号为您服务'),
  wang.says('我想问养老保险'),
  after(s(3)),
  wang.hangsUp(),
  check(lin.is('wrap-up'), lin.desk('wrap-up', wang)),
  lin.savesRecord({ who: '王先生', what: '养老保险缴费' }),
  lin.finishesWrapUp(),
  check(
    wang.has('call.answered', { by: 'agent', fields: { agent: lin.number, rings: 1 } }),
    wang.has('call.ended', { fields: { outcome: 'normal', side: 'customer' } }),
    wang.isRecorded(),
    wang.kept('answer-within-rings', lin),
    wang.notJudged('late-answer-apology'),
    withTranscript(wang.kept('opening-number', lin)),
    withoutTranscript(wang.unknown('opening-number', 'gap:no-engine')),
    wang.kept('record-saved'),
    wang.notJudged('customer-hangs-up-first'),
    lin.is('ready'),
    lin.desk('nothing'),
    boardCounts({ offered: 1, answered: 1, answeredInTime: 1, abandoned: 0, ready: 1 }),
  ),
);
