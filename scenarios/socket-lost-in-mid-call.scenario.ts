import { after, agent, caller, check, s } from '@threerings/testkit/scenarios/cast';
import { tell } from '@threerings/testkit/scenarios/scenario';

const lin = agent('0217');
const wang = caller('wang');

export const scenario = tell(
  'socket-lost-in-mid-call',
  { title: 'a page that loses its socket and is loaded again in mid-call costs neither the call nor what the desk shows', onTheWire: true },
  lin.isReady(),
  wang.calls(),
  lin.answersAfter(s(2)),
  check(lin.desk('call', wang)),
  lin.losesTheSocket(),
  after(s(3)),
  check(lin.is('talking'), wang.has('call.answered'), wang.never('call.ended')),
  lin.comesBack(),
  check(lin.desk('call', wang), lin.is('talking'), wang.never('call.dropped')),
  lin.holds({ consent: true }),
  after(s(2)),
  lin.resumes(),
  wang.hangsUp(),
  lin.savesRecord({ what: '咨询' }),
  lin.finishesWrapUp(),
  check(
    wang.has('call.answered', { times: 1, fields: { agent: lin.number } }),
    wang.has('call.ended', { fields: { outcome: 'normal', side: 'customer' } }),
    wang.isRecorded(),
    wang.kept('answer-within-rings', lin),
    wang.unknown('hold-three-parts', 'gap:no-engine'),
    lin.is('ready'),
  ),
);
