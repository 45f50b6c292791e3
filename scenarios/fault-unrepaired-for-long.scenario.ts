import { after, agent, caller, check, s } from '@threerings/testkit/scenarios/cast';
import { withTranscript } from '@threerings/testkit/scenarios/expectations';
import { tell } from '@threerings/testkit/scenarios/scenario';

const lin = agent('0217');
const wang = caller('wang');

const repair = agent('0901');
const minutes = (n: number) => s(60 * n);

export const scenario = tell(
  'fault-unrepaired-for-long',
  {
    title:
      'a fault that nobody repaired for long: apologised for without blaming others, urged and watched over, overdue told, closed only after the caller was asked',
    pack: 's1q',
    departments: { '0901': 'repair' },
  },
  lin.isReady(),
  wang.calls(),
  lin.answersAfter(s(3)),
  wang.says('宽带坏了五天还没有修好，我要投诉'),
  lin.marks('complaint'),
  lin.says('很抱歉，给您添麻烦了，我们正在努力解决'),
  lin.writesTicket(wang, { kind: 'fault', title: '宽带五天未修复', about: '幸福路六号' }),
  lin.isRefusedToChangeTicket(wang, { do: 'dispatch', department: 'nobody' }, 'ticket.no-department', minutes(5)),
  lin.isRefusedToChangeTicket(wang, { do: 'dispatch', department: 'repair' }, 'ticket.due-range', -s(60)),
  lin.changesTicket(wang, { do: 'dispatch', department: 'repair' }, minutes(5)),
  lin.says('五分钟内给您说法，一恢复就告诉您'),
  wang.hangsUp(),
  lin.savesRecord({ what: '宽带五天未修复', how: '已派单，五分钟内答复' }),
  lin.finishesWrapUp(),
  check(withTranscript(wang.notJudged('no-shirking-blame')), wang.wasPromised({ kind: 'ticket', owner: lin.number, state: 'open' })),
  repair.changesTicket(wang, { do: 'acknowledge' }),
  lin.changesTicket(wang, { do: 'urge' }),
  lin.changesTicket(wang, { do: 'supervise', reason: '多日未修复' }),
  after(minutes(6)),
  check(wang.wasPromised({ kind: 'ticket', owner: lin.number, state: 'missed', escalated: 1 })),
  repair.changesTicket(wang, { do: 'resolve', result: 'solved', answer: '已换线' }),
  lin.isRefusedToChangeTicket(wang, { do: 'close' }, 'ticket.not-told'),
  lin.changesTicket(wang, { do: 'tell-customer', channel: 'phone' }),
  lin.changesTicket(wang, { do: 'revisit', resolved: false, reason: '仍断线' }, minutes(5)),
  check(wang.hasTicket({ stage: 'in-work', reopened: 1, department: 'repair' })),
  repair.changesTicket(wang, { do: 'resolve', result: 'solved', answer: '已换光猫' }),
  lin.changesTicket(wang, { do: 'tell-customer', channel: 'phone' }),
  lin.changesTicket(wang, { do: 'revisit', resolved: true, score: 4 }),
  lin.changesTicket(wang, { do: 'close' }),
  check(wang.hasTicket({ kind: 'fault', stage: 'closed', reopened: 1 })),
);
