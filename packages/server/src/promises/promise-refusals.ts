import type { RefusalTable } from '../http/refusals.ts';

export const promiseRouteRefusals = {
  'promise.no-word': {
    status: 404,
    zh: '没有这段语音留言，或您无权收听',
    en: 'there is no such word left by a caller, or you may not hear it',
    remedy: {
      zh: '由责任人或班长收听；录音过期即删除',
      en: 'its owner and leaders hear it; recordings are deleted after their time',
    },
  },
  'promise.not-yours': {
    status: 403,
    zh: '这是别人负责的承诺',
    en: 'somebody else answers for this promise',
    remedy: { zh: '请责任人处理，或由班长改动', en: 'its owner or a leader can change it' },
  },
  'promise.leaders-only': {
    status: 403,
    zh: '转交与“未联系上”由班长办理',
    en: 'handing over and closing as not reached are done by a leader',
    remedy: { zh: '请告知班长', en: 'tell a leader' },
  },
  'promise.of-ticket': {
    status: 409,
    zh: '这是工单的答复，由工单带动',
    en: 'this promise follows its ticket',
    remedy: { zh: '请在工单中办理', en: 'act on the ticket' },
  },
  'promise.no-owner': {
    status: 422,
    zh: '没有这位在岗人员',
    en: 'nobody of that number works here',
    remedy: { zh: '请核对工号', en: 'check the number' },
  },
  'promise.gone': {
    status: 404,
    zh: '没有这个未了的承诺',
    en: 'there is no such open promise',
    remedy: { zh: '可能已经处理，请刷新', en: 'it may be settled already: reload' },
  },
  'promise.not-stored': {
    status: 503,
    zh: '没有保存成功，内容还在，请重试',
    en: 'it could not be stored: nothing is lost, try again',
    remedy: { zh: '稍后再试', en: 'try again in a moment' },
  },
} as const satisfies RefusalTable;
