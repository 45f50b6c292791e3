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
  'dial.unsafe': {
    zh: '对方不便接电话，不能拨打',
    en: 'this person asked not to be called',
    remedy: { zh: '请等对方来电；情况有变，请班长在客户档案中改', en: 'wait for their call; a leader can change the customer file' },
  },
  'dial.not-prepared': {
    zh: '还没有写要点',
    en: 'the call is not prepared',
    remedy: { zh: '请先写下来意和要说、要问的内容，一行一点', en: 'write what it is about and what to say and ask, one point a line' },
  },
  'dial.no-line': {
    zh: '这台服务器没有接出局线路',
    en: 'this server has no line to the telephone network',
    remedy: { zh: '请管理员设置 --trunk-proxy', en: 'an administrator sets --trunk-proxy' },
  },
  'dial.no-number': {
    zh: '没有可以回拨的号码',
    en: 'there is no number to call',
    remedy: { zh: '请手动输入号码', en: 'type the number' },
  },
  'dial.not-settled': {
    zh: '这通外呼没有要了结的结果',
    en: 'this call has no result to be told',
    remedy: { zh: '接通后、后处理结束前可以填写', en: 'it can be told from the answer to the end of the work after it' },
  },
} as const satisfies Record<string, RefusalSentence>;
