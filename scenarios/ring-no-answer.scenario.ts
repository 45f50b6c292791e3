import { after, agent, caller, check, s, until } from '@threerings/testkit/scenarios/cast';
import { boardCounts } from '@threerings/testkit/scenarios/expectations';
import { tell } from '@threerings/testkit/scenarios/scenario';

const lin = agent('0217');
const han = agent('0209');
const wang = caller('wang');

export const scenario = tell(
  'ring-no-answer',
  { title: 'a ring that nobody answers goes to the next agent; who did not answer is paused and returns with one press' },
  lin.isReady(),
  after(s(1)),
  han.isReady(),
  wang.calls(),
  lin.isRung(),
  until(han.desk('ring', wang)),
  check(lin.is('paused', 'no-answer'), wang.has('call.no-answer', { times: 1, fields: { agent: lin.number } })),
  han.answersAfter(s(3)),
  lin.goesReady(),
  check(lin.is('ready'), han.is('talking'), boardCounts({ ready: 1, talking: 1 })),
  after(s(5)),
  wang.hangsUp(),
  han.savesRecord({ what: '咨询' }),
  han.finishesWrapUp(),
  check(
    wang.went('call.agent-offered', 'call.no-answer', 'call.ring-stopped', 'call.agent-offered', 'call.answered'),
    wang.broke('answer-within-rings', { who: lin }),
    wang.kept('answer-within-rings', han),
    boardCounts({ offered: 1, answered: 1, answeredInTime: 0 }),
  ),
);
