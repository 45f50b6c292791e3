import { after, agent, caller, check, s } from '@threerings/testkit/scenarios/cast';
import { tell } from '@threerings/testkit/scenarios/scenario';

const lin = agent('0217');
const shen = agent('0103');
const wang = caller('wang');

export const scenario = tell(
  'leader-on-a-call',
  {
    title: 'nobody is listened to who has not acknowledged it; then a leader listens, whispers, joins and takes over, and each is recorded',
  },
  lin.isReady(),
  wang.calls(),
  lin.answersAfter(s(2)),
  shen.isRefusedToMonitor(lin, 'listen', 'presence.no-phone'),
  shen.isReady(),
  shen.isRefusedToMonitor(lin, 'listen', 'monitor.not-acknowledged'),
  check(wang.never('monitor.started'), wang.has('call.answered')),
  lin.acknowledgesMonitoring(),
  after(s(1)),
  shen.monitors(lin, 'listen'),
  check(wang.has('monitor.started', { fields: { mode: 'listen', agent: lin.number, leader: shen.number } }), shen.is('busy', 'monitoring')),
  after(s(5)),
  shen.monitors(lin, 'whisper'),
  lin.holds({ consent: true, because: '已口头说明' }),
  after(s(5)),
  lin.resumes(),
  shen.monitors(lin, 'barge'),
  after(s(5)),
  shen.takesOverFrom(lin),
  check(
    wang.went('monitor.started', 'monitor.changed', 'monitor.changed', 'monitor.ended', 'transfer.started', 'transfer.completed'),
    wang.has('transfer.completed', { fields: { agent: shen.number }, by: 'leader' }),
    shen.desk('call', wang),
    shen.is('talking'),
    lin.desk('wrap-up', wang),
    lin.is('wrap-up'),
  ),
  lin.finishesWrapUp(),
  after(s(10)),
  wang.hangsUp(),
  shen.finishesWrapUp(),
  shen.sets(lin, 'busy'),
  check(wang.has('interaction.closed'), lin.is('busy', 'leader')),
);
