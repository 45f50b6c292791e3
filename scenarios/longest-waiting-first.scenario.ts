import { after, agent, caller, check, s } from '@threerings/testkit/scenarios/cast';
import { boardCounts, happenedBefore } from '@threerings/testkit/scenarios/expectations';
import { tell } from '@threerings/testkit/scenarios/scenario';

const lin = agent('0217');
const wang = caller('wang');
const zhao = caller('zhao');

export const scenario = tell(
  'longest-waiting-first',
  { title: 'two callers and one agent: who waits longer is answered first, the other when the record is written' },
  lin.opensDesk(),
  lin.signsIn(),
  zhao.calls(),
  after(s(5)),
  wang.calls(),
  check(boardCounts({ waiting: 2 })),
  lin.goesReady(),
  lin.answersAfter(s(2)),
  check(lin.desk('call', zhao), boardCounts({ waiting: 1, talking: 1 }), wang.never('call.agent-offered')),
  after(s(10)),
  zhao.hangsUp(),
  lin.savesRecord({ what: '第一通' }),
  lin.finishesWrapUp(),
  lin.answersAfter(s(2)),
  check(lin.desk('call', wang)),
  wang.hangsUp(),
  lin.savesRecord({ what: '第二通' }),
  lin.finishesWrapUp(),
  check(
    happenedBefore('call.answered', zhao.name, wang.name),
    zhao.kept('answer-within-rings', lin),
    wang.kept('answer-within-rings', lin),
    boardCounts({ offered: 2, answered: 2, waiting: 0 }),
  ),
);
