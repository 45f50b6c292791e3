import { after, agent, caller, check, s } from '@threerings/testkit/scenarios/cast';
import { boardCounts } from '@threerings/testkit/scenarios/expectations';
import { tell } from '@threerings/testkit/scenarios/scenario';

const lin = agent('0217');
const wang = caller('wang');

export const scenario = tell(
  'caller-abandons-in-queue',
  { title: 'a caller who gives up in the queue is counted as abandoned, nobody is charged, and the leaders are to call back' },
  lin.opensDesk(),
  lin.signsIn(),
  wang.calls(),
  check(boardCounts({ waiting: 1, ready: 0 })),
  after(s(25)),
  wang.hangsUp(),
  check(
    wang.has('call.abandoned', { fields: { stage: 'queue', wait: s(25) } }),
    wang.has('call.dequeued', { fields: { outcome: 'abandoned' } }),
    wang.never('call.agent-offered'),
    wang.never('recording.started'),
    wang.notJudged('answer-within-rings'),
    lin.is('busy'),
    wang.wasPromised({ kind: 'callback', owner: 'leader', state: 'open' }),
    boardCounts({ offered: 1, answered: 0, abandoned: 1, waiting: 0 }),
  ),
);
