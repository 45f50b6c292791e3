import type { RefusalSentence } from './sentence.ts';

/** Refusals of articles and quick replies. */
export const knowledgeRefusals = {
  'knowledge.no-title': {
    zh: '知识条目需要标题',
    en: 'an entry needs a title',
    remedy: { zh: '请用一句话写明它答什么', en: 'say in one sentence what it answers' },
  },
  'knowledge.no-body': {
    zh: '知识条目需要正文',
    en: 'an entry needs a text',
    remedy: { zh: '请写正文后再送复核', en: 'write it, then send it for review' },
  },
  'knowledge.dates': {
    zh: '失效时间应在现在和生效时间之后',
    en: 'an entry ends after now and after it begins',
    remedy: { zh: '请改正有效期', en: 'correct its dates' },
  },
  'knowledge.no-expiry': {
    zh: '快捷回复需要失效时间',
    en: 'a quick reply needs a day on which it ends',
    remedy: { zh: '请填写失效时间，到期前复审', en: 'give one, and review it before then' },
  },
  'knowledge.words': {
    zh: '快捷回复里有“{found}”（{title}），不能保存',
    en: 'a quick reply with “{found}” ({title}) is not saved',
    remedy: { zh: '请改写这一处再保存', en: 'write it otherwise, then save it' },
  },
  'knowledge.slot': {
    zh: '“{slot}”不是槽位',
    en: '“{slot}” is no slot',
    remedy: { zh: '槽位是花括号里的名称，只用文字', en: 'a slot is a name between braces, letters only' },
  },
  'knowledge.not-draft': {
    zh: '只有草稿可以送复核',
    en: 'only a draft is sent for review',
    remedy: { zh: '请刷新后再看', en: 'reload it' },
  },
  'knowledge.not-in-review': {
    zh: '这一版不在复核中',
    en: 'this version is not in review',
    remedy: { zh: '请刷新后再看', en: 'reload it' },
  },
  'knowledge.own-review': {
    zh: '自己写的版本要由他人复核',
    en: 'somebody else reviews what one has written',
    remedy: { zh: '请同事复核', en: 'ask a colleague' },
  },
  'knowledge.not-live': {
    zh: '只有上线的版本可以撤下',
    en: 'only a live version is withdrawn',
    remedy: { zh: '请刷新后再看', en: 'reload it' },
  },
  'knowledge.no-reason': {
    zh: '请写明原因',
    en: 'this needs a reason',
    remedy: { zh: '请写一句', en: 'give it in one sentence' },
  },
} as const satisfies Readonly<Record<string, RefusalSentence>>;
