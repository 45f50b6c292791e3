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
  'emergency.no-step': {
    status: 422,
    zh: '预案里没有这一步，或已完成',
    en: 'the plan has no such step, or it is done',
    remedy: { zh: '请刷新后再勾选', en: 'reload and tick again' },
  },
  'emergency.closed': {
    status: 409,
    zh: '已了结，不能再改',
    en: 'it is closed and stays as it is',
    remedy: { zh: '可在复盘中补充', en: 'add what is missing in the review' },
  },
  'emergency.register-first': {
    status: 409,
    zh: '先登记经过与已告知的人，才能了结',
    en: 'write down what happened and who was told before it is closed',
    remedy: { zh: '请先登记', en: 'register it first' },
  },
  'emergency.not-closed': {
    status: 409,
    zh: '了结之后才能复盘',
    en: 'it is reviewed after it was closed',
    remedy: { zh: '请先了结', en: 'close it first' },
  },
  'emergency.not-stored': {
    status: 503,
    zh: '没有保存成功，请重试',
    en: 'it was not stored: try again',
    remedy: { zh: '稍后再试', en: 'try again in a moment' },
  },
} as const satisfies RefusalTable;
