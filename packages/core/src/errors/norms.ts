import type { RefusalSentence } from './sentence.ts';

/** Refusals on the way of a norm pack from draft to live. */
export const normRefusals = {
  'norms.wrong-state': {
    zh: '这个版本目前是“{state}”，不能这样做',
    en: 'this version is {state}: that cannot be done now',
    remedy: { zh: '请刷新查看它的状态；已送审的要先退回再改', en: 'reload to see where it stands; return it before changing its text' },
  },
  'norms.own-text': {
    zh: '自己写的规范不能由自己复核',
    en: 'nobody reviews their own text',
    remedy: { zh: '请另一人复核', en: 'ask somebody else to review it' },
  },
  'norms.same-person': {
    zh: '复核和批准不能是同一人',
    en: 'review and approval must be two different people’s',
    remedy: { zh: '请另一人批准', en: 'ask somebody else to approve it' },
  },
  'norms.no-reason': {
    zh: '退回或撤销需要说明原因',
    en: 'returning or withdrawing needs a reason',
    remedy: { zh: '请写明原因', en: 'give the reason' },
  },
  'norms.effective-past': {
    zh: '生效时间已经过去',
    en: 'the effective time lies in the past',
    remedy: { zh: '请选择现在或将来的时间', en: 'choose now or a time to come' },
  },
} as const satisfies Record<string, RefusalSentence>;
