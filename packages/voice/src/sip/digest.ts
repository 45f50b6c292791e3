/** Digest authentication (RFC 8760, RFC 7616, RFC 3261 §22): MD5 and SHA-256, qop `auth`. */

import { createHash, timingSafeEqual } from 'node:crypto';
import type { Randomness } from './clock.ts';
import { isToken, quote, splitOutside, unquote } from './lexical.ts';
import { type Header, headerValues, type SipMessage, type SipResponse } from './message.ts';
import type { Credentials } from './user-agent.ts';

type Algorithm = 'MD5' | 'MD5-SESS' | 'SHA-256' | 'SHA-256-SESS';

export interface Challenge {
  readonly realm: string;
  readonly nonce: string;
  readonly algorithm: Algorithm;
  readonly qop?: 'auth';
  readonly opaque?: string;
  /** The nonce was too old, the password was right. */
  readonly stale: boolean;
}

/** In the order of our preference: RFC 8760 §2.4 asks for the strongest that both sides speak. */
const ALGORITHMS: readonly Algorithm[] = ['SHA-256', 'SHA-256-SESS', 'MD5', 'MD5-SESS'];

/** Undefined for another scheme, an unknown algorithm, or a challenge that allows only `auth-int`. */
export function parseChallenge(text: string): Challenge | undefined {
  const fields = parseFields(text);
  const realm = fields?.get('realm');
  const nonce = fields?.get('nonce');
  const named = (fields?.get('algorithm') ?? 'MD5').toUpperCase();
  const algorithm = ALGORITHMS.find((each) => each === named);
  if (!fields || realm === undefined || nonce === undefined || algorithm === undefined) return undefined;
  const offered = fields
    .get('qop')
    ?.split(',')
    .map((each) => each.trim().toLowerCase());
  if (offered !== undefined && !offered.includes('auth')) return undefined;
  const opaque = fields.get('opaque');
  const stale = fields.get('stale')?.toLowerCase() === 'true';
  return { realm, nonce, algorithm, stale, ...(offered ? { qop: 'auth' } : {}), ...(opaque === undefined ? {} : { opaque }) };
}

/** `Digest a=b, c="d"`: values without their quotes. */
function parseFields(text: string): ReadonlyMap<string, string> | undefined {
  const scheme = /^Digest[ \t]+/i.exec(text);
  const parts = scheme ? splitOutside(text.slice(scheme[0].length), ',') : undefined;
  if (parts === undefined) return undefined;
  const fields = new Map<string, string>();
  for (const part of parts) {
    const equals = part.indexOf('=');
    const name = part.slice(0, Math.max(equals, 0)).trim().toLowerCase();
    const value = part.slice(equals + 1).trim();
    if (!isToken(name) || fields.has(name)) return undefined;
    fields.set(name, value.startsWith('"') ? unquote(value) : value);
  }
  return fields;
}

interface Proof {
  readonly method: string;
  readonly uri: string;
  /** Eight hex digits, counted up with each use of a nonce. */
  readonly nc: string;
  readonly cnonce: string;
}

function responseOf(challenge: Challenge, { username, password }: Credentials, proof: Proof): string {
  const name = challenge.algorithm.startsWith('SHA-256') ? 'sha256' : 'md5';
  const hash = (text: string) => createHash(name).update(text, 'utf8').digest('hex');
  const secret = hash(`${username}:${challenge.realm}:${password}`);
  const a1 = challenge.algorithm.endsWith('-SESS') ? hash(`${secret}:${challenge.nonce}:${proof.cnonce}`) : secret;
  const a2 = hash(`${proof.method}:${proof.uri}`);
  const middle = challenge.qop ? `${challenge.nonce}:${proof.nc}:${proof.cnonce}:${challenge.qop}` : challenge.nonce;
  return hash(`${a1}:${middle}:${a2}`);
}

/** The value of an Authorization or Proxy-Authorization field. */
export function printAuthorization(challenge: Challenge, credentials: Credentials, proof: Proof): string {
  const { realm, nonce, algorithm, opaque, qop } = challenge;
  const fields = [
    `username=${quote(credentials.username)}`,
    `realm=${quote(realm)}`,
    `nonce=${quote(nonce)}`,
    `uri=${quote(proof.uri)}`,
    `response="${responseOf(challenge, credentials, proof)}"`,
    `algorithm=${algorithm.replace('SESS', 'sess')}`,
    ...(opaque === undefined ? [] : [`opaque=${quote(opaque)}`]),
    ...(qop === undefined ? [] : [`qop=${qop}`, `nc=${proof.nc}`, `cnonce=${quote(proof.cnonce)}`]),
  ];
  return `Digest ${fields.join(', ')}`;
}

/** The memory of one user towards the servers that challenged it: which nonce, how often used. */
export class Authenticator {
  readonly #credentials: Credentials;
  readonly #random: Randomness;
  readonly #known = new Map<string, { readonly challenge: Challenge; readonly field: string; uses: number }>();

  constructor(credentials: Credentials, random: Randomness) {
    this.#credentials = credentials;
    this.#random = random;
  }

  /** Learns from a 401 or 407. `false`: nothing to answer with, or the answer was given already and is wrong. */
  learn(response: SipResponse): boolean {
    const [asked, field] = response.status === 401 ? ['www-authenticate', 'authorization'] : ['proxy-authenticate', 'proxy-authorization'];
    const challenges = headerValues(response, asked).flatMap((value) => parseChallenge(value) ?? []);
    const fitting = challenges.filter(({ realm }) => (this.#credentials.realm ?? realm) === realm);
    const challenge = ALGORITHMS.flatMap((each) => fitting.filter(({ algorithm }) => algorithm === each))[0];
    if (challenge === undefined) return false;
    const before = this.#known.get(`${field} ${challenge.realm}`);
    if (before !== undefined && !challenge.stale && before.uses > 0 && before.challenge.nonce === challenge.nonce) return false;
    this.#known.set(`${field} ${challenge.realm}`, { challenge, field, uses: 0 });
    return true;
  }

  /** The fields that a request to known challengers carries. */
  fields(method: string, uri: string): Header[] {
    return [...this.#known.values()].map((known) => {
      known.uses += 1;
      const proof = { method, uri, nc: known.uses.toString(16).padStart(8, '0'), cnonce: this.#random(8) };
      return { name: known.field, value: printAuthorization(known.challenge, this.#credentials, proof) };
    });
  }
}

export interface Verification {
  readonly realm: string;
  /** Undefined = no such user. */
  readonly passwordOf: (username: string) => string | undefined;
  /** Whether the nonce is ours, and still young. */
  readonly nonceState: (nonce: string) => 'fresh' | 'stale' | 'unknown';
}

export type Verdict =
  | { readonly ok: true; readonly username: string; readonly nonce: string; readonly nc?: string }
  | { readonly ok: false; readonly stale: boolean; readonly username?: string };

/** Checks a request that arrived with an Authorization for `realm`. Replay within a nonce is the caller's to count by `nc`. */
export function verifyRequest(request: SipMessage & { readonly method: string }, verification: Verification): Verdict {
  for (const value of headerValues(request, 'authorization')) {
    const fields = parseFields(value);
    const challenge = fields?.get('realm') === verification.realm ? parseChallenge(value) : undefined;
    if (!fields || !challenge) continue;
    const username = fields.get('username') ?? '';
    const password = verification.passwordOf(username);
    const proof = { method: request.method, uri: fields.get('uri') ?? '', nc: fields.get('nc') ?? '', cnonce: fields.get('cnonce') ?? '' };
    const state = verification.nonceState(challenge.nonce);
    const right = isSame(responseOf(challenge, { username, password: password ?? '' }, proof), fields.get('response') ?? '');
    // A nonce of an earlier life of this process came with whatever password: it is asked again.
    if (state === 'unknown') return { ok: false, stale: true, username };
    if (password === undefined || !right) return { ok: false, stale: false, username };
    const count = challenge.qop === undefined ? {} : { nc: proof.nc };
    return state === 'fresh' ? { ok: true, username, nonce: challenge.nonce, ...count } : { ok: false, stale: true, username };
  }
  return { ok: false, stale: false };
}

function isSame(expected: string, given: string): boolean {
  const [a, b] = [Buffer.from(expected), Buffer.from(given.toLowerCase())];
  return a.length === b.length && timingSafeEqual(a, b);
}
