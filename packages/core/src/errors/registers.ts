import type { RefusalSentence } from './sentence.ts';

/** Refusals of outages, emergencies, briefings and the other registers of a day. */
export const registerRefusals = {
  'outage.unknown': {
    zh: '没有这条故障',
    en: 'there is no such outage',
    remedy: { zh: '请刷新列表', en: 'reload the list' },
  },
  'outage.over': {
    zh: '故障已恢复',
    en: 'the outage is over',
    remedy: { zh: '若又发生，请另行登记', en: 'register another one if it is back' },
  },
  'outage.no-title': {
    zh: '请用一句话写明什么出了故障',
    en: 'say in one line what is out of order',
    remedy: { zh: '例如：城东片区停气', en: 'for example: no gas in the eastern district' },
  },
  'outage.no-reason': {
    zh: '更新故障需要写明原因',
    en: 'changing an outage needs a reason',
    remedy: { zh: '请写一句', en: 'one sentence' },
  },
  'outage.due-range': {
    zh: '预计恢复时间应在现在之后、{days} 天之内',
    en: 'the restoration that is promised lies in the future and within {days} days',
    remedy: { zh: '请改正；不知道时留空', en: 'correct it, or leave it open' },
  },
  'briefing.unread': {
    zh: '还有 {unread} 条必读要情未阅知',
    en: '{unread} required items of news have not been read',
    remedy: { zh: '请先阅读并点“已阅”，再示闲', en: 'read them and say so, then get ready' },
  },
  'bulletin.no-text': {
    zh: '请写明标题与内容',
    en: 'it needs a title and a text',
    remedy: { zh: '请补全', en: 'complete it' },
  },
  'bulletin.validity': {
    zh: '有效期应在将来结束，且不超过 {days} 天',
    en: 'it must end in the future and last {days} days at most',
    remedy: { zh: '请改正有效期', en: 'correct the dates' },
  },
  'bulletin.settled': {
    zh: '这条要情已撤回',
    en: 'it was withdrawn',
    remedy: { zh: '请另写一条', en: 'write another one' },
  },
  'emergency.no-step': {
    zh: '预案里没有这一步，或已完成',
    en: 'the plan has no such step, or it is done',
    remedy: { zh: '请刷新后再勾选', en: 'reload and tick again' },
  },
  'emergency.closed': {
    zh: '已了结，不能再改',
    en: 'it is closed and stays as it is',
    remedy: { zh: '可在复盘中补充', en: 'add what is missing in the review' },
  },
  'emergency.register-first': {
    zh: '先登记经过与已告知的人，才能了结',
    en: 'write down what happened and who was told before it is closed',
    remedy: { zh: '请先登记', en: 'register it first' },
  },
  'emergency.not-closed': {
    zh: '了结之后才能复盘',
    en: 'it is reviewed after it was closed',
    remedy: { zh: '请先了结', en: 'close it first' },
  },
} as const satisfies Record<string, RefusalSentence>;
