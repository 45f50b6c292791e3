import { after, agent, caller, check, s, theServerIsKilled, until } from '@threerings/testkit/scenarios/cast';
import { tell } from '@threerings/testkit/scenarios/scenario';

const lin = agent('0217');
const wang = caller('wang');
const zhao = caller('zhao');

export const scenario = tell(
  'call-rated-after-a-restart',
  {
    title: 'a caller who is asked to rate a call does so although the server was killed meanwhile, be the call closed or still written up',
    plan: { queues: [{ queue: '综合', name: { zh: '综合', en: 'General' } }], survey: { maxMs: s(20) } },
  },
  lin.isReady(),
  wang.calls(),
  lin.answersAfter(s(2)),
  lin.offersSurvey(),
  theServerIsKilled,
  wang.presses('4'),
  until(wang.rated(4)),
  lin.savesRecord({ what: '咨询' }),
  lin.finishesWrapUp(),
  zhao.calls(),
  lin.answersAfter(s(2)),
  lin.offersSurvey(),
  lin.savesRecord({ what: '咨询' }),
  lin.finishesWrapUp(),
  check(zhao.has('interaction.closed'), lin.is('ready')),
  after(s(3)),
  theServerIsKilled,
  zhao.presses('5'),
  until(zhao.rated(5)),
  check(zhao.never('call.dropped'), zhao.rated(5), lin.is('ready')),
);
