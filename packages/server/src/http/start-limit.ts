const minuteMs = 60_000;
const maxAddresses = 10_000;

/** So many in a minute from one address. Remembers the newest addresses only. */
export class StartLimit {
  readonly #perMinute: number;
  readonly #starts = new Map<string, readonly number[]>();

  constructor(perMinute: number) {
    this.#perMinute = perMinute;
  }

  /** True, and counted, while the address has some left at this instant, ms. */
  take(address: string, now: number): boolean {
    const recent = (this.#starts.get(address) ?? []).filter((at) => now - at < minuteMs);
    if (recent.length >= this.#perMinute) return false;
    this.#starts.delete(address);
    this.#starts.set(address, [...recent, now]);
    const [oldest] = this.#starts.keys();
    if (this.#starts.size > maxAddresses && oldest !== undefined) this.#starts.delete(oldest);
    return true;
  }
}
