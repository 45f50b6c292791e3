import { createPrivateKey, sign } from 'node:crypto';
import type { Callback } from '@threerings/server/text-channels/vendor';
import { type Asked, type FakeVendor, type Given, Mailbox, Media, serveApi, Tokens, type Trouble, type Words } from './fake-vendor.ts';

const secrets = { appId: '102000001', secret: '123456abcdef' };
const seed = Buffer.from(secrets.secret.repeat(3)).subarray(0, 32);
const key = createPrivateKey({
  key: Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]),
  format: 'der',
  type: 'pkcs8',
});

/** A callback as QQ signs it. */
export function signedByQq(payload: object, at: number): Callback {
  const body = Buffer.from(JSON.stringify(payload));
  const timestamp = String(Math.floor(at / 1000));
  const signature = sign(null, Buffer.concat([Buffer.from(timestamp), body]), key).toString('hex');
  const headers = { 'content-type': 'application/json', 'x-signature-ed25519': signature, 'x-signature-timestamp': timestamp };
  return { method: 'POST', query: {}, headers, body };
}

interface BotMessage {
  readonly msg_id: string;
  readonly msg_seq: number;
  readonly content: string;
  readonly media?: { readonly file_info: string };
}

/** A QQ bot: signed callbacks with private messages, and answers that name the message which they answer. */
export async function fakeBot(): Promise<FakeVendor> {
  const tokens = new Tokens();
  const mailbox = new Mailbox();
  const media = new Media();
  const asked = new Set<string>();
  let trouble: Trouble | undefined;
  let event = 0;
  const send = ({ path, headers, body }: Asked): Given | 'lost' => {
    const [, who = ''] = /^\/v2\/users\/([^/]+)\/(?:messages|files)$/.exec(path) ?? [];
    if (!tokens.isValid(String(headers.authorization).replace(/^QQBot /, '')))
      return { status: 401, json: { code: 11244, message: 'token not exist or expire' } };
    if (path.endsWith('/files'))
      return { json: { file_info: media.put({ name: 'file', bytes: Buffer.from(String(body['file_data']), 'base64') }), ttl: 3600 } };
    const { msg_id: replyTo, msg_seq: number, content: words, media: sent } = body as unknown as BotMessage;
    const content = sent === undefined ? words : media.shown(sent.file_info);
    if (!asked.has(replyTo)) return { status: 400, json: { code: 40034024, message: 'msg_id' } };
    const put = mailbox.put(who, content, `${replyTo} ${number}`);
    if (trouble === 'lost-answers') return 'lost';
    if (put === 'known') return { status: 400, json: { code: 40054005, message: 'msgseq' } };
    if (put === 'beyond') return { status: 400, json: { code: 40034024, message: 'msg_id' } };
    return { json: { id: `sent-${number}`, timestamp: '2026-09-30T10:00:00+08:00' } };
  };
  const served = await serveApi((given) => {
    if (trouble === 'down') return 'lost';
    const [, asked] = /^\/download\/(.+)$/.exec(given.path) ?? [];
    if (asked !== undefined) return trouble === 'no-files' ? 'lost' : (media.get(asked) ?? { status: 404, json: {} });
    if (given.path !== '/app/getAppAccessToken') return send(given);
    if (trouble === 'revoked' || given.body['clientSecret'] !== secrets.secret)
      return { json: { code: 100016, message: 'invalid appid or secret' } };
    return { json: { access_token: tokens.give(), expires_in: '7200' } };
  });
  return {
    account: { kind: 'qq', id: 'bot', ...secrets, api: served.url, tokenApi: served.url },
    dropsRepeated: true,
    writes(who: string, { id, text, file }: Words, at: number) {
      mailbox.opened(who);
      asked.add(id);
      event += 1;
      const files =
        file === undefined
          ? {}
          : {
              attachments: [{ content_type: 'image/png', filename: file.name, url: `${served.url}/download/${media.put(file)}`, size: 1 }],
            };
      const d = {
        id,
        content: text,
        timestamp: new Date(at).toISOString(),
        author: { id: who, user_openid: who },
        ...files,
      };
      return signedByQq({ op: 0, id: `C2C_MESSAGE_CREATE:${event}`, t: 'C2C_MESSAGE_CREATE', d }, at);
    },
    arrived: (who) => mailbox.of(who),
    get beyondWindow() {
      return mailbox.beyond;
    },
    get tokens() {
      return tokens.count;
    },
    get trouble() {
      return trouble;
    },
    set trouble(value) {
      trouble = value;
    },
    endToken: () => tokens.end(),
    close: () => served.close(),
  };
}
