import type { RefusalSentence } from './sentence.ts';

/** Refusals of proposals, tickets, cases, customers and appeals. */
export const matterRefusals = {
  'proposal.unknown': {
    zh: '没有这条拟建',
    en: 'there is no such proposal',
    remedy: { zh: '请刷新列表', en: 'reload the list' },
  },
  'proposal.settled': {
    zh: '这条拟建已有人处理',
    en: 'somebody has settled this proposal already',
    remedy: { zh: '请刷新列表看结果', en: 'reload the list to see how' },
  },
  'proposal.no-reason': {
    zh: '不采纳拟建需要说明原因',
    en: 'declining a proposal needs a reason',
    remedy: { zh: '请写一句原因', en: 'give it in one sentence' },
  },
  'ticket.unknown': {
    zh: '没有这张工单',
    en: 'there is no such ticket',
    remedy: { zh: '请核对单号', en: 'check its number' },
  },
  'ticket.no-title': {
    zh: '工单需要标题',
    en: 'a ticket needs a title',
    remedy: { zh: '请用一句话写明诉求', en: 'say in one sentence what is wanted' },
  },
  'ticket.not-draft': {
    zh: '只有草稿或被退回的工单才能派发',
    en: 'only a draft or a returned ticket can be dispatched',
    remedy: { zh: '如已派出，请催办或等待办理', en: 'if it is dispatched already, urge it or wait' },
  },
  'ticket.due-range': {
    zh: '办理期限应在现在之后、一年之内',
    en: 'a ticket is due in the future and within a year',
    remedy: { zh: '请重选期限', en: 'choose another due time' },
  },
  'ticket.not-dispatched': {
    zh: '工单尚未派出或已被退回',
    en: 'the ticket is not dispatched, or it was returned',
    remedy: { zh: '请由责任人先派发', en: 'its owner dispatches it first' },
  },
  'ticket.not-with-department': {
    zh: '工单现不在承办部门手中',
    en: 'the ticket is not with a department now',
    remedy: { zh: '派出之后才能这样做', en: 'this can be done once it is dispatched' },
  },
  'ticket.not-in-work': {
    zh: '工单未在办理中',
    en: 'the ticket is not being worked on',
    remedy: { zh: '请承办部门先签收', en: 'the department acknowledges it first' },
  },
  'ticket.no-reason': {
    zh: '这一步需要写明原因',
    en: 'this step needs a reason',
    remedy: { zh: '请写一句，勿含个人信息', en: 'one sentence, without personal data' },
  },
  'ticket.no-missing': {
    zh: '退回补件时应一次列全所缺材料',
    en: 'returning it as incomplete means to list all that is missing at once',
    remedy: { zh: '请逐项列出', en: 'list the items one by one' },
  },
  'ticket.returned-before': {
    zh: '已按同一理由退回过一次',
    en: 'it was returned for the same reason before',
    remedy: { zh: '如确需再退，请申请例外并由班长审批', en: 'ask for an exception; a leader decides' },
  },
  'ticket.pauses-used-up': {
    zh: '一张工单最多挂起 {times} 次',
    en: 'a ticket can be paused {times} times',
    remedy: { zh: '如需更久，请申请延期', en: 'ask for an extension if more time is needed' },
  },
  'ticket.paused': {
    zh: '工单挂起中，不能办结',
    en: 'the ticket is paused and cannot be resolved',
    remedy: { zh: '请先恢复办理', en: 'resume it first' },
  },
  'ticket.exception-open': {
    zh: '已有一项例外待审批',
    en: 'an exception is waiting for its decision already',
    remedy: { zh: '请等待审批结果', en: 'wait until it is decided' },
  },
  'ticket.not-later': {
    zh: '延期后的期限应晚于现有期限',
    en: 'an extension ends later than the due time that stands',
    remedy: { zh: '请选择更晚的时间', en: 'choose a later time' },
  },
  'ticket.no-exception': {
    zh: '没有待审批的例外',
    en: 'no exception waits for a decision',
    remedy: { zh: '可能已由他人审批', en: 'somebody may have decided it already' },
  },
  'ticket.own-exception': {
    zh: '申请人不能审批自己的申请',
    en: 'who asked for the exception does not decide it',
    remedy: { zh: '请由另一位班长审批', en: 'another leader decides' },
  },
  'ticket.no-answer': {
    zh: '办结需要写明答复内容',
    en: 'resolving a ticket needs the answer to the customer',
    remedy: { zh: '请写明办理情况与结论', en: 'say what was done and what came of it' },
  },
  'ticket.not-resolved': {
    zh: '工单尚未办结',
    en: 'the ticket is not resolved yet',
    remedy: { zh: '部门答复后再告知客户', en: 'tell the customer when the department has answered' },
  },
  'ticket.not-told': {
    zh: '结果还没有告知客户',
    en: 'the customer has not been told the result',
    remedy: { zh: '请先告知客户', en: 'tell the customer first' },
  },
  'ticket.revisit-first': {
    zh: '投诉须回访确认已解决才能关闭',
    en: 'a complaint is closed after a revisit that found it settled',
    remedy: { zh: '请先回访', en: 'revisit the customer first' },
  },
  'ticket.score-range': {
    zh: '满意度为 1 至 5 分',
    en: 'satisfaction goes from 1 to 5',
    remedy: { zh: '请改正分值', en: 'correct the score' },
  },
  'ticket.closed': {
    zh: '工单已关闭',
    en: 'the ticket is closed',
    remedy: { zh: '如需再办，请重办并写明原因', en: 'reopen it with a reason' },
  },
  'ticket.not-suggestion': {
    zh: '只有建议类工单才评价值',
    en: 'only suggestions are valued',
    remedy: { zh: '请核对类别', en: 'check the kind' },
  },
  'case.unknown': {
    zh: '没有这个个案',
    en: 'there is no such case',
    remedy: { zh: '请刷新客户档案', en: 'reload the customer’s file' },
  },
  'case.closed': {
    zh: '个案已关闭',
    en: 'the case is closed',
    remedy: { zh: '请为新的来访另开个案', en: 'open another case for a new contact' },
  },
  'case.no-items': {
    zh: '一次性告知需要列出事项',
    en: 'a full notice needs its items',
    remedy: { zh: '请逐项填写', en: 'write them down one by one' },
  },
  'case.too-many': {
    zh: '告知事项过多，每次最多 {most} 项',
    en: 'too many items: one notice holds {most}',
    remedy: { zh: '请合并相近事项', en: 'put similar ones together' },
  },
  'case.no-item': {
    zh: '告知单中没有这一项',
    en: 'the notice has no such item',
    remedy: { zh: '请刷新后再勾选', en: 'reload and tick again' },
  },
  'case.owed': {
    zh: '个案还有 {owed} 项承诺或工单未了',
    en: '{owed} promises or tickets of the case are open',
    remedy: { zh: '请先了结它们', en: 'settle them first' },
  },
  'case.untold': {
    zh: '一次性告知还有 {left} 项没有告知',
    en: '{left} items of the full notice have not been told',
    remedy: { zh: '请逐项告知并勾选', en: 'tell and tick each of them' },
  },
  'appeal.unknown': {
    zh: '没有这条说明或申诉',
    en: 'there is no such explanation or appeal',
    remedy: { zh: '请刷新列表', en: 'reload the list' },
  },
  'appeal.filed-before': {
    zh: '这条判定已提交过说明或申诉',
    en: 'this verdict was explained or appealed before',
    remedy: { zh: '请等待复核答复', en: 'wait for the reviewer' },
  },
  'appeal.no-words': {
    zh: '请写明情况',
    en: 'say what happened',
    remedy: { zh: '写清时间与经过即可', en: 'time and course are enough' },
  },
  'appeal.no-reason': {
    zh: '裁决需要写明理由',
    en: 'a decision needs its reason',
    remedy: { zh: '请对照录音与条款写明', en: 'refer to the recording and the clause' },
  },
  'appeal.decided': {
    zh: '已有裁决，不能改判',
    en: 'it was decided before and stays so',
    remedy: { zh: '如有新证据请另行上报', en: 'report new evidence separately' },
  },
  'appeal.own': {
    zh: '不能裁决与本人有关的判定',
    en: 'nobody decides about a verdict of their own',
    remedy: { zh: '请由其他质检员裁决', en: 'another reviewer decides' },
  },
} as const satisfies Record<string, RefusalSentence>;
