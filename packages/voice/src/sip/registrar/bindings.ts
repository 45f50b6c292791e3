import type { Clock } from '../clock.ts';
import type { Destination } from '../transport.ts';

/** Where a telephone can be called: the address it gave, and the way on which it registered (through its NAT). */
export interface Binding {
  /** URI text of its Contact */
  readonly contact: string;
  readonly flow: Destination;
  readonly callId: string;
  readonly sequence: number;
  readonly expiresAt: number;
}

/** A person has a phone or two; whoever registers more replaces the oldest. */
const MAX_PER_ACCOUNT = 3;

/** Registered telephones by account, newest last. */
export class Bindings {
  readonly #clock: Clock;
  readonly #byAccount = new Map<string, readonly Binding[]>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  of(account: string): readonly Binding[] {
    const now = this.#clock.now();
    return (this.#byAccount.get(account) ?? []).filter(({ expiresAt }) => expiresAt > now);
  }

  /** A message that is older than what it would change (RFC 3261 §10.3, step 7). */
  isOutdated(account: string, contact: string, callId: string, sequence: number): boolean {
    const known = this.of(account).find((binding) => binding.contact === contact);
    return known !== undefined && known.callId === callId && sequence <= known.sequence;
  }

  set(account: string, binding: Binding): void {
    const others = this.of(account).filter(({ contact }) => contact !== binding.contact);
    this.#byAccount.set(account, [...others, binding].slice(-MAX_PER_ACCOUNT));
  }

  /** `contact` absent: all of them. */
  remove(account: string, contact?: string): void {
    const left = contact === undefined ? [] : this.of(account).filter((binding) => binding.contact !== contact);
    if (left.length === 0) this.#byAccount.delete(account);
    else this.#byAccount.set(account, left);
  }
}
