import { after, agent, caller, check, s } from '@threerings/testkit/scenarios/cast';
import { boardCounts, withoutTranscript, withTranscript } from '@threerings/testkit/scenarios/expectations';
import { tell } from '@threerings/testkit/scenarios/scenario';

const lin = agent('0217');
const wang = caller('wang');

export const scenario = tell(
  'answered-late-with-apology',
  { title: 'an agent who answers after three rings broke the ring limit, and keeps the apology by opening with it' },
  lin.isReady(),
  wang.calls(),
  lin.answersAfter(s(17)),
  lin.says('您好，让您久等了，0217号为您服务'),
  wang.says('我想查一下社保卡'),
  after(s(10)),
  wang.hangsUp(),
  lin.savesRecord({ who: '王先生', what: '社保卡查询' }),
  lin.finishesWrapUp(),
  check(
    wang.has('call.answered', { by: 'agent', fields: { agent: lin.number, rings: 4 } }),
    wang.broke('answer-within-rings', { who: lin }),
    withTranscript(wang.kept('late-answer-apology', lin)),
    withTranscript(wang.kept('opening-number')),
    withoutTranscript(wang.unknown('late-answer-apology', 'gap:no-engine')),
    boardCounts({ offered: 1, answered: 1, answeredInTime: 0 }),
  ),
);
