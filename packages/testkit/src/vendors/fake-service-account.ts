import { MessageCrypt } from '@threerings/server/text-channels/message-crypt';
import { type FakeVendor, type Given, Mailbox, Media, serveApi, Tokens, type Trouble, type Words } from './fake-vendor.ts';

const secrets = {
  appId: 'wx5823bf96d3bd56c7',
  secret: 'mp-secret',
  token: 'QDG6eK',
  encodingAesKey: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C',
};

/** A WeChat service account in the secure mode: messages in the callbacks, answers by `message/custom/send`. */
export async function fakeServiceAccount(): Promise<FakeVendor> {
  const crypt = new MessageCrypt({ token: secrets.token, encodingAesKey: secrets.encodingAesKey, receiver: secrets.appId });
  const tokens = new Tokens();
  const mailbox = new Mailbox();
  const media = new Media();
  let trouble: Trouble | undefined;
  let nonce = 0;
  const send = (body: Readonly<Record<string, unknown>>): Given | 'lost' => {
    const { touser: who, text, image } = body as { touser: string; text?: { content: string }; image?: { media_id: string } };
    const content = text?.content ?? media.shown(image?.media_id);
    if (Buffer.byteLength(content) > 2048) return { json: { errcode: 45002, errmsg: 'content size out of limit' } };
    const put = mailbox.put(who, content, undefined);
    if (trouble === 'lost-answers') return 'lost';
    return { json: put === 'beyond' ? { errcode: 45047, errmsg: 'out of response count limit' } : { errcode: 0, errmsg: 'ok' } };
  };
  const served = await serveApi(({ path, query, body, form }) => {
    if (trouble === 'down') return 'lost';
    if (path === '/cgi-bin/stable_token') {
      if (trouble === 'revoked' || body['secret'] !== secrets.secret) return { json: { errcode: 40125, errmsg: 'invalid appsecret' } };
      return { json: { access_token: tokens.give(), expires_in: 7200 } };
    }
    if (!tokens.isValid(query.get('access_token'))) return { json: { errcode: 40014, errmsg: 'invalid access_token' } };
    if (path === '/cgi-bin/media/get') {
      if (trouble === 'no-files') return 'lost';
      return media.get(String(query.get('media_id'))) ?? { json: { errcode: 40007, errmsg: 'invalid media_id' } };
    }
    if (path === '/cgi-bin/media/upload' && form !== undefined) return { json: { type: query.get('type'), media_id: media.put(form) } };
    return send(body);
  });
  return {
    account: { kind: 'wechat', id: 'mp', ...secrets, api: served.url },
    dropsRepeated: false,
    writes(who: string, { id, text, file }: Words, at: number) {
      mailbox.opened(who);
      nonce += 1;
      const seconds = String(Math.floor(at / 1000));
      const words =
        file === undefined
          ? `<MsgType><![CDATA[text]]></MsgType><Content><![CDATA[${text}]]></Content>`
          : `<MsgType><![CDATA[image]]></MsgType><PicUrl><![CDATA[http://x]]></PicUrl><MediaId><![CDATA[${media.put(file)}]]></MediaId>`;
      const message = `<xml><ToUserName><![CDATA[gh_1]]></ToUserName><FromUserName><![CDATA[${who}]]></FromUserName><CreateTime>${seconds}</CreateTime>${words}<MsgId>${id}</MsgId></xml>`;
      const sealed = crypt.seal(message, seconds, String(nonce));
      const query = { encrypt_type: 'aes', msg_signature: sealed.signature, timestamp: sealed.timestamp, nonce: sealed.nonce };
      const body = Buffer.from(`<xml><ToUserName><![CDATA[gh_1]]></ToUserName><Encrypt><![CDATA[${sealed.encrypt}]]></Encrypt></xml>`);
      return { method: 'POST' as const, query, headers: { 'content-type': 'text/xml' }, body };
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
