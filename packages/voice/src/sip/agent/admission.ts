/** Who may call: what an INVITE must be for us to understand it, and how many of them. */

import { sdpIn } from '../body.ts';
import type { Clock } from '../clock.ts';
import { type Header, headerValues, headerWords, type SipRequest } from '../message.ts';
import { MIN_INTERVAL_S, timerAsked } from './session-timer.ts';

export interface Refusal {
  readonly status: number;
  readonly headers?: readonly Header[];
}

const SUPPORTED: ReadonlySet<string> = new Set(['timer', '100rel']);
const SCHEMES: ReadonlySet<string> = new Set(['sip', 'tel']);

export const ACCEPT: Header = { name: 'accept', value: 'application/sdp' };
export const ALLOW: Header = { name: 'allow', value: 'INVITE, ACK, CANCEL, BYE, OPTIONS, INFO, UPDATE, PRACK' };
/** UPDATE is left out of our own INVITEs: it would be allowed before the answer, where we could not serve it. */
export const ALLOW_DIALLING: Header = { name: 'allow', value: 'INVITE, ACK, CANCEL, BYE, OPTIONS, INFO' };

/** What every request is checked for (RFC 3261 §8.2.2): the scheme of its URI and the extensions it requires. */
export function refuseRequest(request: SipRequest): Refusal | undefined {
  if (!SCHEMES.has(request.uri.scheme)) return { status: 416 };
  const unknown = headerWords(request, 'require').filter((option) => !SUPPORTED.has(option));
  if (unknown.length > 0) return { status: 420, headers: [{ name: 'unsupported', value: unknown.join(', ') }] };
  return undefined;
}

/** What an INVITE or UPDATE is checked for beyond that: its body, the answer it accepts, its session timer. */
export function refuseSession(request: SipRequest): Refusal | undefined {
  if (sdpIn(request) === 'unsupported') return { status: 415, headers: [ACCEPT] };
  const accepts = headerValues(request, 'accept').join(',').toLowerCase();
  if (accepts !== '' && !/application\/(sdp|\*)|\*\/\*/.test(accepts)) return { status: 406, headers: [ACCEPT] };
  if (timerAsked(request) === 'too-short') return { status: 422, headers: [{ name: 'min-se', value: String(MIN_INTERVAL_S) }] };
  return undefined;
}

/** The seconds over which a burst is averaged. */
const BURST_S = 10;
/** Buckets of sources that were quiet are dropped; above this number the longest unused go first. */
const MAX_SOURCES = 10_000;

/** A token bucket per source address: `perSecond` in the mean, bursts of ten times that. */
export class CallRate {
  readonly #clock: Clock;
  readonly #perSecond: number;
  readonly #buckets = new Map<string, { tokens: number; at: number }>();

  constructor(clock: Clock, perSecond: number) {
    this.#clock = clock;
    this.#perSecond = perSecond;
  }

  /** Takes one call of `source`; false = too many. */
  admit(source: string): boolean {
    const now = this.#clock.now();
    const size = this.#perSecond * BURST_S;
    const old = this.#buckets.get(source);
    const tokens = old === undefined ? size : Math.min(size, old.tokens + ((now - old.at) / 1000) * this.#perSecond);
    const admitted = tokens >= 1;
    // Deleted and set anew, so that the map is ordered by last use.
    this.#buckets.delete(source);
    this.#buckets.set(source, { tokens: admitted ? tokens - 1 : tokens, at: now });
    this.#forget(now);
    return admitted;
  }

  /** A bucket that had time to fill up says nothing any more. */
  #forget(now: number): void {
    for (const [source, bucket] of this.#buckets) {
      if (this.#buckets.size <= MAX_SOURCES && now - bucket.at < BURST_S * 1000) return;
      this.#buckets.delete(source);
    }
  }
}
