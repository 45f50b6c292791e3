import { type Refusal, speak } from '@threerings/core/errors/refusal';
import type { RefusalSentence } from '@threerings/core/errors/sentence';
import type { RefusalOnWire } from '@threerings/core/wire/refusal';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** Refusals of one part of the server, each with its HTTP status. */
export type RefusalTable = Readonly<Record<string, RefusalSentence & { readonly status: number }>>;

/** What the shell itself refuses, before or around a feature. Each code has one HTTP status. */
export const shellRefusals = {
  'request.invalid': {
    status: 400,
    zh: '请求的“{place}”不正确：{found}',
    en: '{place} is not as expected: {found}',
    remedy: { zh: '请改正后再试', en: 'correct it and send the request again' },
  },
  'request.too-large': {
    status: 413,
    zh: '请求超过 {limit} 字节',
    en: 'the request is larger than {limit} bytes',
    remedy: { zh: '请缩短内容', en: 'shorten it' },
  },
  'request.unreadable': {
    status: 400,
    zh: '请求无法读取',
    en: 'the request cannot be read',
    remedy: { zh: '请以 JSON 发送（content-type: application/json）', en: 'send JSON (content-type: application/json)' },
  },
  'request.busy': {
    status: 503,
    zh: '同时的请求太多',
    en: 'too many requests at once',
    remedy: { zh: '请几秒后再试', en: 'try again in a few seconds' },
  },
  'route.unknown': {
    status: 404,
    zh: '没有这个地址',
    en: 'there is no such address',
    remedy: { zh: '请核对地址', en: 'check the address' },
  },
  'host.unknown': {
    status: 421,
    zh: '本服务器不以“{host}”这个名称提供服务',
    en: 'this server does not answer to the name “{host}”',
    remedy: { zh: '请使用配置的名称，或由管理员用 --names 加入', en: 'use a configured name, or have it added with --names' },
  },
  'origin.foreign': {
    status: 403,
    zh: '请求来自其他网页',
    en: 'the request comes from another site',
    remedy: { zh: '请在本系统的页面中操作', en: 'act from the pages of this server (header Origin)' },
  },
  'csrf.invalid': {
    status: 403,
    zh: '页面已过期',
    en: 'the page is out of date (x-csrf-token)',
    remedy: { zh: '请刷新页面后再试', en: 'reload the page and try again' },
  },
  'session.none': {
    status: 401,
    zh: '尚未登录或登录已过期',
    en: 'nobody is signed in, or the session has ended',
    remedy: { zh: '请登录', en: 'sign in' },
  },
  'permission.denied': {
    status: 403,
    zh: '您的角色不能这样做',
    en: 'your roles do not allow this',
    remedy: { zh: '请联系管理员', en: 'ask an administrator' },
  },
  'sign-in.refused': {
    status: 401,
    zh: '账号或密码不正确',
    en: 'login or password is wrong',
    remedy: { zh: '请核对后再试', en: 'check both and try again' },
  },
  'sign-in.locked': {
    status: 429,
    zh: '失败次数过多，请 {minutes} 分钟后再试',
    en: 'too many failed attempts: try again in {minutes} min',
    remedy: { zh: '忘记密码请联系管理员', en: 'if the password is lost, ask an administrator' },
  },
  'live.too-many': {
    status: 429,
    zh: '打开的页面过多',
    en: 'too many open pages',
    remedy: { zh: '请关闭不用的页面', en: 'close pages that are not needed' },
  },
  'live.unknown-topic': {
    status: 404,
    zh: '没有“{topic}”这个主题',
    en: 'there is no topic “{topic}”',
    remedy: { zh: '请刷新页面', en: 'reload the page' },
  },
  'live.invalid': {
    status: 400,
    zh: '消息无法识别',
    en: 'the message is not understood',
    remedy: { zh: '请刷新页面', en: 'reload the page' },
  },
  'phone.unavailable': {
    status: 503,
    zh: '语音服务未运行',
    en: 'the voice service is not running',
    remedy: { zh: '请联系管理员', en: 'ask an administrator' },
  },
  'phone.down': {
    status: 503,
    zh: '电话暂时接不通，我们正在恢复',
    en: 'calls cannot be taken at the moment; it is being mended',
    remedy: { zh: '请过几分钟再拨，或使用在线接待', en: 'call again in a few minutes, or write in the chat' },
  },
  'chat.unavailable': {
    status: 503,
    zh: '在线接待未运行',
    en: 'chat is not running',
    remedy: { zh: '请稍后再试，或拨打热线', en: 'try again later, or call the hotline' },
  },
  'server.failed': {
    status: 500,
    zh: '服务器出错（编号 {request}）',
    en: 'the server failed (request {request})',
    remedy: { zh: '请再试一次；若仍出错，请把编号告诉管理员', en: 'try again; if it fails again, tell an administrator the number' },
  },
} as const satisfies RefusalTable;

export type ShellRefusal = keyof typeof shellRefusals;
type Facts = Readonly<Record<string, string | number>>;
export type Language = 'zh' | 'en';

/** The first of zh and en that the browser names; Chinese where it names neither. */
export function languageOf(header: string | undefined): Language {
  const [first] = /\b(zh|en)\b/i.exec((header ?? '').slice(0, 200)) ?? [];
  return first?.toLowerCase() === 'en' ? 'en' : 'zh';
}

export function speakShell(code: ShellRefusal, language: Language, facts: Facts = {}): RefusalOnWire {
  return speakSentence(code, shellRefusals[code], language, facts);
}

export function refuseRequest(request: FastifyRequest, reply: FastifyReply, code: ShellRefusal, facts: Facts = {}): FastifyReply {
  return refuseFrom(shellRefusals, code, request, reply, facts);
}

/** A refusal of a table of one's own, with the status that stands in it, in the language of the browser. */
export function refuseFrom<Table extends RefusalTable>(
  table: Table,
  code: keyof Table & string,
  request: FastifyRequest,
  reply: FastifyReply,
  facts: Facts = {},
): FastifyReply {
  const sentence: RefusalTable[string] | undefined = table[code];
  if (sentence === undefined) throw new Error(`refusal ${code} is not in its table`);
  return sendRefusal(reply, sentence.status, speakSentence(code, sentence, languageOf(request.headers['accept-language']), facts));
}

/** A refusal of the domain (`@threerings/core/errors/refusal`); 409 where the state forbids it, 422 where the input does. */
export function refuseDomain(request: FastifyRequest, reply: FastifyReply, refusal: Refusal, status = 409): FastifyReply {
  return sendRefusal(reply, status, speak(refusal, languageOf(request.headers['accept-language'])));
}

/**
 * Ends a request with a refusal. Not through the serialiser of the route: a refusal has one shape everywhere, whatever
 * the route declares for its success.
 */
export function sendRefusal(reply: FastifyReply, status: number, refusal: RefusalOnWire): FastifyReply {
  return reply
    .code(status)
    .type('application/json; charset=utf-8')
    .serializer((body) => JSON.stringify(body))
    .send(refusal);
}

function speakSentence(code: string, sentence: RefusalSentence, language: Language, facts: Facts): RefusalOnWire {
  return { refused: code, message: fill(sentence[language], facts), remedy: fill(sentence.remedy[language], facts) };
}

function fill(sentence: string, facts: Facts): string {
  return sentence.replace(/\{([a-z]+)\}/g, (blank, name: string) => String(facts[name] ?? blank));
}
