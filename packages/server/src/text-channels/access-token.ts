import type { Instant } from '@threerings/norms/trace';
import { type VendorFault, vendorFault } from './vendor.ts';

export interface FreshToken {
  readonly token: string;
  /** s */
  readonly lifetimeS: number;
}

/** A token is fetched anew so long before it ends, ms. */
const aheadMs = 300_000;

/**
 * The access token of one account: fetched when it is first needed, kept until shortly before its end, fetched once for all who wait.
 * Held in memory alone.
 */
export class AccessToken {
  readonly #fetch: () => Promise<FreshToken | VendorFault>;
  readonly #now: () => Instant;
  #held: { readonly token: string; readonly until: Instant } | undefined;
  #fetching: Promise<string | VendorFault> | undefined;

  constructor(fetch: () => Promise<FreshToken | VendorFault>, now: () => Instant) {
    this.#fetch = fetch;
    this.#now = now;
  }

  /**
   * Does what needs a token. Where the vendor says that the token is none (any more), it is fetched anew and the request made once
   * again; a second no means that this server is not known there.
   */
  async use<T>(work: (token: string) => Promise<T | 'token-refused'>): Promise<T | VendorFault> {
    for (let tries = 0; tries < 2; tries += 1) {
      const token = await this.get();
      if (typeof token !== 'string') return token;
      const answer = await work(token);
      if (answer !== 'token-refused') return answer;
      if (this.#held?.token === token) this.#held = undefined;
    }
    return vendorFault('unauthorised', 'a fresh access token was refused');
  }

  get(): Promise<string | VendorFault> {
    if (this.#held !== undefined && this.#now() < this.#held.until) return Promise.resolve(this.#held.token);
    this.#fetching ??= this.#renew().finally(() => {
      this.#fetching = undefined;
    });
    return this.#fetching;
  }

  async #renew(): Promise<string | VendorFault> {
    const fresh = await this.#fetch();
    if ('reason' in fresh) return fresh;
    this.#held = { token: fresh.token, until: this.#now() + Math.max(fresh.lifetimeS * 1000 - aheadMs, fresh.lifetimeS * 500) };
    return fresh.token;
  }
}
