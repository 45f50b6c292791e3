import { answersSupport, asksSupport, boardAlerts, closesSupport, supportStands } from '@threerings/testkit/scenarios/asking';
import { after, agent, caller, check, s, theServerIsKilled } from '@threerings/testkit/scenarios/cast';
import { tell } from '@threerings/testkit/scenarios/scenario';

const lin = agent('0217');
const han = agent('0209');
const wang = caller('wang');

export const scenario = tell(
  'support-busy-called-back',
  {
    title:
      'nobody can come: the caller leaves a number, the request goes on after the call and over a restart, whoever comes in time lets the caller be called back at once',
    plan: { queues: [{ queue: 'general', name: { zh: '综合', en: 'General' } }], dialPlan: { allow: ['1'] } },
  },
  lin.isReady(),
  wang.calls(),
  lin.answersAfter(s(3)),
  asksSupport(lin, '跨省转移'),
  after(s(40)),
  check(supportStands(lin, { busy: false }), boardAlerts('support')),
  after(s(6)),
  check(supportStands(lin, { busy: true, late: false })),
  lin.says('这个问题要再核实一下，可能超过两分钟，我给您回电，请留个电话好吗'),
  wang.says('13800138000'),
  lin.promises({ about: '跨省转移怎么办', inMs: s(300), number: '13800138000' }),
  wang.hangsUp(),
  lin.savesRecord({ what: '跨省转移' }),
  lin.finishesWrapUp(),
  check(wang.has('interaction.closed'), supportStands(lin, { busy: true })),
  after(s(60)),
  theServerIsKilled,
  after(s(5)),
  check(supportStands(lin, { busy: true, late: false }), boardAlerts('support')),
  answersSupport(han, lin),
  after(s(10)),
  check(supportStands(lin, { helper: han.number }), boardAlerts('support', false)),
  lin.callsBack(wang),
  wang.picksUp(),
  lin.tellsResult('done'),
  closesSupport(lin, 'callback'),
  wang.hangsUp(),
  lin.savesRecord({ what: '跨省转移，已答复' }),
  lin.finishesWrapUp(),
  check(wang.has('interaction.closed'), supportStands(lin, undefined), wang.isOwedNothing()),
  after(s(5)),
  check(boardAlerts('support-late', false), lin.is('ready'), wang.has('outbound.settled')),
);
