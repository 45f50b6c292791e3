import type { RefusalSentence } from './sentence.ts';

export const promiseRefusals = {
  'promise.unknown': {
    zh: '没有这个承诺',
    en: 'there is no such promise',
    remedy: { zh: '请刷新后再试', en: 'reload and try again' },
  },
  'promise.settled': {
    zh: '承诺已兑现或已撤销',
    en: 'the promise is kept or withdrawn already',
    remedy: { zh: '如需再办，请作出新的承诺', en: 'make a new promise if more is to be done' },
  },
  'promise.due-past': {
    zh: '到期时间已经过去',
    en: 'the due time lies in the past',
    remedy: { zh: '请选择将来的时间', en: 'choose a time to come' },
  },
  'promise.due-far': {
    zh: '到期时间超过 {days} 天',
    en: 'the due time is more than {days} days away',
    remedy: { zh: '请选择更近的时间', en: 'choose an earlier time' },
  },
  'promise.no-working-day': {
    zh: '日历中找不到对应的工作日',
    en: 'the calendar has no such working day',
    remedy: { zh: '请直接选择到期时间，并告知管理员补充日历', en: 'choose a due time by hand and have the calendar completed' },
  },
  'promise.no-number': {
    zh: '这种承诺由别人兑现，需要回电号码',
    en: 'somebody else keeps this promise and needs a number to call',
    remedy: { zh: '请向对方问清号码并复述', en: 'ask for the number and read it back' },
  },
  'promise.soothe-first': {
    zh: '转请领导回电前应先安抚并提出代为反映',
    en: 'before a leader calls back the agent tries to settle it',
    remedy: { zh: '请先安抚，再勾选“已安抚”', en: 'try that first, then tick it' },
  },
  'promise.tries-left': {
    zh: '已尝试 {tried} 次，满 {tries} 次才能以“未联系上”了结',
    en: '{tried} of {tries} tries were made: only then can it be closed as not reached',
    remedy: { zh: '请换一个时段再试', en: 'try again at another time of day' },
  },
  'promise.was-reached': {
    zh: '最近一次已联系上，不能记为未联系上',
    en: 'the last try reached somebody',
    remedy: { zh: '请记为兑现，或改期并说明原因', en: 'mark it kept, or move it with a reason' },
  },
  'promise.no-reason': {
    zh: '改期、转交或撤销承诺需要说明原因',
    en: 'moving, handing over or withdrawing a promise needs a reason',
    remedy: { zh: '请写明原因', en: 'give the reason' },
  },
} as const satisfies Record<string, RefusalSentence>;
