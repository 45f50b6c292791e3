import { after, agent, caller, check, s, until } from '@threerings/testkit/scenarios/cast';
import { tell } from '@threerings/testkit/scenarios/scenario';

const lin = agent('0217');
const han = agent('0209');
const wang = caller('wang');
const zhao = caller('zhao');

export const scenario = tell(
  'menu-chooses-the-queue',
  {
    title: 'a key of the menu chooses the queue; who presses none comes to the general desk',
    plan: {
      queues: [
        { queue: '综合', name: { zh: '综合', en: 'General' } },
        { queue: 'card', name: { zh: '社保卡', en: 'Cards' }, skill: 'card' },
      ],
      menu: { keys: { '2': 'card' } },
    },
    skills: { [han.number]: { card: 1 } },
  },
  lin.isReady(),
  after(s(1)),
  han.isReady(),
  wang.calls(),
  after(s(1)),
  wang.presses('9'),
  wang.presses('2'),
  han.answersAfter(s(2)),
  check(han.desk('call', wang), wang.has('call.menu-left', { fields: { outcome: 'option', option: 'card' } })),
  zhao.calls(),
  until(zhao.has('call.menu-left', { fields: { outcome: 'timeout' } })),
  lin.answersAfter(s(2)),
  check(lin.desk('call', zhao), zhao.has('call.queued', { fields: { queue: '综合' } })),
  wang.hangsUp(),
  zhao.hangsUp(),
  lin.finishesWrapUp(),
  han.finishesWrapUp(),
);
