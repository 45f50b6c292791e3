import { after, agent, caller, check, s, until } from '@threerings/testkit/scenarios/cast';
import { withTranscript } from '@threerings/testkit/scenarios/expectations';
import { tell } from '@threerings/testkit/scenarios/scenario';

const lin = agent('0217');
const wang = caller('wang');
const bill = { item: 'bill' } as const;

export const scenario = tell(
  'self-service-and-back',
  {
    title:
      'a caller who will not use self-service is not made to; told and willing the caller hears the answer there and is back with the same agent, past every queue',
    plan: {
      queues: [{ queue: '综合', name: { zh: '综合', en: 'General' } }],
      selfService: { items: [{ item: 'bill', name: { zh: '话费查询', en: 'Bill' }, flow: '自助查询', step: '播报' }] },
    },
    flow: `流程 自助查询
用于 12334
步骤 告知
录音告知
接 播报
步骤 播报
自助 tell
转人工 0 去 人工
接 评价
步骤 评价
评价
接 人工
步骤 人工
排队
`,
  },
  lin.isReady(),
  wang.calls(),
  lin.answersAfter(s(2)),
  lin.says('您好，0217号为您服务'),
  lin.isRefusedToTransfer('self-service.unknown', { to: { item: 'pension' } }),
  lin.isRefusedToTransfer('self-service.dispute', { to: bill, reason: 'dispute' }),
  wang.says('自助太麻烦了，我不用'),
  lin.marksSelfServiceRefused('difficult', '官方网站', '短信查询'),
  lin.isRefusedToTransfer('self-service.declined', { to: bill, consent: false, because: '话费' }),
  check(wang.has('self-service.refused', { fields: { reason: 'difficult' } }), wang.never('transfer.started')),
  lin.says('不要紧，我来帮您，请稍候，为您转到自助语音查询可以吗'),
  wang.says('好的'),
  lin.transfers({ to: bill, brief: '' }),
  check(
    wang.went('transfer.requested', 'consent.marked', 'transfer.started', 'self-service.entered'),
    wang.has('transfer.started', { fields: { kind: 'ivr', target: 'bill' } }),
    wang.never('music.started'),
    lin.desk('call', wang),
    lin.is('talking'),
  ),
  lin.isRefused({ kind: 'transfer-step', step: 'complete' }, 'self-service.under-way'),
  after(s(1)),
  wang.presses('0'),
  check(
    wang.went('self-service.entered', 'self-service.left', 'transfer.returned'),
    wang.has('self-service.left', { fields: { item: '播报', outcome: 'person' } }),
    wang.has('call.queued', { times: 1 }),
    lin.is('talking'),
  ),
  lin.transfers({ to: bill, brief: '' }),
  until(wang.has('survey.offered')),
  wang.presses('5'),
  until(wang.has('transfer.returned', { times: 2 })),
  lin.transfers({ to: bill, brief: '' }),
  lin.takesBack(),
  check(wang.has('transfer.returned', { times: 3 }), wang.never('call.ended'), wang.never('call.flow-left')),
  wang.hangsUp(),
  lin.savesRecord({ what: '话费' }),
  lin.finishesWrapUp(),
  check(withTranscript(wang.kept('record-saved', lin)), lin.is('ready')),
);
