import { after, agent, caller, check, s, theServerIsKilled } from '@threerings/testkit/scenarios/cast';
import { tell } from '@threerings/testkit/scenarios/scenario';

const lin = agent('0217');
const wang = caller('wang');

export const scenario = tell(
  'server-killed-in-mid-call',
  { title: 'a server that is killed adopts its call again: nothing of it is lost, and what nobody watched is told as a gap' },
  lin.isReady(),
  wang.calls(),
  lin.answersAfter(s(4)),
  after(s(10)),
  theServerIsKilled,
  check(
    lin.desk('call', wang),
    lin.is('talking'),
    wang.has('source.gap-started', { fields: { source: 'telephony', reason: 'engine-down' } }),
    wang.has('source.gap-ended', { fields: { source: 'telephony' } }),
  ),
  after(s(5)),
  lin.holds({ consent: true }),
  after(s(2)),
  lin.resumes(),
  wang.hangsUp(),
  lin.savesRecord({ what: '咨询' }),
  lin.finishesWrapUp(),
  check(
    wang.has('call.ended', { fields: { outcome: 'normal', side: 'customer', talk: s(17) } }),
    wang.isRecorded(),
    wang.keptOnce('answer-within-rings', lin),
    wang.keptOnce('record-saved', lin),
    lin.is('ready'),
  ),
);
