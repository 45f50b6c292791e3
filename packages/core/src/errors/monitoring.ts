import type { RefusalSentence } from './sentence.ts';

/** Refusals of what leaders do with calls and people of others. */
export const monitoringRefusals = {
  'monitor.not-acknowledged': {
    zh: '{agent} 还没有阅知监听制度，不能监听、耳语、插话',
    en: '{agent} has not acknowledged the monitoring policy: no listening, whispering or joining',
    remedy: {
      zh: '请该坐席在工作台阅知后再试；紧急时可请其转接',
      en: 'ask the agent to acknowledge it on the desk; if urgent, ask for a transfer',
    },
  },
  'monitor.own-call': {
    zh: '这是您自己的通话',
    en: 'this is your own call',
    remedy: { zh: '请在工作台上操作', en: 'use your desk' },
  },
  'monitor.taken': {
    zh: '{leader} 正在这通电话上',
    en: '{leader} is on this call already',
    remedy: { zh: '请等其退出', en: 'wait until that leader has left' },
  },
  'monitor.not-yours': {
    zh: '不是您在监听这通电话',
    en: 'you are not on this call',
    remedy: { zh: '无需操作', en: 'nothing needs to be done' },
  },
  'monitor.engaged': {
    zh: '您自己有通话或后处理，不能同时监听',
    en: 'you have a call, or the work after one, yourself',
    remedy: { zh: '请先结束自己的通话', en: 'finish your own call first' },
  },
  'leader.not-asked': {
    zh: '来电者还没有提出找领导',
    en: 'the caller has not asked for the leader',
    remedy: { zh: '来电者提出后，先标记“找领导”', en: 'mark it first, once the caller does' },
  },
  'leader.soothe-first': {
    zh: '请领导接听前，先安抚并提出代为反映',
    en: 'before a leader is asked the agent calms the caller and offers to pass it on',
    remedy: { zh: '说过之后按“已安抚”，仍坚持再请领导', en: 'do that and mark it; ask a leader where the caller insists' },
  },
  'leader.requested': {
    zh: '已经请领导接听，正在等应答',
    en: 'a leader was asked already',
    remedy: { zh: '请稍等；没人应答会改为回电', en: 'wait a moment; without an answer it becomes a callback' },
  },
  'leader.no-request': {
    zh: '这通电话没有等待应答的请求',
    en: 'nobody waits for a leader in this call',
    remedy: { zh: '可能已有人应答或来电已结束，无需操作', en: 'somebody may have answered, or the call is over' },
  },
} as const satisfies Record<string, RefusalSentence>;
