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
} as const satisfies Record<string, RefusalSentence>;
