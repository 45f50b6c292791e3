/**
 * A clock that stands until it is told to move; fits the server's `Clock`. Between two instants it lets promises settle,
 * so that what a wake-up starts is done before time goes on.
 */
export class SimClock {
  #now: number;
  #order = 0;
  readonly #waiting = new Map<number, { readonly at: number; readonly run: () => void }>();

  constructor(now: number) {
    this.#now = now;
  }

  readonly now = (): number => this.#now;

  readonly at = (instant: number, run: () => void): (() => void) => {
    const key = this.#order++;
    this.#waiting.set(key, { at: instant, run });
    return () => this.#waiting.delete(key);
  };

  get pending(): number {
    return this.#waiting.size;
  }

  /** The machine sleeps for so long: what would have become due meanwhile is late, and runs now. */
  async sleep(ms: number, settle: () => Promise<void> = settlePromises): Promise<void> {
    await settle();
    this.#now += ms;
    await this.advance(0, settle);
  }

  /** Moves on by `ms`, running what becomes due in order of instant, then of asking. `settle` waits for I/O that was started. */
  async advance(ms: number, settle: () => Promise<void> = settlePromises): Promise<void> {
    const target = this.#now + ms;
    for (;;) {
      await settle();
      const next = [...this.#waiting.entries()].filter(([, w]) => w.at <= target).sort(([a, x], [b, y]) => x.at - y.at || a - b)[0];
      if (!next) break;
      const [key, { at, run }] = next;
      this.#waiting.delete(key);
      this.#now = Math.max(this.#now, at);
      run();
    }
    this.#now = target;
    await settle();
  }
}

/** Lets everything that does not wait for I/O run to its end. */
export async function settlePromises(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}
