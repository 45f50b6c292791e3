import { after, agent, caller, check, s, until } from '@threerings/testkit/scenarios/cast';
import { tell } from '@threerings/testkit/scenarios/scenario';

const lin = agent('0217');
const zhao = caller('zhao');
const wang = caller('wang');

export const scenario = tell(
  'place-told-and-callback-in-queue',
  {
    title:
      'who waits is told the place after 15 s and every 45 s, is offered a callback after a minute, and keeps the place by doing nothing',
  },
  lin.opensDesk(),
  lin.signsIn(),
  zhao.calls(),
  after(s(5)),
  wang.calls(),
  until(wang.has('call.announced', { times: 1, fields: { position: 2 } })),
  until(wang.heard('callback-offer'), s(90)),
  check(
    zhao.has('call.announced', { times: 2, fields: { position: 1 } }),
    wang.has('call.announced', { times: 2, fields: { position: 2 } }),
    zhao.never('call.dequeued'),
  ),
  wang.presses('1'),
  until(wang.has('call.ended')),
  check(
    wang.has('call.dequeued', { fields: { outcome: 'callback' } }),
    wang.wasPromised({ kind: 'callback', owner: 'leader', state: 'open' }),
  ),
  lin.goesReady(),
  lin.answersAfter(s(2)),
  check(lin.desk('call', zhao)),
  zhao.hangsUp(),
  lin.finishesWrapUp(),
);
