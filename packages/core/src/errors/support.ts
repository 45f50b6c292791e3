import type { RefusalSentence } from './sentence.ts';

/** Refusals of on-site support. */
export const supportRefusals = {
  'support.open': {
    zh: '这件事已经求助，正在等人来',
    en: 'support was asked for already',
    remedy: { zh: '请等支撑到场，或先撤回再求助', en: 'wait until somebody comes, or withdraw it and ask anew' },
  },
  'support.no-topic': {
    zh: '没有写要问什么',
    en: 'nothing says what it is about',
    remedy: { zh: '写一两个词即可，例如“异地补贴”', en: 'a word or two will do' },
  },
  'support.none': {
    zh: '这件事没有求助，或已经了结',
    en: 'no support is asked for here, or it is settled',
    remedy: { zh: '需要时请重新求助', en: 'ask anew where it is needed' },
  },
  'support.own': {
    zh: '不能应答自己的求助',
    en: 'nobody answers their own request',
    remedy: { zh: '请其他班长或骨干前去', en: 'somebody else has to go' },
  },
  'support.taken': {
    zh: '{agent} 已经前去支撑',
    en: '{agent} goes there already',
    remedy: { zh: '无需再去；要换人请当面商量', en: 'nothing needs to be done' },
  },
  'support.not-yours': {
    zh: '这是别人的求助',
    en: 'somebody else asked for this support',
    remedy: { zh: '由求助的坐席填写结果', en: 'who asked says what came of it' },
  },
  'support.nobody-came': {
    zh: '支撑还没有到，不能记为已得到答复',
    en: 'nobody has come yet: no answer can be noted',
    remedy: { zh: '请等人来，或撤回求助并向来电者承诺回电', en: 'wait, or withdraw it and promise the caller a callback' },
  },
} as const satisfies Record<string, RefusalSentence>;
