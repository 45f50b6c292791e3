import { answersSupport, asksSupport, boardAlerts, closesSupport, supportStands } from '@threerings/testkit/scenarios/asking';
import { after, agent, caller, check, s } from '@threerings/testkit/scenarios/cast';
import { tell } from '@threerings/testkit/scenarios/scenario';

const lin = agent('0217');
const han = agent('0209');
const wang = caller('wang');

export const scenario = tell(
  'support-never-comes',
  { title: 'support that is asked for and does not come in five minutes is told to the leader, once, and can be withdrawn' },
  lin.isReady(),
  wang.calls(),
  lin.answersAfter(s(3)),
  asksSupport(lin, '跨省转移'),
  after(s(5)),
  answersSupport(han, lin, false),
  check(supportStands(lin, { busy: true, late: false }), boardAlerts('support')),
  lin.promises({ about: '跨省转移', inMs: s(3600) }),
  wang.hangsUp(),
  lin.finishesWrapUp(),
  after(s(294)),
  check(boardAlerts('support-late', false), wang.has('call.ended')),
  after(s(2)),
  check(supportStands(lin, { late: true }), boardAlerts('support-late')),
  closesSupport(lin, 'answered', { refuses: 'support.nobody-came' }),
  closesSupport(han, 'none', { refuses: 'support.none' }),
  closesSupport(lin, 'none'),
  check(wang.has('call.ended'), supportStands(lin, undefined), boardAlerts('support-late', false), boardAlerts('support', false)),
  after(s(60)),
  check(wang.wasPromised({ kind: 'callback', owner: lin.number, state: 'open' }), boardAlerts('support-late', false)),
);
