import { after, agent, caller, check, s, until } from '@threerings/testkit/scenarios/cast';
import { happenedBefore } from '@threerings/testkit/scenarios/expectations';
import { tell } from '@threerings/testkit/scenarios/scenario';

const lin = agent('0217');
const han = agent('0209');
const zhao = caller('zhao');
const wang = caller('wang');
const smith = caller('smith');

export const scenario = tell(
  'overflow-after-a-wait',
  {
    title: 'a caller who waits too long goes on to the second queue, keeps the time waited, and is answered before who came later',
    plan: {
      queues: [
        { queue: '综合', name: { zh: '综合', en: 'General' } },
        { queue: 'card', name: { zh: '社保卡', en: 'Cards' }, skill: 'card', overflow: { to: '综合', afterMs: s(30) } },
      ],
      numbers: { '12334': 'card' },
    },
    skills: { [han.number]: { card: 5 } },
  },
  han.isReady(),
  zhao.calls('12334'),
  han.answersAfter(s(2)),
  lin.opensDesk(),
  lin.signsIn(),
  smith.calls('12334'),
  after(s(10)),
  wang.calls(),
  check(smith.never('call.dequeued'), lin.is('busy')),
  until(smith.has('call.dequeued', { fields: { queue: 'card', outcome: 'overflow' } })),
  lin.goesReady(),
  lin.answersAfter(s(2)),
  check(lin.desk('call', smith), smith.has('call.queued', { fields: { queue: '综合', reason: 'overflow' } })),
  smith.hangsUp(),
  lin.finishesWrapUp(),
  lin.answersAfter(s(2)),
  check(lin.desk('call', wang), happenedBefore('call.answered', smith.name, wang.name)),
  wang.hangsUp(),
  zhao.hangsUp(),
  lin.finishesWrapUp(),
  han.finishesWrapUp(),
  check(smith.went('call.queued', 'call.dequeued', 'call.queued', 'call.agent-offered', 'call.answered')),
);
