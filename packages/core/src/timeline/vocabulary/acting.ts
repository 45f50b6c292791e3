import { event, id, maybe, oneOf, personal, text } from './define.ts';

/** What acting for a customer needs besides the steps in `desk.ts`: read-back, other things told, a stopped attempt, the result, the owner. */
export const actingEvents = [
  event('proxy.extra-told', '告知其他事项', 'tells extra', 'desk', 'agent', id('proxy'), text('item')),
  event('proxy.read-back', '复述方案', 'reads plan back', 'desk', 'agent', id('proxy'), text('digest')),
  event('proxy.blocked', '代办被拦', 'proxy blocked', 'desk', 'system', id('proxy'), text('reason')),
  event('proxy.result-told', '告知代办结果', 'tells proxy result', 'desk', 'agent', id('proxy'), oneOf('outcome', 'done', 'failed')),
  event('owner.checked', '核对公司', 'checks company', 'desk', 'agent', oneOf('outcome', 'matches', 'differs'), maybe(personal('company'))),
  event('owner.named', '登记负责人', 'notes owner', 'desk', 'agent', personal('owner')),
  event('owner.updated', '更新负责人', 'updates owner', 'desk', 'agent', personal('owner')),
] as const;
