import { after, agent, caller, check, s } from '@threerings/testkit/scenarios/cast';
import { tell } from '@threerings/testkit/scenarios/scenario';

const lin = agent('0217');
const wang = caller('wang');

export const scenario = tell(
  'duty-ticked',
  { title: 'what an agent ticks is a statement, never evidence: the norm stays unknown, with that as its reason' },
  lin.isReady(),
  wang.calls(),
  lin.answersAfter(s(2)),
  lin.ticks('opening-number', '问候'),
  lin.ticks('opening-number', '工号'),
  after(s(5)),
  lin.marksConsent('hold'),
  lin.holds({ consent: true }),
  after(s(4)),
  lin.resumes(),
  wang.hangsUp(),
  lin.savesRecord({ what: '咨询' }),
  lin.finishesWrapUp(),
  check(
    wang.has('duty.ticked', { times: 2, fields: { norm: 'opening-number' } }),
    wang.has('consent.marked', { times: 1, fields: { about: 'hold', given: true } }),
    wang.unknown('opening-number', 'stated by agent'),
    lin.is('ready'),
  ),
);
