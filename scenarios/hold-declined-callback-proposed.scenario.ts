import { agent, caller, check, s } from '@threerings/testkit/scenarios/cast';
import { tell } from '@threerings/testkit/scenarios/scenario';

const lin = agent('0217');
const wang = caller('wang');
const minutes = (n: number) => s(60 * n);

export const scenario = tell(
  'hold-declined-callback-proposed',
  { title: 'a caller who will not wait: a callback is proposed to the agent, and stands once the agent has promised it' },
  lin.isReady(),
  wang.calls(),
  lin.answersAfter(s(3)),
  lin.marksConsent('hold', false),
  check(lin.isProposed('hold-declined')),
  lin.promises({ about: '查清发放记录后回电', inMs: minutes(60), confirming: true }),
  check(
    lin.isProposed('hold-declined', 0),
    wang.wasPromised({ kind: 'callback', owner: lin.number, state: 'open' }),
    wang.never('hold.started'),
  ),
  wang.hangsUp(),
  lin.savesRecord({ what: '失业金发放' }),
  lin.finishesWrapUp(),
  check(wang.wasPromised({ kind: 'callback', owner: lin.number, state: 'open' }), lin.is('ready')),
);
