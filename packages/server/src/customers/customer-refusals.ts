import type { RefusalTable } from '../http/refusals.ts';

export const customerRefusals = {
  'customer.unknown': {
    status: 404,
    zh: '没有这位客户的档案',
    en: 'there is no such customer',
    remedy: { zh: '请重新查找', en: 'search again' },
  },
  'customer.not-confirmed': {
    status: 403,
    zh: '身份未确认，不能查看档案内容',
    en: 'the file is closed until identity is confirmed',
    remedy: { zh: '请在通话中核实身份后再打开', en: 'confirm in the call who is calling, then open it' },
  },
  'customer.taken': {
    status: 409,
    zh: '这个客户编号已被使用',
    en: 'this customer id is taken',
    remedy: { zh: '请刷新页面后重试', en: 'reload the page and try again' },
  },
  'customer.same': {
    status: 422,
    zh: '不能把客户并入自身',
    en: 'a customer cannot be merged into itself',
    remedy: { zh: '请选择另一位客户', en: 'choose another customer' },
  },
  'customer.not-stored': {
    status: 503,
    zh: '没有保存成功，请重试',
    en: 'it could not be stored: try again',
    remedy: { zh: '稍后再试', en: 'try again in a moment' },
  },
} as const satisfies RefusalTable;
