import type { Instant } from '@threerings/norms/trace';
import { z } from 'zod';
import { AccessToken, type FreshToken } from '../../text-channels/access-token.ts';
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
import { askVendor, askVendorForFile, codeOf, type VendorAnswer } from '../../text-channels/vendor-http.ts';
import { WebhookSignature } from './webhook-signature.ts';

/** What the open platform shows for a bot. */
export interface BotSettings {
  readonly appId: string;
  readonly secret: string;
  readonly api: string;
  /** where access tokens are given */
  readonly tokenApi: string;
}

const op = { event: 0, taken: 12, proof: 13 } as const;
const json = (body: object): Reply => ({ status: 200, type: 'application/json', body: JSON.stringify(body) });
const reply = json({ op: op.taken, d: 0 });
/** `d: 1`: not done, send it again */
const retry = json({ op: op.taken, d: 1 });

const payload = z.object({ op: z.number().int(), t: z.string().max(64).optional(), d: z.unknown() });
const proof = z.object({ plain_token: z.string().regex(/^[\w-]{1,128}$/), event_ts: z.string().regex(/^\d{1,20}$/) });
const privateMessage = z.object({
  id: z.string().min(1).max(256),
  content: z.string().max(20_000).optional(),
  timestamp: z.string().max(64),
  author: z.object({ user_openid: z.string().regex(/^[\w-]{1,128}$/) }),
  attachments: z
    .array(
      z.object({
        content_type: z.string().max(64).optional(),
        filename: z.string().max(255).optional(),
        url: z.string().max(2048).optional(),
        /** the same as WAV, where the vendor made it: SILK is played by nothing here */
        voice_wav_url: z.string().max(2048).optional(),
      }),
    )
    .max(50)
    .optional(),
});

const tokenCodes = [11241, 11242, 11243, 11244];
/** the same msg_id and msg_seq came before */
const dropped = 40054005;
/** the message that is answered is too old, or may not be answered any more; writing unasked is not allowed */
const windowCodes = [40034024, 40034025, 40034102];
const busyCodes = [22009, 100001];
/** where the vendor keeps what customers send */
const fileHosts = ['qq.com', 'qq.com.cn', 'qpic.cn'];
const goneStatus = [403, 404, 410];

/**
 * A QQ bot, private messages. Callbacks are signed with the bot's secret; every answer names the message that it answers and its number,
 * by which the vendor drops what it has had: 5 within 60 minutes.
 */
export class BotVendor implements TextVendor {
  readonly channel = 'qq' as const;
  readonly dropsRepeated = true;
  readonly #settings: BotSettings;
  readonly #signature: WebhookSignature;
  readonly #token: AccessToken;

  constructor(settings: BotSettings, now: () => Instant) {
    this.#settings = settings;
    this.#signature = new WebhookSignature(settings.secret);
    this.#token = new AccessToken(() => this.#freshToken(), now);
  }

  take({ method, headers, body }: Callback, now: Instant): Taken {
    if (method === 'GET') return { fault: 'unreadable' };
    const head = (name: string) => String(headers[name] ?? '');
    const [signature, timestamp] = [head('x-signature-ed25519'), head('x-signature-timestamp')];
    const fault = this.#signature.faultOf({ signature, timestamp, body }, now / 1000);
    if (fault !== undefined) return { fault };
    const read = payload.safeParse(parsed(body));
    if (!read.success) return { fault: 'unreadable' };
    if (read.data.op === op.proof) return this.#proof(read.data.d);
    const once = `${timestamp} ${signature}`;
    return { news: read.data.op === op.event && read.data.t === 'C2C_MESSAGE_CREATE' ? newsOf(read.data.d) : [], once, reply, retry };
  }

  async send({ to, text, file, replyTo, number }: VendorMessage): Promise<'sent' | VendorFault> {
    const content = file === undefined ? { msg_type: 0, content: text } : await this.#pictureFor(to, file);
    if (isVendorFault(content)) return content;
    const answer = await this.#ask(to, 'messages', { ...content, msg_id: replyTo, msg_seq: number });
    return 'reason' in answer ? answer : outcomeOf(answer);
  }

  /** Files lie at addresses that came with the signed callback; only the vendor's own are asked. */
  async fetch({ ref }: VendorFile, mostBytes: number): Promise<FetchedFile | FileFault> {
    const url = URL.canParse(ref) ? new URL(ref) : undefined;
    if (url === undefined || !this.#isVendors(url)) return vendorFault('refused', 'an address that is not the vendor’s');
    const answer = await askVendorForFile({ url }, mostBytes);
    if (answer === 'too-large' || 'bytes' in answer || 'reason' in answer) return answer;
    if (goneStatus.includes(answer.status)) return 'expired';
    return vendorFault(reasonOf(answer.status, codeOf(answer, 'code')), answer.status);
  }

  async check(): Promise<'ok' | VendorFault> {
    const token = await this.#token.get();
    return typeof token === 'string' ? 'ok' : token;
  }

  #isVendors({ protocol, hostname, origin }: URL): boolean {
    const own = fileHosts.some((host) => hostname === host || hostname.endsWith(`.${host}`));
    return (protocol === 'https:' && own) || origin === new URL(this.#settings.api).origin;
  }

  async #pictureFor(to: string, { bytes }: OutgoingFile): Promise<Readonly<Record<string, unknown>> | VendorFault> {
    const answer = await this.#ask(to, 'files', { file_type: 1, file_data: bytes.toString('base64'), srv_send_msg: false });
    if ('reason' in answer) return answer;
    const { file_info: info } = answer.json;
    if (typeof info === 'string') return { msg_type: 7, media: { file_info: info } };
    return vendorFault(reasonOf(answer.status, codeOf(answer, 'code')), codeOf(answer, 'code') ?? answer.status);
  }

  #ask(to: string, what: 'messages' | 'files', body: Readonly<Record<string, unknown>>): Promise<VendorAnswer | VendorFault> {
    const url = new URL(`/v2/users/${encodeURIComponent(to)}/${what}`, this.#settings.api);
    return this.#token.use(async (token) => {
      const given = await askVendor({ url, body, headers: { authorization: `QQBot ${token}`, 'x-union-appid': this.#settings.appId } });
      const refused = 'json' in given && (given.status === 401 || tokenCodes.includes(codeOf(given, 'code') ?? 0));
      return refused ? 'token-refused' : given;
    });
  }

  /** Only letters and digits are signed: a signed token must never pass for a callback. */
  #proof(asked: unknown): Taken {
    const read = proof.safeParse(asked);
    if (!read.success) return { fault: 'unreadable' };
    const { plain_token: plainToken, event_ts: eventTs } = read.data;
    return { proof: json({ plain_token: plainToken, signature: this.#signature.answerTo({ eventTs, plainToken }) }) };
  }

  async #freshToken(): Promise<FreshToken | VendorFault> {
    const { appId, secret, tokenApi } = this.#settings;
    const answer = await askVendor({ url: new URL('/app/getAppAccessToken', tokenApi), body: { appId, clientSecret: secret } });
    if ('reason' in answer) return answer;
    const { access_token: token, expires_in: lifetime } = answer.json;
    const lifetimeS = Number(lifetime);
    if (typeof token === 'string' && lifetimeS > 0) return { token, lifetimeS };
    const code = codeOf(answer, 'code');
    return vendorFault(code === undefined || busyCodes.includes(code) ? 'busy' : 'unauthorised', code ?? answer.status);
  }
}

function outcomeOf(answer: VendorAnswer): 'sent' | VendorFault {
  const { status } = answer;
  const code = codeOf(answer, 'code');
  if ((status >= 200 && status < 300 && code === undefined) || code === dropped) return 'sent';
  return vendorFault(reasonOf(status, code), code ?? status);
}

function reasonOf(status: number, code: number | undefined): DeliveryReason {
  if (windowCodes.includes(code ?? 0)) return 'window-closed';
  return status === 429 || status >= 500 || busyCodes.includes(code ?? 0) ? 'busy' : 'refused';
}

/** Words and attachments of one message are one message: the words, then what lies beside them. */
function newsOf(message: unknown): News[] {
  const read = privateMessage.safeParse(message);
  if (!read.success) return [];
  const { id, content = '', timestamp, author, attachments = [] } = read.data;
  const files = attachments.map(fileOf);
  const as = content.trim() === '' && files.length === 1 ? (files[0]?.as ?? 'text') : 'text';
  const text = [content.trim(), ...files.map((file) => file.text)].filter((each) => each !== '').join('\n');
  const kept = attachments.flatMap(({ url, voice_wav_url: wav, filename }): VendorFile[] => {
    const ref = (wav ?? url ?? '').replace(/^\/\//, 'https://');
    return ref === '' ? [] : [{ ref, ...(filename === undefined ? {} : { name: filename }) }];
  });
  return [{ kind: 'message', message: { id, from: author.user_openid, writtenAt: Date.parse(timestamp) || 0, as, text, files: kept } }];
}

function fileOf({ content_type: type = '', filename }: { content_type?: string | undefined; filename?: string | undefined }) {
  const name = filename === undefined || filename === '' ? '' : ` ${filename}`;
  if (type.startsWith('image/')) return { as: 'image' as const, text: `〔图片〕${name}` };
  if (type === 'voice') return { as: 'voice' as const, text: '〔语音〕' };
  return { as: 'file' as const, text: `〔${type.startsWith('video/') ? '视频' : '文件'}〕${name}` };
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}
