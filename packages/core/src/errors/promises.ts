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
  'promise.no-reason': {
    zh: '改期或撤销承诺需要说明原因',
    en: 'moving or withdrawing a promise needs a reason',
    remedy: { zh: '请写明原因', en: 'give the reason' },
  },
} as const satisfies Record<string, RefusalSentence>;
