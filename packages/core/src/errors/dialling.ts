import type { RefusalSentence } from './sentence.ts';

/** Refusals of calls that staff make to the outside. */
export const diallingRefusals = {
  'dial.not-a-number': {
    zh: '这不是一个可以拨打的电话号码',
    en: 'this is no telephone number',
    remedy: { zh: '请填写区号加号码或手机号，只含数字', en: 'write the number with its area code, digits only' },
  },
  'dial.nothing-allowed': {
    zh: '热线没有开放外呼',
    en: 'this hotline dials nobody outside',
    remedy: {
      zh: '请管理员在热线配置的 dialPlan.allow 中写明可拨号码的开头',
      en: 'an administrator lists allowed beginnings in dialPlan.allow',
    },
  },
  'dial.outside-plan': {
    zh: '这个号码不在可拨范围内',
    en: 'this number is outside the dial plan',
    remedy: { zh: '请核对号码；确需拨打请联系管理员', en: 'check the number; an administrator can extend the dial plan' },
  },
} as const satisfies Record<string, RefusalSentence>;
