import { agent, caller, check, s, until } from '@threerings/testkit/scenarios/cast';
import { tell } from '@threerings/testkit/scenarios/scenario';

const lin = agent('0217');
const wang = caller('wang');

export const scenario = tell(
  'nobody-then-somebody',
  { title: 'a caller who is being told that nobody is there, and does nothing, keeps the place and is answered undisturbed' },
  wang.calls(),
  lin.isReady(),
  lin.answersAfter(s(1)),
  check(lin.is('talking')),
  until(wang.has('recording.started')),
  wang.hangsUp(),
  lin.savesRecord({ what: '咨询' }),
  lin.finishesWrapUp(),
  check(
    wang.has('prompt.played', { fields: { prompt: 'nobody', interrupted: true } }),
    wang.never('prompt.played', { fields: { prompt: 'callback-offer' } }),
    wang.has('call.ended', { fields: { outcome: 'normal', side: 'customer' } }),
    wang.isRecorded(),
  ),
);
