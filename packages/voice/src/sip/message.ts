/**
 * SIP messages (RFC 3261 §7) as frozen data. The header fields are the message; the fields beside them are readings of the
 * same text, made once by `parse.ts` for received messages and by `request.ts` and `response.ts` for our own.
 */

import type { Address } from './address.ts';
import type { Uri } from './uri.ts';
import type { Via } from './via.ts';

/** One field line. `name` in lower case and long form; `value` unfolded and trimmed; one value each for Via, Route, Record-Route, Contact. */
export interface Header {
  readonly name: string;
  readonly value: string;
}

interface Common {
  readonly headers: readonly Header[];
  readonly body: Buffer;
  /** The topmost Via. */
  readonly via: Via;
  readonly from: Address;
  readonly to: Address;
  readonly callId: string;
  readonly cseq: CSeq;
  /** The first Contact; absent also for `*`. */
  readonly contact?: Address;
}

export interface CSeq {
  /** 0 to 2³¹−1 */
  readonly number: number;
  readonly method: string;
}

export interface SipRequest extends Common {
  readonly kind: 'request';
  readonly method: string;
  readonly uri: Uri;
}

export interface SipResponse extends Common {
  readonly kind: 'response';
  /** 100 to 699 */
  readonly status: number;
  readonly reason: string;
}

export type SipMessage = SipRequest | SipResponse;

/** Bytes that are no acceptable message. */
export interface Refused {
  readonly kind: 'refused';
  /** What a request is answered; 0 = silence (responses, ACKs, keep-alives, text without a Via to answer to). */
  readonly status: number;
  readonly reason: string;
  /** What the answer needs: Via, From, To, Call-ID and CSeq as they came. Present when `status` is not 0. `via` absent: unreadable. */
  readonly echo?: { readonly via?: Via; readonly headers: readonly Header[] };
}

/** First value of a field, by lower-case long name. */
export function header(message: { readonly headers: readonly Header[] }, name: string): string | undefined {
  return message.headers.find((each) => each.name === name)?.value;
}

export function headerValues(message: { readonly headers: readonly Header[] }, name: string): string[] {
  return message.headers.filter((each) => each.name === name).map((each) => each.value);
}

/** The comma-separated words of Require, Supported, Allow and their like, in lower case. */
export function headerWords(message: { readonly headers: readonly Header[] }, name: string): string[] {
  return headerValues(message, name)
    .flatMap((value) => value.split(','))
    .map((word) => word.trim().toLowerCase())
    .filter((word) => word !== '');
}

export function tagOf(address: Address): string | undefined {
  return address.params.get('tag');
}

/** The type of the body in lower case without parameters; undefined without a body. */
export function bodyType(message: SipMessage): string | undefined {
  if (message.body.length === 0) return undefined;
  return (header(message, 'content-type') ?? '').split(';')[0]?.trim().toLowerCase();
}
