import type { RefusalTable } from '../http/refusals.ts';

export const outageRouteRefusals = {
  'outage.gone': {
    status: 404,
    zh: '没有这条故障',
    en: 'there is no such outage',
    remedy: { zh: '请刷新列表', en: 'reload the list' },
  },
  'outage.restored': {
    status: 409,
    zh: '故障已恢复，可直接告诉来电人',
    en: 'the outage is over: tell the caller at once',
    remedy: { zh: '请刷新列表', en: 'reload the list' },
  },
  'outage.no-call': {
    status: 404,
    zh: '没有这通通话，或您无权查看',
    en: 'there is no such call, or you may not see it',
    remedy: { zh: '请从通话页登记', en: 'do it from the page of the call' },
  },
  'outage.no-owner': {
    status: 422,
    zh: '没有在岗人员 {agent}',
    en: 'nobody of the number {agent} works here',
    remedy: { zh: '请核对工号', en: 'check the number' },
  },
  'outage.not-stored': {
    status: 503,
    zh: '没有保存成功，请重试',
    en: 'it was not stored: try again',
    remedy: { zh: '稍后再试，页面请勿关闭', en: 'try again in a moment and keep the page open' },
  },
} as const satisfies RefusalTable;
