/** A side that is so many frames (5 s) behind the other is not waited for any longer: sockets hand over in bursts of 64 kB. */
const patience = 250;

/** Frames of the two sides that belong to one instant; a side that is not listened to, or late, has none. */
export interface Pair {
  readonly customer: Int16Array | undefined;
  readonly agent: Int16Array | undefined;
}

/**
 * Brings the frames of two sockets back into step. Both come from one clock of 20 ms, but not in one piece. The caller's side
 * leads: it is there as long as the call. Holds at most `patience` frames of each side.
 */
export class InStep {
  readonly #customer: Int16Array[] = [];
  readonly #agent: Int16Array[] = [];
  #withAgent = false;

  set withAgent(on: boolean) {
    this.#withAgent = on;
    if (!on) this.#agent.length = 0;
  }

  takeCustomer(frame: Int16Array): void {
    this.#customer.push(frame);
  }

  takeAgent(frame: Int16Array): void {
    if (!this.#withAgent) return;
    this.#agent.push(frame);
    if (this.#agent.length > this.#customer.length + patience) this.#agent.shift();
  }

  next(): Pair | undefined {
    const waits = this.#withAgent && this.#agent.length === 0 && this.#customer.length <= patience;
    if (this.#customer.length === 0 || waits) return undefined;
    return { customer: this.#customer.shift(), agent: this.#agent.shift() };
  }
}
