import { caller, check, s, until } from '@threerings/testkit/scenarios/cast';
import { boardCounts } from '@threerings/testkit/scenarios/expectations';
import { tell } from '@threerings/testkit/scenarios/scenario';

const wang = caller('wang');

export const scenario = tell(
  'nobody-signed-in',
  { title: 'a caller to an empty hotline is told so and, with one key, promised a callback that the leaders own', onTheWire: true },
  wang.calls(),
  until(wang.heard('nobody')),
  wang.presses('1'),
  until(wang.has('call.ended'), s(40)),
  check(
    wang.went('prompt.played', 'call.queued', 'prompt.played', 'dtmf.pressed', 'call.dequeued', 'call.ended', 'interaction.closed'),
    wang.has('call.dequeued', { fields: { outcome: 'callback' } }),
    wang.has('call.ended', { fields: { outcome: 'normal', side: 'system' } }),
    wang.never('recording.started'),
    wang.wasPromised({ kind: 'callback', owner: 'leader', state: 'open' }),
    boardCounts({ offered: 1, answered: 0, abandoned: 0, waiting: 0 }),
  ),
);
