import { after, agent, caller, check, s, theServerIsKilled } from '@threerings/testkit/scenarios/cast';
import { boardCounts } from '@threerings/testkit/scenarios/expectations';
import { tell } from '@threerings/testkit/scenarios/scenario';

const lin = agent('0217');
const wang = caller('wang');

export const scenario = tell(
  'server-killed-while-waiting',
  { title: 'a caller who waits while the server is killed keeps the place in the queue and is answered afterwards' },
  lin.opensDesk(),
  lin.signsIn(),
  wang.calls(),
  after(s(8)),
  theServerIsKilled,
  check(lin.is('busy'), boardCounts({ waiting: 1, offered: 1 })),
  lin.goesReady(),
  lin.answersAfter(s(2)),
  check(lin.is('talking'), boardCounts({ waiting: 0, talking: 1 })),
  after(s(5)),
  wang.hangsUp(),
  lin.savesRecord({ what: '咨询' }),
  lin.finishesWrapUp(),
  check(
    wang.has('call.queued', { times: 1 }),
    wang.has('call.answered', { times: 1, fields: { agent: lin.number, wait: s(13) } }),
    wang.isRecorded(),
    wang.keptOnce('answer-within-rings', lin),
    boardCounts({ offered: 1, answered: 1, answeredInTime: 1, waiting: 0 }),
  ),
);
