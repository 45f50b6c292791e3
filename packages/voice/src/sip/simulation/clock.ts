import type { Clock } from '../clock.ts';

interface Due {
  readonly at: number;
  readonly order: number;
  readonly act: () => void;
}

/** A clock that stands still until a test moves it; what is due at the same instant runs in the order of its setting. */
export class SimulatedClock implements Clock {
  #now = 0;
  #order = 0;
  readonly #due = new Set<Due>();

  /** Timers that were set and have neither run nor been cancelled. */
  get pending(): number {
    return this.#due.size;
  }

  now(): number {
    return this.#now;
  }

  after(ms: number, act: () => void): () => void {
    this.#order += 1;
    const due = { at: this.#now + Math.max(0, ms), order: this.#order, act };
    this.#due.add(due);
    return () => this.#due.delete(due);
  }

  /** Moves on by `ms`, running what falls due on the way at its own instant. */
  advance(ms: number): void {
    const end = this.#now + ms;
    for (let next = this.#first(); next !== undefined && next.at <= end; next = this.#first()) {
      this.#due.delete(next);
      this.#now = next.at;
      next.act();
    }
    this.#now = end;
  }

  #first(): Due | undefined {
    let first: Due | undefined;
    for (const due of this.#due) {
      if (first === undefined || due.at < first.at || (due.at === first.at && due.order < first.order)) first = due;
    }
    return first;
  }
}
