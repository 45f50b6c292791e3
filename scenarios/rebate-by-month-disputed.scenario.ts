import { agent, caller, check, s } from '@threerings/testkit/scenarios/cast';
import { tell } from '@threerings/testkit/scenarios/scenario';

const lin = agent('0217');
const wang = caller('wang');

const days = (n: number) => s(86_400 * n);

export const scenario = tell(
  'rebate-by-month-disputed',
  {
    title:
      'a rebate by months is answered from its article; disagreement becomes a ticket with a clock, and a wrong figure a correction that is called',
    pack: 's4',
    articles: { rebate: '分月返还规则' },
    departments: { '0901': 'billing', '0902': 'billing' },
    plan: { queues: [{ queue: 'general', name: { zh: '综合', en: 'General' } }], dialPlan: { allow: ['1'], shows: '12333' } },
  },
  lin.isReady(),
  wang.calls(),
  lin.answersAfter(s(3)),
  wang.says('我的返还每个月是多少'),
  lin.opensArticle(wang, 'rebate', '分月返还'),
  lin.says('每月返还二十元，从十月到明年三月，跟您确认一下，是这样吗'),
  wang.says('不对，说好是三十元'),
  lin.marksAnswer(wang, 'answered', 'rebate'),
  lin.writesTicket(wang, { kind: 'enquiry', title: '返还金额不符', about: '客户称每月三十元', department: 'billing', inMs: days(2) }),
  lin.promises({ what: 'correction', about: '返还金额更正', inMs: s(1800), number: '13800138000' }),
  wang.hangsUp(),
  lin.savesRecord({ what: '分月返还', how: '金额有出入，已派单' }),
  lin.finishesWrapUp(),
  check(
    wang.kept('answer-per-kb', lin),
    wang.wasPromised({ kind: 'correction', owner: lin.number, state: 'open' }),
    wang.wasPromised({ kind: 'ticket', owner: lin.number, state: 'open' }),
    wang.hasTicket({ kind: 'enquiry', stage: 'dispatched', department: 'billing' }),
  ),
  agent('0901').changesTicket(wang, { do: 'acknowledge' }),
  agent('0901').changesTicket(wang, { do: 'resolve', result: 'explained', answer: '合约为三十元，已更正' }),
  lin.isRefusedToChangeTicket(wang, { do: 'close' }, 'ticket.not-told'),
  lin.changesTicket(wang, { do: 'tell-customer', channel: 'phone' }),
  check(wang.hasTicket({ stage: 'told' })),
);
