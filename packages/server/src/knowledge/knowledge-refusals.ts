import type { RefusalTable } from '../http/refusals.ts';

export const knowledgeRouteRefusals = {
  'knowledge.gone': {
    status: 404,
    zh: '没有这条知识，或它还没有上线',
    en: 'there is no such entry, or it is not published',
    remedy: { zh: '请重新检索', en: 'search again' },
  },
  'knowledge.taken': {
    status: 409,
    zh: '这个编号已有条目',
    en: 'an entry with this id exists',
    remedy: { zh: '请刷新后再试', en: 'reload and try again' },
  },
  'knowledge.in-review': {
    status: 409,
    zh: '上一版正在复核，先看结果再改',
    en: 'the version before is in review: wait for its result',
    remedy: { zh: '请复核人退回或批准', en: 'ask the reviewer to return or approve it' },
  },
  'knowledge.changed': {
    status: 409,
    zh: '别人刚改过这一版',
    en: 'somebody has changed this version meanwhile',
    remedy: { zh: '请刷新后再看', en: 'reload it' },
  },
  'knowledge.no-queue': {
    status: 422,
    zh: '热线里没有队列“{queue}”',
    en: 'the hotline has no queue “{queue}”',
    remedy: { zh: '请从列表中选择', en: 'choose one of the list' },
  },
  'knowledge.gap-settled': {
    status: 409,
    zh: '没有这条缺口，或已处理',
    en: 'there is no such gap, or it is settled',
    remedy: { zh: '请刷新列表', en: 'reload the list' },
  },
  'knowledge.due-past': {
    status: 422,
    zh: '更正回电的时限应在现在之后',
    en: 'correction callbacks are due in the future',
    remedy: { zh: '请重选时限', en: 'choose another due time' },
  },
} as const satisfies RefusalTable;
