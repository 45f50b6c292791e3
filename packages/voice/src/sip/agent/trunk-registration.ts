import { type Address, parseAddress } from '../address.ts';
import { Authenticator } from '../digest.ts';
import { NO_PARAMS } from '../lexical.ts';
import { header, headerValues, type SipResponse } from '../message.ts';
import { buildRequest } from '../request.ts';
import type { Destination } from '../transport.ts';
import type { Uri } from '../uri.ts';
import type { Credentials, Registration, RegistrationState } from '../user-agent.ts';
import type { Services } from './services.ts';

/** A registration whose parts were checked. */
export interface RegistrationPlan {
  /** the registrar's domain */
  readonly registrar: Uri;
  /** who registers */
  readonly address: Uri;
  readonly destination: Destination;
  readonly credentials?: Credentials;
  readonly expiresS: number;
}

const MAX_CHALLENGES = 2;
const FIRST_RETRY_MS = 30_000;
const LONGEST_RETRY_MS = 600_000;
const LONGEST_S = 86_400;
/** Refreshed after this part of the time that was granted. */
const REFRESH_AT = 0.8;

/** Keeps us registered at a carrier (RFC 3261 §10.2): refreshes in time, tries again with growing pauses, removes itself at the end. */
export class TrunkRegistration implements Registration {
  readonly #services: Services;
  readonly #plan: RegistrationPlan;
  readonly #onState: (state: RegistrationState) => void;
  readonly #authenticator: Authenticator | undefined;
  readonly #callId: string;
  readonly #tag: string;
  #expiresS: number;
  #sequence = 0;
  #challenges = 0;
  #retryMs = FIRST_RETRY_MS;
  #registered = false;
  #stopped = false;
  #cancelTimer: () => void = () => {};

  constructor(services: Services, plan: RegistrationPlan, onState: (state: RegistrationState) => void) {
    this.#services = services;
    this.#plan = plan;
    this.#onState = onState;
    this.#authenticator = plan.credentials ? new Authenticator(plan.credentials, services.random) : undefined;
    this.#callId = services.random(16);
    this.#tag = services.random(8);
    this.#expiresS = plan.expiresS;
  }

  start(): void {
    this.#send(this.#expiresS);
  }

  stop(): void {
    if (this.#stopped) return;
    this.#stopped = true;
    this.#cancelTimer();
    if (!this.#registered) return;
    this.#services.unfinished.add(this);
    this.#challenges = 0;
    this.#send(0);
  }

  #send(expiresS: number): void {
    const { registrar, address, destination } = this.#plan;
    this.#sequence += 1;
    const parts = {
      ...{ method: 'REGISTER', uri: registrar, callId: this.#callId, sequence: this.#sequence },
      from: { uri: address, params: new Map([['tag', this.#tag]]) },
      to: { uri: address, params: NO_PARAMS },
      contact: this.#contact(),
      headers: [{ name: 'expires', value: String(expiresS) }, ...(this.#authenticator?.fields('REGISTER', registrar.text) ?? [])],
    };
    this.#services.layer.request((via) => buildRequest(parts, via), destination, {
      responded: (response) => this.#responded(response, expiresS),
      failed: (cause) => this.#failed({ registered: false, cause }),
    });
  }

  #responded(response: SipResponse, expiresS: number): void {
    const { status } = response;
    if (status < 200) return;
    const isChallenge = status === 401 || status === 407;
    if (isChallenge && this.#challenges < MAX_CHALLENGES && this.#authenticator?.learn(response)) {
      this.#challenges += 1;
      this.#send(expiresS);
    } else if (status < 300) this.#succeeded(response);
    else if (status === 423 && this.#lengthen(response)) this.#send(this.#expiresS);
    else this.#failed({ registered: false, status }, Number(header(response, 'retry-after')?.split(/[ (;]/)[0]) * 1000);
  }

  #succeeded(response: SipResponse): void {
    this.#challenges = 0;
    this.#retryMs = FIRST_RETRY_MS;
    if (this.#stopped) {
      this.#services.unfinished.delete(this);
      return;
    }
    const granted = grantedSeconds(response, this.#contact()) ?? this.#expiresS;
    this.#registered = true;
    this.#after(granted * 1000 * REFRESH_AT);
    this.#onState({ registered: true, expiresS: granted });
  }

  /** 423: the registrar wants a longer time than we asked for. */
  #lengthen(response: SipResponse): boolean {
    const least = Number(header(response, 'min-expires'));
    if (!(least > this.#expiresS && least <= LONGEST_S)) return false;
    this.#expiresS = least;
    return true;
  }

  #failed(state: RegistrationState, retryAfterMs = Number.NaN): void {
    this.#challenges = 0;
    this.#registered = false;
    this.#services.unfinished.delete(this);
    if (this.#stopped) return;
    this.#after(retryAfterMs > 0 ? Math.min(retryAfterMs, LONGEST_RETRY_MS) : this.#retryMs);
    this.#retryMs = Math.min(this.#retryMs * 2, LONGEST_RETRY_MS);
    this.#onState(state);
  }

  #after(ms: number): void {
    this.#cancelTimer();
    this.#cancelTimer = this.#services.clock.after(ms, () => this.#send(this.#expiresS));
  }

  #contact(): Address {
    return this.#services.contact(this.#plan.destination.transport);
  }
}

/** How long our own binding stands, of all that the registrar knows for this address. */
function grantedSeconds(response: SipResponse, own: Address): number | undefined {
  const ours = headerValues(response, 'contact')
    .map((value) => parseAddress(value))
    .find((address) => address?.uri.host === own.uri.host && address?.uri.port === own.uri.port && address?.uri.user === own.uri.user);
  const seconds = Number(ours?.params.get('expires') ?? header(response, 'expires'));
  return seconds >= 1 && seconds <= LONGEST_S ? seconds : undefined;
}
