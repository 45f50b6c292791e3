import { after, agent, caller, check, s } from '@threerings/testkit/scenarios/cast';
import { tell } from '@threerings/testkit/scenarios/scenario';

const lin = agent('0217');
const shen = agent('0103');
const wang = caller('wang');
const chen = caller('chen');

export const scenario = tell(
  'small-rest-after-a-hard-call',
  {
    title:
      'who asks for a small rest after a hard call is spared the next one, rests for as long as was granted, and returns with one press',
  },
  lin.isReady(),
  shen.isRefusedToAnswerRestOf(lin, 'rest.not-asked'),
  wang.calls(),
  lin.answersAfter(s(2)),
  wang.hangsUp(),
  lin.asksForRest(),
  lin.asksForRest('talk'),
  check(lin.is('wrap-up')),
  lin.finishesWrapUp(),
  check(lin.is('busy', 'rest-asked')),
  chen.calls(),
  after(s(3)),
  check(chen.never('call.agent-offered'), lin.is('busy', 'rest-asked')),
  shen.answersRestOf(lin, s(600)),
  check(lin.is('rest')),
  shen.isRefusedToAnswerRestOf(lin, 'rest.not-asked'),
  after(s(600)),
  check(lin.is('rest'), chen.never('call.agent-offered')),
  lin.goesReady(),
  after(s(1)),
  check(chen.has('call.agent-offered'), lin.is('ringing')),
  lin.answersAfter(s(1)),
  lin.asksForRest('talk'),
  shen.answersRestOf(lin),
  after(s(2)),
  chen.hangsUp(),
  lin.finishesWrapUp(),
  check(lin.is('ready')),
);
