import { after, agent, caller, check, s } from '@threerings/testkit/scenarios/cast';
import { tell } from '@threerings/testkit/scenarios/scenario';

const lin = agent('0217');
const gu = agent('0601');
const shen = agent('0602');
const wang = caller('wang');

export const scenario = tell(
  'expert-asked-then-released',
  {
    title:
      'an expert is asked first, declines, the next one accepts; only then the agent lets go, and who was consulted often is spared for an hour',
    plan: {
      queues: [{ queue: 'general', name: { zh: '综合', en: 'General' } }],
      experts: [{ seat: 'roaming', name: { zh: '国际漫游专席', en: 'Roaming' }, agents: ['0601', '0602'], mostPerHour: 1 }],
    },
  },
  lin.isReady(),
  wang.calls(),
  lin.answersAfter(s(2)),
  gu.isReady(),
  shen.isReady(),
  lin.checksExperts('roaming'),
  check(wang.has('expert.checked', { fields: { skill: 'roaming', free: 2 } })),
  lin.isRefused({ kind: 'check-experts', seat: 'visa' }, 'expert.unknown-seat'),
  lin.isRefusedToTransfer('transfer.unknown-target', { to: { seat: 'roaming', expert: agent('0999') } }),
  after(s(10)),
  lin.transfers({ to: { seat: 'roaming' }, brief: '在境外收不到短信，问漫游设置' }),
  check(
    wang.went('expert.checked', 'transfer.requested', 'consent.marked', 'transfer.briefed', 'transfer.started', 'consult.started'),
    wang.has('transfer.started', { fields: { kind: 'expert', target: 'roaming' } }),
    gu.desk('consult', wang),
  ),
  gu.declines('busy'),
  check(shen.desk('consult', wang), wang.never('transfer.failed')),
  shen.isConsulted(),
  lin.isRefused({ kind: 'transfer-step', step: 'complete' }, 'transfer.not-accepted'),
  lin.isRefused({ kind: 'release', confirmed: true, reason: '转专席' }, 'transfer.not-accepted'),
  after(s(6)),
  shen.accepts(),
  lin.letsGo(),
  check(
    wang.has('transfer.completed', { fields: { agent: shen.number }, times: 1 }),
    wang.has('consult.answered', { times: 1 }),
    wang.never('call.ended'),
    shen.desk('call', wang),
    lin.is('wrap-up'),
  ),
  lin.savesRecord({ what: '国际漫游' }),
  lin.finishesWrapUp(),
  after(s(20)),
  wang.hangsUp(),
  shen.savesRecord({ what: '国际漫游', how: '已指导设置' }),
  shen.finishesWrapUp(),
  wang.calls(),
  lin.answersAfter(s(2)),
  lin.isRefusedToTransfer('expert.busy', { to: { seat: 'roaming', expert: shen } }),
  wang.hangsUp(),
  lin.savesRecord({ what: '国际漫游' }),
  lin.finishesWrapUp(),
  check(lin.is('ready'), shen.is('ready')),
);
