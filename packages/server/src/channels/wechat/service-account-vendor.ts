import { createHash, timingSafeEqual } from 'node:crypto';
import type { Instant } from '@threerings/norms/trace';
import { AccessToken, type FreshToken } from '../../text-channels/access-token.ts';
import { described } from '../../text-channels/described.ts';
import { callbackWindowS, MessageCrypt } from '../../text-channels/message-crypt.ts';
import { openEnvelope } from '../../text-channels/sealed-envelope.ts';
import {
  type Callback,
  type DeliveryReason,
  type FetchedFile,
  type FileFault,
  isVendorFault,
  type News,
  type OutgoingFile,
  type Reply,
  type Taken,
  type TextVendor,
  type VendorFault,
  type VendorFile,
  type VendorMessage,
  vendorFault,
} from '../../text-channels/vendor.ts';
import { askVendor, askVendorForFile, codeOf, fileForm, type VendorAnswer } from '../../text-channels/vendor-http.ts';

/** What the administrator of a service account is shown, and enters. */
export interface ServiceAccountSettings {
  readonly appId: string;
  readonly secret: string;
  readonly token: string;
  readonly encodingAesKey: string;
  readonly api: string;
}

const reply: Reply = { status: 200, type: 'text/plain', body: 'success' };
const retry: Reply = { status: 503, type: 'text/plain', body: '' };
const tokenCodes = [40001, 40014, 41001, 42001];
/** no such media, or not any more */
const unknownMedia = 40007;
const busyCodes = [-1, 45009, 45011];
const reasons: Readonly<Record<number, DeliveryReason>> = {
  45015: 'window-closed',
  45047: 'window-used',
  43004: 'customer-refuses',
  40013: 'unauthorised',
  40125: 'unauthorised',
  40164: 'unauthorised',
  48001: 'unauthorised',
};

/**
 * A WeChat service account 服务号 in the encrypted mode. Messages come with the callbacks, answers go by the customer-service messages:
 * 5 within 48 hours after the customer wrote. That API knows no id of ours: a message whose answer was lost may arrive twice.
 */
export class ServiceAccountVendor implements TextVendor {
  readonly channel = 'wechat' as const;
  readonly dropsRepeated = false;
  readonly #settings: ServiceAccountSettings;
  readonly #crypt: MessageCrypt;
  readonly #token: AccessToken;

  constructor(settings: ServiceAccountSettings, now: () => Instant) {
    const { token, encodingAesKey, appId } = settings;
    this.#settings = settings;
    this.#crypt = new MessageCrypt({ token, encodingAesKey, receiver: appId });
    this.#token = new AccessToken(() => this.#freshToken(), now);
  }

  take(callback: Callback, now: Instant): Taken {
    if (callback.method === 'GET') return this.#proof(callback.query, now);
    const opened = openEnvelope(this.#crypt, callback, now);
    if ('fault' in opened) return opened;
    return { news: newsOf(opened.fields), once: opened.once, reply, retry };
  }

  async send({ to, text, file }: VendorMessage): Promise<'sent' | VendorFault> {
    const content = file === undefined ? { msgtype: 'text', text: { content: text } } : await this.#pictureOf(file);
    if (isVendorFault(content)) return content;
    const answer = await this.#ask('message/custom/send', { touser: to, ...content });
    if ('reason' in answer) return answer;
    return codeOf(answer, 'errcode') === 0 ? 'sent' : faultIn(answer);
  }

  async fetch({ ref }: VendorFile, mostBytes: number): Promise<FetchedFile | FileFault> {
    const answer = await this.#token.use(async (token) => {
      const given = await askVendorForFile({ url: this.#url('media/get', { access_token: token, media_id: ref }) }, mostBytes);
      const refused = typeof given === 'object' && 'json' in given && tokenCodes.includes(codeOf(given, 'errcode') ?? 0);
      return refused ? 'token-refused' : given;
    });
    if (answer === 'too-large' || 'bytes' in answer || 'reason' in answer) return answer;
    // A video is answered with an address of its own, which is left alone.
    if (typeof answer.json['video_url'] === 'string') return vendorFault('refused', 'video_url');
    return codeOf(answer, 'errcode') === unknownMedia ? 'expired' : faultIn(answer);
  }

  async check(): Promise<'ok' | VendorFault> {
    const token = await this.#token.get();
    return typeof token === 'string' ? 'ok' : token;
  }

  /** The proof of an address is signed without a cipher: SHA-1 over token, timestamp and nonce, sorted. */
  #proof({ signature = '', timestamp = '', nonce = '', echostr = '' }: Callback['query'], now: Instant): Taken {
    const wanted = createHash('sha1').update([this.#settings.token, timestamp, nonce].sort().join('')).digest();
    const given = Buffer.from(signature, 'hex');
    if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) return { fault: 'signature' };
    if (Math.abs(now / 1000 - Number(timestamp)) > callbackWindowS) return { fault: 'stale' };
    return /^[\w-]{1,128}$/.test(echostr) ? { proof: { ...reply, body: echostr } } : { fault: 'unreadable' };
  }

  async #pictureOf(file: OutgoingFile): Promise<Readonly<Record<string, unknown>> | VendorFault> {
    const answer = await this.#ask('media/upload', fileForm(file), { type: 'image' });
    if ('reason' in answer) return answer;
    const { media_id: id } = answer.json;
    return typeof id === 'string' ? { msgtype: 'image', image: { media_id: id } } : faultIn(answer);
  }

  #ask(path: string, body: Readonly<Record<string, unknown>> | FormData, query = {}): Promise<VendorAnswer | VendorFault> {
    return this.#token.use(async (token) => {
      const given = await askVendor({ url: this.#url(path, { ...query, access_token: token }), body });
      return 'json' in given && tokenCodes.includes(codeOf(given, 'errcode') ?? 0) ? 'token-refused' : given;
    });
  }

  #url(path: string, query: Readonly<Record<string, string>>): URL {
    return new URL(`/cgi-bin/${path}?${new URLSearchParams(query)}`, this.#settings.api);
  }

  /** `stable_token`: asking again does not end the token that another program of the house holds. */
  async #freshToken(): Promise<FreshToken | VendorFault> {
    const { appId, secret, api } = this.#settings;
    const body = { grant_type: 'client_credential', appid: appId, secret, force_refresh: false };
    const answer = await askVendor({ url: new URL('/cgi-bin/stable_token', api), body });
    if ('reason' in answer) return answer;
    const { access_token: token, expires_in: lifetimeS } = answer.json;
    if (typeof token === 'string' && typeof lifetimeS === 'number') return { token, lifetimeS };
    const code = codeOf(answer, 'errcode');
    return vendorFault(code === undefined || busyCodes.includes(code) ? 'busy' : 'unauthorised', code ?? answer.status);
  }
}

/** What a customer sent; follows, clicks and the like are no messages. */
function newsOf(fields: Readonly<Record<string, string>>): News[] {
  const { MsgType: type = '', MsgId: id, FromUserName: from } = fields;
  if (type === 'event' || id === undefined || from === undefined || !/^[\w-]{1,64}$/.test(from)) return [];
  const { Content: content, Label: label, Title: title, Url: url, Recognition: heard } = fields;
  const words = type === 'text' ? { as: 'text' as const, text: content ?? '' } : described(type, [label, title, url, heard]);
  const { MediaId: ref = '' } = fields;
  const files = ['image', 'voice', 'video', 'shortvideo'].includes(type) && ref !== '' ? [{ ref }] : [];
  return [{ kind: 'message', message: { id, from, writtenAt: Number(fields['CreateTime']) * 1000 || 0, ...words, files } }];
}

function faultIn(answer: VendorAnswer): VendorFault {
  const code = codeOf(answer, 'errcode');
  if (code === undefined || busyCodes.includes(code)) return vendorFault('busy', code ?? answer.status);
  return vendorFault(reasons[code] ?? 'refused', code);
}
