import { after, caller, check, s, until } from '@threerings/testkit/scenarios/cast';
import { tell } from '@threerings/testkit/scenarios/scenario';

const wang = caller('wang');

export const scenario = tell(
  'key-while-nobody-is-told',
  { title: 'the key for a callback counts also while the caller is still being told that nobody is there' },
  wang.calls(),
  after(s(1)),
  wang.presses('1'),
  until(wang.has('call.ended')),
  check(
    wang.never('prompt.played', { fields: { prompt: 'callback-offer' } }),
    wang.has('call.dequeued', { fields: { outcome: 'callback' } }),
    wang.wasPromised({ kind: 'callback', owner: 'leader', state: 'open' }),
  ),
);
