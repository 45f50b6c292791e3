import { agent, caller, check, s, until } from '@threerings/testkit/scenarios/cast';
import { tell } from '@threerings/testkit/scenarios/scenario';

const lin = agent('0217');
const wang = caller('wang');
const zhao = caller('zhao');

export const scenario = tell(
  'call-rated-after-it',
  {
    title:
      'an agent lets go of a caller who rates the call by a key: no breach of hanging up first, no abandonment where the caller just leaves',
    plan: { queues: [{ queue: '综合', name: { zh: '综合', en: 'General' } }], survey: { maxMs: s(20) } },
  },
  lin.isReady(),
  wang.calls(),
  lin.answersAfter(s(2)),
  lin.offersSurvey(),
  check(lin.is('wrap-up'), wang.went('survey.offered', 'call.released', 'call.ended', 'wrapup.started')),
  lin.savesRecord({ what: '咨询' }),
  lin.finishesWrapUp(),
  check(lin.is('ready')),
  wang.presses('5'),
  until(wang.rated(5)),
  zhao.calls(),
  lin.answersAfter(s(2)),
  lin.offersSurvey(),
  zhao.hangsUp(),
  lin.savesRecord({ what: '咨询' }),
  lin.finishesWrapUp(),
  check(
    zhao.has('survey.offered'),
    zhao.never('survey.answered'),
    zhao.never('call.abandoned'),
    zhao.moot('customer-hangs-up-first', 'unless'),
    lin.is('ready'),
  ),
);
