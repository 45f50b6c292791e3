import { after, agent, caller, check, s, until } from '@threerings/testkit/scenarios/cast';
import { tell } from '@threerings/testkit/scenarios/scenario';

const lin = agent('0217');
const zhao = caller('zhao');
const wang = caller('wang');
const smith = caller('smith');

export const scenario = tell(
  'queue-full',
  {
    title: 'whoever finds the queue full is told so and offered a callback, and is then released; who waits goes on waiting',
    plan: { queues: [{ queue: '综合', name: { zh: '综合', en: 'General' }, capacity: 1 }] },
  },
  lin.opensDesk(),
  lin.signsIn(),
  zhao.calls(),
  wang.calls(),
  until(wang.heard('queue-full')),
  smith.calls(),
  after(s(1)),
  smith.presses('1'),
  until(smith.has('call.ended')),
  until(wang.has('call.ended')),
  check(
    wang.heard('callback-offer'),
    wang.has('call.dequeued', { fields: { outcome: 'overflow' } }),
    wang.has('call.ended', { fields: { side: 'system' } }),
    smith.wasPromised({ kind: 'callback', owner: 'leader', state: 'open' }),
    smith.has('call.dequeued', { fields: { outcome: 'callback' } }),
    zhao.never('call.ended'),
  ),
  lin.goesReady(),
  lin.answersAfter(s(2)),
  check(lin.desk('call', zhao)),
  zhao.hangsUp(),
  lin.finishesWrapUp(),
);
