import type { Language, RefusalTable } from '../http/refusals.ts';

export const outboxRefusals = {
  'outbox.no-channel': {
    status: 409,
    zh: '本服务器没有配置这种发送方式',
    en: 'this server is not configured to send by this channel',
    remedy: { zh: '请改为口头告知，或请管理员配置', en: 'tell it by voice, or ask an administrator to configure it' },
  },
  'outbox.no-address': {
    status: 422,
    zh: '收件号码或邮箱不正确',
    en: 'this is no number or address that can be sent to',
    remedy: { zh: '手机号 11 位；邮箱如 name@example.cn，只填一个', en: 'one mobile number, or one address such as name@example.org' },
  },
  'outbox.unsafe': {
    status: 409,
    zh: '该客户标记为“不宜联系”，不能发送',
    en: 'this customer is marked as unsafe to contact: nothing is sent',
    remedy: { zh: '请先与班长确认', en: 'speak to a leader first' },
  },
  'outbox.no-call': {
    status: 404,
    zh: '没有这通通话，或您无权查看',
    en: 'there is no such call, or you may not see it',
    remedy: { zh: '请从通话或工作台发送', en: 'send it from the call' },
  },
  'outbox.gone': {
    status: 404,
    zh: '没有这条发送失败的消息，或不是您发的',
    en: 'there is no message of yours that was given up',
    remedy: { zh: '请刷新列表', en: 'reload the list' },
  },
  'outbox.no-notice': {
    status: 404,
    zh: '这个个案还没有一次性告知',
    en: 'no notice was begun in this case',
    remedy: { zh: '请先在通话中开始告知', en: 'begin one in the call' },
  },
} as const satisfies RefusalTable;

const faults: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  refused: { zh: '对方网关拒收，请核对号码或邮箱', en: 'the gateway refused it: check the number or address' },
  unreachable: { zh: '连不上发送网关，将自动重试', en: 'the gateway was not reached; it is tried again' },
  busy: { zh: '发送网关暂时不收，将自动重试', en: 'the gateway takes nothing now; it is tried again' },
  misconfigured: {
    zh: '发送网关不认本服务器的凭证，请管理员检查配置',
    en: 'the gateway does not accept the credentials of this server: an administrator must look',
  },
  'no-channel': { zh: '本服务器没有配置这种发送方式', en: 'this server is not configured to send by this channel' },
  erased: { zh: '个人信息已抹除，无从发送', en: 'the personal data was erased: there is nothing to send' },
};

/** A stored fault as a sentence; what the gateway said stands behind it. */
export function outboxFault(stored: string, language: Language): string {
  const [fault = '', ...detail] = stored.split(': ');
  const sentence = faults[fault]?.[language] ?? stored;
  return detail.length === 0 ? sentence : `${sentence} (${detail.join(': ')})`;
}
