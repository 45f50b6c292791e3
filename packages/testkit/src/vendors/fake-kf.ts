import { MessageCrypt } from '@threerings/server/text-channels/message-crypt';
import type { Callback } from '@threerings/server/text-channels/vendor';
import {
  type Asked,
  type FakeVendor,
  type Given,
  type GivenFile,
  Mailbox,
  Media,
  type Served,
  serveApi,
  Tokens,
  type Trouble,
  type Words,
} from './fake-vendor.ts';

const secrets = {
  corpId: 'ww5823bf96d3bd56c7',
  secret: 'kf-secret',
  token: 'QDG6eK',
  encodingAesKey: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C',
};
const account = 'wkTestAccount';
const ok = { errcode: 0, errmsg: 'ok' };

export interface FakeKf extends FakeVendor {
  /** the vendor gives a message back that it had taken */
  giveBack(who: string, failType: number, at: number): Callback;
  /** state of the conversation with this customer: 0 new, 1 program, 3 a colleague in WeCom, 4 ended */
  readonly states: Map<string, number>;
  /** cursors by which the inbox was read */
  readonly read: readonly (string | undefined)[];
  forgetCursors(): void;
}

/** WeCom's 微信客服: callbacks that say only that something waits, an inbox with a cursor, and `kf/send_msg`. */
export async function fakeKf(): Promise<FakeKf> {
  const kf = new Kf();
  const served = await serveApi((asked) => kf.answer(asked));
  kf.serve(served);
  return kf;
}

class Kf implements FakeKf {
  readonly dropsRepeated = true;
  readonly states = new Map<string, number>();
  readonly read: (string | undefined)[] = [];
  trouble: Trouble | undefined;
  readonly #crypt = new MessageCrypt({ token: secrets.token, encodingAesKey: secrets.encodingAesKey, receiver: secrets.corpId });
  readonly #tokens = new Tokens();
  readonly #mailbox = new Mailbox();
  readonly #media = new Media();
  readonly #inbox: object[] = [];
  readonly #newestPart = new Map<string, string>();
  #served: Served | undefined;
  #era = 0;
  #nonce = 0;

  serve(served: Served): void {
    this.#served = served;
  }

  get account() {
    return { kind: 'wecom', id: 'kf', ...secrets, accounts: [account], api: this.#served?.url };
  }

  get beyondWindow(): number {
    return this.#mailbox.beyond;
  }

  get tokens(): number {
    return this.#tokens.count;
  }

  arrived(who: string): readonly string[] {
    return this.#mailbox.of(who);
  }

  endToken(): void {
    this.#tokens.end();
  }

  forgetCursors(): void {
    this.#era += 1;
  }

  async close(): Promise<void> {
    await this.#served?.close();
  }

  writes(who: string, { id, text, file }: Words, at: number): Callback {
    this.#mailbox.opened(who);
    const words =
      file === undefined ? { msgtype: 'text', text: { content: text } } : { msgtype: 'image', image: { media_id: this.#media.put(file) } };
    this.#inbox.push({ msgid: id, open_kfid: account, external_userid: who, send_time: Math.floor(at / 1000), origin: 3, ...words });
    return this.#callback(at);
  }

  giveBack(who: string, failType: number, at: number): Callback {
    const failed = { fail_msgid: this.#newestPart.get(who), fail_type: failType };
    const event = { event_type: 'msg_send_fail', open_kfid: account, external_userid: who, ...failed };
    this.#inbox.push({ msgid: `fail-${this.#nonce}`, send_time: Math.floor(at / 1000), origin: 4, msgtype: 'event', event });
    return this.#callback(at);
  }

  answer(asked: Asked): Given | GivenFile | 'lost' {
    if (this.trouble === 'down') return 'lost';
    if (asked.path === '/cgi-bin/gettoken') {
      const known = this.trouble !== 'revoked' && asked.query.get('corpsecret') === secrets.secret;
      return { json: known ? { ...ok, access_token: this.#tokens.give(), expires_in: 7200 } : { errcode: 40001, errmsg: 'invalid' } };
    }
    if (!this.#tokens.isValid(asked.query.get('access_token'))) return { json: { errcode: 42001, errmsg: 'access_token expired' } };
    if (asked.path === '/cgi-bin/media/get') {
      if (this.trouble === 'no-files') return 'lost';
      return this.#media.get(String(asked.query.get('media_id'))) ?? { json: { errcode: 40007, errmsg: 'invalid media_id' } };
    }
    if (asked.path === '/cgi-bin/media/upload' && asked.form !== undefined)
      return { json: { ...ok, type: asked.query.get('type'), media_id: this.#media.put(asked.form) } };
    if (asked.path === '/cgi-bin/kf/send_msg') return this.#send(asked);
    return asked.path === '/cgi-bin/kf/sync_msg' ? this.#sync(asked) : this.#state(asked);
  }

  #send({ body }: Asked): Given | 'lost' {
    const { touser: who, msgid, msgtype } = body as { touser: string; msgid: string; msgtype: string };
    const part = body[msgtype] as { content?: string; media_id?: string };
    const content = part.content ?? this.#media.shown(part.media_id);
    if (Buffer.byteLength(content) > 2048 || !/^[0-9a-zA-Z_-]{1,32}$/.test(msgid)) return { json: { errcode: 40035, errmsg: 'invalid' } };
    if (this.states.get(who) !== 1) return { json: { errcode: 95018, errmsg: 'send msg session status invalid' } };
    const put = this.#mailbox.put(who, content, msgid);
    if (put === 'taken') this.#newestPart.set(who, msgid);
    if (this.trouble === 'lost-answers') return 'lost';
    if (put === 'known') return { json: { errcode: 95032, errmsg: 'msgid exists' } };
    return { json: put === 'beyond' ? { errcode: 95001, errmsg: 'limit' } : { ...ok, msgid } };
  }

  #sync({ body }: Asked): Given {
    const given = body['cursor'] as string | undefined;
    this.read.push(given);
    if (given !== undefined && !given.endsWith(`-${this.#era}`)) return { json: { errcode: 95999, errmsg: 'invalid cursor' } };
    const from = Number(/^c(\d+)-/.exec(given ?? 'c0-')?.[1]);
    const page = this.#inbox.slice(from, from + 2);
    const next = from + page.length;
    return { json: { ...ok, next_cursor: `c${next}-${this.#era}`, has_more: next < this.#inbox.length ? 1 : 0, msg_list: page } };
  }

  #state({ path, body }: Asked): Given {
    const who = String(body['external_userid']);
    if (path.endsWith('/get')) return { json: { ...ok, service_state: this.states.get(who) ?? 0 } };
    this.states.set(who, Number(body['service_state']));
    return { json: ok };
  }

  #callback(at: number): Callback {
    this.#nonce += 1;
    const event = `<xml><ToUserName><![CDATA[${secrets.corpId}]]></ToUserName><MsgType><![CDATA[event]]></MsgType><Event><![CDATA[kf_msg_or_event]]></Event><Token><![CDATA[hint-${this.#nonce}]]></Token><OpenKfId><![CDATA[${account}]]></OpenKfId></xml>`;
    const sealed = this.#crypt.seal(event, String(Math.floor(at / 1000)), String(this.#nonce));
    const query = { msg_signature: sealed.signature, timestamp: sealed.timestamp, nonce: sealed.nonce };
    const envelope = `<xml><ToUserName><![CDATA[${secrets.corpId}]]></ToUserName><Encrypt><![CDATA[${sealed.encrypt}]]></Encrypt></xml>`;
    return { method: 'POST', query, headers: { 'content-type': 'text/xml' }, body: Buffer.from(envelope) };
  }
}
