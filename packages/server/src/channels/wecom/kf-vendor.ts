import type { Instant } from '@threerings/norms/trace';
import { AccessToken, type FreshToken } from '../../text-channels/access-token.ts';
import { MessageCrypt } from '../../text-channels/message-crypt.ts';
import { faultOf, openEnvelope, sealedIn } from '../../text-channels/sealed-envelope.ts';
import {
  type Callback,
  type DeliveryReason,
  type FetchedFile,
  type FileFault,
  isVendorFault,
  type Reply,
  type Taken,
  type TextVendor,
  type VendorFault,
  type VendorFile,
  type VendorInbox,
  type VendorMessage,
  type VendorPage,
  vendorFault,
} from '../../text-channels/vendor.ts';
import { askVendor, askVendorForFile, codeOf, fileForm, type VendorAnswer } from '../../text-channels/vendor-http.ts';
import { addressed, pageOf } from './kf-messages.ts';

/** What WeCom's administrator is shown, and enters. */
export interface KfSettings {
  readonly corpId: string;
  /** of the application that may call the API of 微信客服 */
  readonly secret: string;
  readonly token: string;
  readonly encodingAesKey: string;
  /** open_kfid of the accounts that this server serves */
  readonly accounts: readonly string[];
  readonly api: string;
}

const reply: Reply = { status: 200, type: 'text/plain', body: 'success' };
const retry: Reply = { status: 503, type: 'text/plain', body: '' };
const tokenCodes = [40014, 41001, 42001];
const busyCodes = [-1, 45009, 45033];
/** secret, application or address of this server is not accepted */
const unauthorisedCodes = [40001, 40013, 48002, 60011, 60020, 301002];
/** no such media, or not any more */
const unknownMedia = 40007;
const overLimit = 95001;
const sessionOver = 95013;
const sessionState = 95018;
/** states of `kf/service_state`: new, with the house's own program, waiting for or with somebody in WeCom, ended */
const state = { fresh: 0, program: 1, pool: 2, colleague: 3, ended: 4 } as const;

/**
 * WeCom 微信客服. Callbacks say only that something waits; messages are fetched by `kf/sync_msg` with a cursor and sent by `kf/send_msg`
 * under an id of ours, 5 within 48 hours after the customer wrote.
 */
export class KfVendor implements TextVendor {
  readonly channel = 'wecom' as const;
  readonly dropsRepeated = true;
  readonly inbox: VendorInbox;
  readonly #settings: KfSettings;
  readonly #crypt: MessageCrypt;
  readonly #token: AccessToken;

  constructor(settings: KfSettings, now: () => Instant) {
    const { token, encodingAesKey, corpId, accounts } = settings;
    this.#settings = settings;
    this.#crypt = new MessageCrypt({ token, encodingAesKey, receiver: corpId });
    this.#token = new AccessToken(() => this.#freshToken(), now);
    this.inbox = { sources: accounts, page: (source, cursor, hint) => this.#page(source, cursor, hint) };
  }

  take(callback: Callback, now: Instant): Taken {
    if (callback.method === 'GET') {
      const opened = this.#crypt.open(sealedIn(callback.query, callback.query['echostr'] ?? ''), now / 1000);
      return opened.ok ? { proof: { ...reply, body: opened.message } } : { fault: faultOf(opened.fault) };
    }
    const opened = openEnvelope(this.#crypt, callback, now);
    if ('fault' in opened) return opened;
    const { Event: event, OpenKfId: source = '', Token: token = '' } = opened.fields;
    const waits = event === 'kf_msg_or_event' && this.#settings.accounts.includes(source);
    return { news: waits ? [{ kind: 'waiting', source, token }] : [], once: opened.once, reply, retry };
  }

  async send(outgoing: VendorMessage): Promise<'sent' | VendorFault> {
    const { account, customer } = addressed(outgoing.to);
    const content = await this.#contentOf(outgoing);
    if (isVendorFault(content)) return content;
    const message = { touser: customer, open_kfid: account, msgid: outgoing.part, ...content };
    const first = await this.#ask('kf/send_msg', message);
    if ('reason' in first) return first;
    if (codeOf(first, 'errcode') !== sessionState) return outcomeOf(first, outgoing);
    const refused = await this.#takeSession(account, customer);
    if (refused !== undefined) return refused;
    const second = await this.#ask('kf/send_msg', message);
    return 'reason' in second ? second : outcomeOf(second, outgoing);
  }

  async fetch({ ref }: VendorFile, mostBytes: number): Promise<FetchedFile | FileFault> {
    const answer = await this.#token.use(async (token) => {
      const url = new URL('/cgi-bin/media/get', this.#settings.api);
      url.searchParams.set('access_token', token);
      url.searchParams.set('media_id', ref);
      const given = await askVendorForFile({ url }, mostBytes);
      const refused = typeof given === 'object' && 'json' in given && tokenCodes.includes(codeOf(given, 'errcode') ?? 0);
      return refused ? 'token-refused' : given;
    });
    if (answer === 'too-large' || 'bytes' in answer || 'reason' in answer) return answer;
    return codeOf(answer, 'errcode') === unknownMedia ? 'expired' : faultIn(answer);
  }

  async check(): Promise<'ok' | VendorFault> {
    const token = await this.#token.get();
    return typeof token === 'string' ? 'ok' : token;
  }

  /** A file is handed over first; what it is called then is named in the message. */
  async #contentOf({ text, file }: VendorMessage): Promise<Readonly<Record<string, unknown>> | VendorFault> {
    if (file === undefined) return { msgtype: 'text', text: { content: text } };
    const answer = await this.#ask('media/upload', fileForm(file), { type: file.as });
    if ('reason' in answer) return answer;
    const { media_id: id } = answer.json;
    return codeOf(answer, 'errcode') === 0 && typeof id === 'string' ? { msgtype: file.as, [file.as]: { media_id: id } } : faultIn(answer);
  }

  /** The API may write while nobody in WeCom itself has the conversation: a new one is taken to be served by a program. */
  async #takeSession(account: string, customer: string): Promise<VendorFault | undefined> {
    const who = { open_kfid: account, external_userid: customer };
    const found = await this.#ask('kf/service_state/get', who);
    if ('reason' in found) return found;
    const now = found.json['service_state'];
    if (now === state.pool || now === state.colleague) return vendorFault('elsewhere', `service_state ${now}`);
    if (now === state.ended) return vendorFault('window-closed', `service_state ${now}`);
    if (now !== state.fresh) return vendorFault('busy', sessionState);
    const moved = await this.#ask('kf/service_state/trans', { ...who, service_state: state.program });
    if ('reason' in moved) return moved;
    return codeOf(moved, 'errcode') === 0 ? undefined : faultIn(moved);
  }

  async #page(source: string, cursor: string | undefined, token: string | undefined): Promise<VendorPage | VendorFault> {
    const given = { ...(cursor === undefined ? {} : { cursor }), ...(token === undefined ? {} : { token }) };
    const answer = await this.#ask('kf/sync_msg', { ...given, limit: 1000, voice_format: 0, open_kfid: source });
    if ('reason' in answer) return answer;
    return codeOf(answer, 'errcode') === 0 ? pageOf(answer.json, cursor) : faultIn(answer);
  }

  #ask(path: string, body: Readonly<Record<string, unknown>> | FormData, query = {}): Promise<VendorAnswer | VendorFault> {
    return this.#token.use(async (token) => {
      const url = new URL(`/cgi-bin/${path}?${new URLSearchParams(query)}`, this.#settings.api);
      url.searchParams.set('access_token', token);
      const answer = await askVendor({ url, body });
      return 'json' in answer && tokenCodes.includes(codeOf(answer, 'errcode') ?? 0) ? 'token-refused' : answer;
    });
  }

  async #freshToken(): Promise<FreshToken | VendorFault> {
    const url = new URL('/cgi-bin/gettoken', this.#settings.api);
    url.searchParams.set('corpid', this.#settings.corpId);
    url.searchParams.set('corpsecret', this.#settings.secret);
    const answer = await askVendor({ url });
    if ('reason' in answer) return answer;
    const { access_token: token, expires_in: lifetimeS } = answer.json;
    if (typeof token === 'string' && typeof lifetimeS === 'number') return { token, lifetimeS };
    const code = codeOf(answer, 'errcode');
    return vendorFault(code === undefined || busyCodes.includes(code) ? 'busy' : 'unauthorised', code ?? answer.status);
  }
}

function outcomeOf(answer: VendorAnswer, { again }: VendorMessage): 'sent' | VendorFault {
  if (codeOf(answer, 'errcode') === 0) return 'sent';
  // Only an id that was used before is complained about: the request whose answer was lost had arrived.
  if (again && /msg_?id/i.test(String(answer.json['errmsg']))) return 'sent';
  return faultIn(answer);
}

function faultIn(answer: VendorAnswer): VendorFault {
  const code = codeOf(answer, 'errcode');
  return vendorFault(reasonOf(code, answer.status), code ?? answer.status);
}

function reasonOf(code: number | undefined, status: number): DeliveryReason {
  if (code === undefined || busyCodes.includes(code)) return status >= 400 && status < 500 && status !== 429 ? 'refused' : 'busy';
  if (code === overLimit) return 'window-used';
  if (code === sessionOver) return 'window-closed';
  return unauthorisedCodes.includes(code) ? 'unauthorised' : 'refused';
}
