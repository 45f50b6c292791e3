import { boardAlerts } from '@threerings/testkit/scenarios/asking';
import { after, agent, caller, check, s } from '@threerings/testkit/scenarios/cast';
import { withTranscript } from '@threerings/testkit/scenarios/expectations';
import { emergencyStands, worksEmergency, writesPlan } from '@threerings/testkit/scenarios/in-the-house';
import { tell } from '@threerings/testkit/scenarios/scenario';

const lin = agent('0217');
const han = agent('0209');
const wang = caller('wang');
const zhao = caller('zhao');

export const scenario = tell(
  'emergency-acknowledged-and-worked',
  {
    title:
      'an emergency is told to the leader at once, taken in hand, worked by its plan, registered, closed and reviewed; one that nobody takes in hand goes up after a minute',
    pack: 's1b',
  },
  lin.isReady(),
  wang.calls(),
  lin.answersAfter(s(3)),
  wang.says('家里漏气了，有人晕倒了'),
  lin.marksEmergency('来电人称家中漏气'),
  check(
    wang.has('flag.set', { fields: { flag: 'emergency' } }),
    emergencyStands(wang, { state: 'raised', escalated: false }),
    boardAlerts('emergency'),
  ),
  after(s(20)),
  worksEmergency(han, wang, { do: 'acknowledge' }),
  worksEmergency(han, wang, { do: 'acknowledge' }),
  worksEmergency(han, wang, { do: 'step', step: '通知抢修' }, { refuses: 'emergency.no-step' }),
  worksEmergency(han, wang, { do: 'plan', plan: 'gas' }, { refuses: 'emergency.no-plan' }),
  writesPlan(han, { plan: 'gas', title: '燃气泄漏', steps: ['请关阀开窗', '通知抢修'] }),
  worksEmergency(han, wang, { do: 'plan', plan: 'gas' }),
  lin.says('请您关阀开窗，到室外等'),
  worksEmergency(han, wang, { do: 'step', step: '请关阀开窗' }),
  worksEmergency(han, wang, { do: 'step', step: '通知抢修' }),
  worksEmergency(han, wang, { do: 'step', step: '通知抢修' }, { refuses: 'emergency.no-step' }),
  check(emergencyStands(wang, { state: 'acknowledged', escalated: false, done: ['请关阀开窗', '通知抢修'] })),
  worksEmergency(han, wang, { do: 'close', outcome: '已处置' }, { refuses: 'emergency.register-first' }),
  wang.hangsUp(),
  lin.savesRecord({ who: '王先生', where: '幸福路六号', what: '漏气', how: '已转抢修' }),
  lin.finishesWrapUp(),
  after(s(60)),
  worksEmergency(han, wang, { do: 'register', account: '厨房软管脱落', told: '96777 抢修' }),
  worksEmergency(han, wang, { do: 'close', outcome: '已处置' }),
  worksEmergency(han, wang, { do: 'step', step: '请关阀开窗' }, { refuses: 'emergency.closed' }),
  worksEmergency(han, wang, { do: 'review', finding: '通报及时' }),
  check(
    emergencyStands(wang, { state: 'reviewed', escalated: false }),
    boardAlerts('emergency-unanswered', false),
    wang.kept('emergency-notify-acknowledged'),
    withTranscript(wang.kept('emergency-notify', lin)),
  ),

  zhao.calls(),
  lin.answersAfter(s(3)),
  lin.marksEmergency('来电人称有人触电'),
  after(s(59)),
  check(emergencyStands(zhao, { state: 'raised', escalated: false })),
  after(s(2)),
  check(emergencyStands(zhao, { state: 'raised', escalated: true }), boardAlerts('emergency-unanswered')),
  worksEmergency(han, zhao, { do: 'acknowledge' }),
  zhao.hangsUp(),
  lin.savesRecord({ who: '赵女士', where: '和平里三号', what: '触电', how: '已转急救' }),
  lin.finishesWrapUp(),
  check(emergencyStands(zhao, { state: 'acknowledged', escalated: true }), zhao.broke('emergency-notify-acknowledged')),
);
