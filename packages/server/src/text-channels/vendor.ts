import type { ChatChannel, MessageKind } from '@threerings/core/chats/lifecycle';
import type { Instant } from '@threerings/norms/trace';

/**
 * The port to somebody else's text channel: WeCom, a WeChat service account, a QQ bot. A vendor turns callbacks and pages of messages
 * into news, and texts into requests of its API. It keeps nothing but its access token: what was taken and what is still to be sent is
 * the channel's (`text-channel.ts`). All pass `text-channel-contract.ts`.
 */
export interface TextVendor {
  readonly channel: ChatChannel;
  /** the vendor drops a message that it was sent before: a request that was not answered may be repeated */
  readonly dropsRepeated: boolean;
  /** What a callback says. Nothing of it is believed before its signature. Never throws. */
  take(callback: Callback, now: Instant): Taken;
  /** Absent: callbacks bring the messages themselves. */
  readonly inbox?: VendorInbox | undefined;
  /** Hands one message over. Never throws. */
  send(outgoing: VendorMessage): Promise<'sent' | VendorFault>;
  /** Gets a file that a customer sent, of at most so many bytes, from where the vendor keeps it. Never throws. */
  fetch(file: VendorFile, mostBytes: number): Promise<FetchedFile | FileFault>;
  /** Asks for an access token, to see whether the vendor knows this server. */
  check(): Promise<'ok' | VendorFault>;
}

/** A request to the callback address, as it came. */
export interface Callback {
  readonly method: 'GET' | 'POST';
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

export type CallbackFault = 'signature' | 'stale' | 'unreadable' | 'plain';

export type Taken =
  | { readonly fault: CallbackFault }
  /** the vendor proves that the address is ours: answered, and nothing else happens */
  | { readonly proof: Reply }
  | {
      readonly news: readonly News[];
      /** what is signed: the same again is the same callback */
      readonly once: string;
      readonly reply: Reply;
      /** answered where the news could not be stored, so that the vendor sends them again */
      readonly retry: Reply;
    };

export interface Reply {
  readonly status: 200 | 503;
  readonly type: 'text/plain' | 'application/json';
  readonly body: string;
}

export type News =
  | { readonly kind: 'message'; readonly message: VendorWords }
  /** a message that the vendor had taken and could not bring */
  | { readonly kind: 'undelivered'; readonly part: string; readonly reason: DeliveryReason }
  /** messages wait in the vendor's inbox `source`; `token` lets them be fetched at once */
  | { readonly kind: 'waiting'; readonly source: string; readonly token: string };

/** What a customer wrote or sent. */
export interface VendorWords {
  /** the vendor's id of the message: the same again is the same message */
  readonly id: string;
  /** the customer as the vendor knows and addresses them; personal */
  readonly from: string;
  readonly writtenAt: Instant;
  readonly as: MessageKind;
  /** the words, or what was sent in words: 〔图片〕 */
  readonly text: string;
  /** what lies with the vendor and is fetched afterwards */
  readonly files?: readonly VendorFile[] | undefined;
}

/** A file that lies with the vendor. `ref`: by what the vendor gives it out, its own id or an address; nobody else is to know it. */
export interface VendorFile {
  readonly ref: string;
  readonly name?: string | undefined;
}

export interface FetchedFile {
  readonly bytes: Buffer;
  readonly name?: string | undefined;
}

/** `expired`: the vendor does not keep it any more. */
export type FileFault = VendorFault | 'expired' | 'too-large';

/** Messages that are fetched page by page. A cursor is the vendor's; undefined = from the beginning of what it keeps. */
export interface VendorInbox {
  readonly sources: readonly string[];
  page(source: string, cursor: string | undefined, token: string | undefined): Promise<VendorPage | VendorFault>;
}

export interface VendorPage {
  readonly news: readonly News[];
  readonly cursor: string;
  readonly more: boolean;
}

export interface OutgoingFile {
  readonly as: 'image' | 'file';
  readonly name: string;
  readonly type: string;
  readonly bytes: Buffer;
}

/** One message of the house. */
export interface VendorMessage {
  /** idempotency key, 32 characters of 0-9a-f */
  readonly part: string;
  /** `VendorWords.from` */
  readonly to: string;
  readonly text: string;
  /** it is a file of the house; `text` is its name */
  readonly file?: OutgoingFile | undefined;
  /** the newest message of the customer, and how many were sent in this chat before, from 1 */
  readonly replyTo: string;
  readonly number: number;
  /** it may have been taken already: an earlier request was not answered */
  readonly again: boolean;
}

/**
 * Why a message does not go. The words for it stand in the web's `chats.undelivered.…`.
 * `unreachable`, `busy` and `unauthorised` may end; the others do not by being tried again.
 */
export const deliveryReasons = [
  'unreachable',
  'busy',
  'unauthorised',
  'window-closed',
  'window-used',
  'customer-refuses',
  'elsewhere',
  'refused',
  'no-channel',
  'erased',
] as const;
export type DeliveryReason = (typeof deliveryReasons)[number];

export interface VendorFault {
  readonly reason: DeliveryReason;
  readonly permanent: boolean;
  /** what the vendor said, without personal data and secrets */
  readonly detail: string;
}

export function isVendorFault(answer: object): answer is VendorFault {
  return 'reason' in answer && 'permanent' in answer;
}

const passing: readonly DeliveryReason[] = ['unreachable', 'busy', 'unauthorised'];

export function vendorFault(reason: DeliveryReason, detail: string | number): VendorFault {
  return { reason, permanent: !passing.includes(reason), detail: String(detail).replace(/\s+/g, ' ').slice(0, 200) };
}
