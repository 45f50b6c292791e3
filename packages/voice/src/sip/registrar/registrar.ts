/** Registration of SIP telephones (RFC 3261 §10.3), digest only, with limits against guessing. */

import { CallRate, type Refusal } from '../agent/admission.ts';
import type { Clock, Randomness } from '../clock.ts';
import { verifyRequest } from '../digest.ts';
import { type Header, headerValues, type SipRequest } from '../message.ts';
import type { Destination, Origin } from '../transport.ts';
import { userOf } from '../uri.ts';
import type { Note, PhoneAccounts, Source } from '../user-agent.ts';
import { type Binding, Bindings } from './bindings.ts';
import { Lockout } from './lockout.ts';
import { Nonces } from './nonces.ts';
import { readRegistration } from './registration-request.ts';

/** Wrong passwords from one address, or for one account from anywhere, before it must wait. */
const GUESSES_PER_ADDRESS = { limit: 5, windowMs: 600_000, lockMs: 900_000 };
const GUESSES_PER_ACCOUNT = { limit: 20, windowMs: 600_000, lockMs: 900_000 };
/** A phone registers every few minutes; a hundred of them behind one address may start at once. */
const REGISTRATIONS_PER_SECOND = 10;
const RETRY: Header = { name: 'retry-after', value: '10' };

type Identity = { readonly account: string } | { readonly refusal: Refusal };

export class Registrar {
  readonly realm: string;
  readonly #algorithm: 'MD5' | 'SHA-256';
  readonly #passwords: ReadonlyMap<string, string>;
  readonly #clock: Clock;
  readonly #note: (note: Note) => void;
  readonly #nonces: Nonces;
  readonly #bindings: Bindings;
  readonly #rate: CallRate;
  readonly #byAddress: Lockout;
  readonly #byAccount: Lockout;

  constructor({ realm, accounts, algorithm = 'MD5' }: PhoneAccounts, clock: Clock, random: Randomness, note: (note: Note) => void) {
    this.realm = realm;
    this.#algorithm = algorithm;
    this.#passwords = new Map(accounts.map(({ username, password }) => [username, password]));
    this.#clock = clock;
    this.#note = note;
    this.#nonces = new Nonces(clock, random);
    this.#bindings = new Bindings(clock);
    this.#rate = new CallRate(clock, REGISTRATIONS_PER_SECOND);
    this.#byAddress = new Lockout(clock, GUESSES_PER_ADDRESS);
    this.#byAccount = new Lockout(clock, GUESSES_PER_ACCOUNT);
  }

  /** What a REGISTER is answered; its bindings stand from then on. */
  register(request: SipRequest, origin: Origin): Refusal {
    if (!this.#rate.admit(origin.address)) return { status: 503, headers: [RETRY] };
    const identity = this.#identify(request, origin);
    if ('refusal' in identity) return identity.refusal;
    const { account } = identity;
    if (userOf(request.to.uri) !== account) return { status: 403 };
    const asked = readRegistration(request);
    if ('status' in asked) return asked;
    if (asked.contact === undefined) {
      if (asked.removesAll) this.#remove(account, undefined, origin);
    } else if (this.#bindings.isOutdated(account, asked.contact, request.callId, request.cseq.number))
      return { status: 500, headers: [RETRY] };
    else if (asked.expiresS === 0) this.#remove(account, asked.contact, origin);
    else this.#add(account, asked.contact, asked.expiresS, request, origin);
    return { status: 200, headers: this.#contacts(account) };
  }

  /** The account behind an INVITE that claims to be one of ours; undefined = it claims nothing of the kind. */
  callerOf(request: SipRequest, origin: Origin): Identity | undefined {
    const claimed = userOf(request.from.uri);
    if (claimed === undefined || !this.#passwords.has(claimed)) return undefined;
    const identity = this.#identify(request, origin);
    return 'account' in identity && identity.account !== claimed ? { refusal: { status: 403 } } : identity;
  }

  /** The telephone that registered last. */
  find(account: string): Binding | undefined {
    return this.#bindings.of(account).at(-1);
  }

  #identify(request: SipRequest, origin: Origin): Identity {
    const waitMs = this.#byAddress.remaining(origin.address);
    if (waitMs > 0) return { refusal: { status: 403, headers: [{ name: 'retry-after', value: String(Math.ceil(waitMs / 1000)) }] } };
    const given = headerValues(request, 'authorization');
    if (given.length === 0) return { refusal: this.#challenge(false) };
    const verdict = verifyRequest(request, {
      realm: this.realm,
      passwordOf: (username) => (this.#byAccount.remaining(username) > 0 ? undefined : this.#passwords.get(username)),
      nonceState: (nonce) => this.#nonces.state(nonce),
    });
    if (!verdict.ok) {
      if (!verdict.stale) this.#guessed(verdict.username, origin);
      return { refusal: this.#challenge(verdict.stale) };
    }
    if (!this.#nonces.spend(verdict.nonce, verdict.nc)) return { refusal: this.#challenge(true) };
    this.#byAddress.succeeded(origin.address);
    this.#byAccount.succeeded(verdict.username);
    return { account: verdict.username };
  }

  /** A nonce of another life of this process is no guess, and one wrong password is asked about again. */
  #guessed(username: string | undefined, origin: Origin): void {
    const source = sourceOf(origin);
    const known = username !== undefined && this.#passwords.has(username);
    if (this.#byAddress.failed(origin.address)) this.#note({ kind: 'locked-out', source, reason: 'wrong passwords from this address' });
    if (known && this.#byAccount.failed(username)) this.#note({ kind: 'locked-out', source, reason: `wrong passwords for ${username}` });
  }

  #challenge(stale: boolean): Refusal {
    const more = stale ? ', stale=true' : '';
    const value = `Digest realm="${this.realm}", nonce="${this.#nonces.make()}", algorithm=${this.#algorithm}, qop="auth"${more}`;
    return { status: 401, headers: [{ name: 'www-authenticate', value }] };
  }

  #add(account: string, contact: string, expiresS: number, request: SipRequest, origin: Origin): void {
    const isNew = this.#bindings.of(account).every((binding) => binding.contact !== contact);
    this.#bindings.set(account, {
      contact,
      flow: flowTo(origin),
      callId: request.callId,
      sequence: request.cseq.number,
      expiresAt: this.#clock.now() + expiresS * 1000,
    });
    if (isNew) this.#note({ kind: 'phone', account, source: sourceOf(origin), registered: true });
  }

  #remove(account: string, contact: string | undefined, origin: Origin): void {
    this.#bindings.remove(account, contact);
    this.#note({ kind: 'phone', account, source: sourceOf(origin), registered: false });
  }

  #contacts(account: string): Header[] {
    return this.#bindings.of(account).map(({ contact, expiresAt }) => ({
      name: 'contact',
      value: `<${contact}>;expires=${Math.max(1, Math.round((expiresAt - this.#clock.now()) / 1000))}`,
    }));
  }
}

function flowTo({ transport, address, port, connection }: Origin): Destination {
  return { transport, host: address, port, ...(connection === undefined ? {} : { connection }) };
}

function sourceOf({ transport, address, port }: Origin): Source {
  return { transport, address, port };
}
