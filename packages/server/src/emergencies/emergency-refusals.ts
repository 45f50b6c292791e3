import type { RefusalTable } from '../http/refusals.ts';

export const emergencyRefusals = {
  'emergency.gone': {
    status: 404,
    zh: '没有这条紧急登记',
    en: 'there is no such emergency',
    remedy: { zh: '请刷新列表', en: 'reload the list' },
  },
  'emergency.no-plan': {
    status: 404,
    zh: '没有这个预案',
    en: 'there is no such plan',
    remedy: { zh: '请从列表中选择', en: 'choose one of the list' },
  },
  'emergency.not-stored': {
    status: 503,
    zh: '没有保存成功，请重试',
    en: 'it was not stored: try again',
    remedy: { zh: '稍后再试', en: 'try again in a moment' },
  },
} as const satisfies RefusalTable;
