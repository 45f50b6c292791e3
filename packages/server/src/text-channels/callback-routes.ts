import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Feature } from '../http/app.ts';
import { type RefusalTable, refuseFrom } from '../http/refusals.ts';
import type { TextChannel } from './text-channel.ts';

export const callbackRefusals = {
  'callback.unknown': {
    status: 404,
    zh: '没有这个渠道',
    en: 'there is no such channel',
    remedy: { zh: '请核对回调地址的最后一段与渠道配置中的 id', en: 'the address must end with the id of a configured channel' },
  },
  'callback.signature': {
    status: 403,
    zh: '签名不正确，内容未采用',
    en: 'the signature is not right: nothing of it was taken',
    remedy: { zh: '请核对渠道配置中的 Token、EncodingAESKey 或密钥', en: 'compare token, key and secret with what the vendor shows' },
  },
  'callback.stale': {
    status: 403,
    zh: '时间戳与服务器时间相差超过 5 分钟',
    en: 'its time is more than five minutes off',
    remedy: { zh: '请校准服务器时间；重放的回调不采用', en: 'set the clock of this server; what is replayed is not taken' },
  },
  'callback.replay': {
    status: 403,
    zh: '这条回调早已收到，重放不采用',
    en: 'this callback was taken before; a replay is not',
    remedy: { zh: '无需操作', en: 'nothing needs to be done' },
  },
  'callback.plain': {
    status: 400,
    zh: '回调没有加密',
    en: 'the callback is not encrypted',
    remedy: { zh: '请在公众平台选择“安全模式”', en: 'choose the secure mode (安全模式) at the vendor' },
  },
  'callback.unreadable': {
    status: 400,
    zh: '回调内容无法读取',
    en: 'the callback cannot be read',
    remedy: { zh: '请核对对方平台的回调格式', en: 'compare with the form that the vendor documents' },
  },
  'callback.busy': {
    status: 503,
    zh: '正在处理的回调太多',
    en: 'too many callbacks at once',
    remedy: { zh: '请稍后重发', en: 'send it again in a few seconds' },
  },
} as const satisfies RefusalTable;

/** The largest callback: what is encrypted is a few kilobytes, a bot's message with its attachments some more. */
const bodyLimit = 65_536;
const text = z.string().max(8192);
const params = z.object({ channel: z.string().max(32) });
const query = z.record(z.string().max(64), text);

export interface CallbackParts {
  channel(id: string): Pick<TextChannel, 'callback'> | undefined;
}

/**
 * `/callback/:channel`: where vendors tell that a customer wrote. No account, no cookie, no page of ours: what it says is believed for its
 * signature alone. Outside `/api`, so that a reverse proxy can let through just this.
 */
export function callbackFeature({ channel }: CallbackParts): Feature {
  return {
    name: 'callbacks',
    async routes(app) {
      await app.register(async (bare) => {
        const scope = bare.withTypeProvider<ZodTypeProvider>();
        scope.removeAllContentTypeParsers();
        scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit }, (_request, body, done) => done(null, body));
        scope.route({
          method: ['GET', 'POST'],
          url: '/callback/:channel',
          bodyLimit,
          config: { permission: 'public', fromVendors: true },
          schema: { params, querystring: query },
          handler: async (request, reply) => {
            const found = channel(request.params.channel);
            if (found === undefined) return refuseFrom(callbackRefusals, 'callback.unknown', request, reply);
            const { query: asked, headers, body } = request;
            const method = request.method === 'GET' ? 'GET' : 'POST';
            const answer = await found.callback({ method, query: asked, headers, body: Buffer.isBuffer(body) ? body : Buffer.alloc(0) });
            if ('refused' in answer) return refuseFrom(callbackRefusals, `callback.${answer.refused}`, request, reply);
            return reply.code(answer.reply.status).type(`${answer.reply.type}; charset=utf-8`).send(answer.reply.body);
          },
        });
      });
    },
  };
}
