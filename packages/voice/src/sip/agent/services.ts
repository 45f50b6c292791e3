import type { Address } from '../address.ts';
import type { Clock, Randomness } from '../clock.ts';
import type { SipRequest } from '../message.ts';
import type { ServerTransaction, TransactionLayer } from '../transaction/layer.ts';
import type { Transport } from '../transport.ts';

/** What every call of an agent shares. */
export interface Services {
  readonly layer: TransactionLayer;
  readonly clock: Clock;
  readonly random: Randomness;
  /** Our Contact for a dialog on this transport. */
  contact(transport: Transport): Address;
  /** Who takes the requests of a dialog, by `dialogKey`. */
  readonly dialogs: Map<string, DialogMember>;
  /** Exchanges that go on after their call has ended: a BYE or CANCEL that awaits its answer. */
  readonly unfinished: Unfinished;
}

export interface DialogMember {
  requested(server: ServerTransaction): void;
  acknowledged(ack: SipRequest): void;
  /** Forgets the dialog without a word to the far end. */
  drop(): void;
}

/** A set that tells when it becomes empty. */
export class Unfinished {
  readonly #members = new Set<object>();
  #onEmpty: (() => void) | undefined;

  add(member: object): void {
    this.#members.add(member);
  }

  delete(member: object): void {
    this.#members.delete(member);
    if (this.#members.size === 0) this.#onEmpty?.();
  }

  whenEmpty(act: () => void): void {
    this.#onEmpty = act;
    if (this.#members.size === 0) act();
  }
}

/** A whole number from 0 to `below` − 1; `below` ≤ 10,000. */
export function randomBelow(random: Randomness, below: number): number {
  return Number.parseInt(random(4), 16) % below;
}
