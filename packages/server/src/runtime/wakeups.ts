import type { Instant } from '@threerings/norms/trace';
import type { Clock } from '../clock.ts';

/**
 * When time alone changes something: one wake-up per key (an interaction). Nothing is stored. After every turn, and after a
 * restart for everything that is still open, the owner computes the next instant from the events and sets it again.
 */
export class WakeUps {
  readonly #clock: Clock;
  readonly #wake: (key: string, due: Instant) => void;
  readonly #due = new Map<string, { readonly at: Instant; readonly cancel: () => void }>();

  /** @param wake called once per wake-up that was set, at its instant or as soon after as the process runs; must not throw */
  constructor(clock: Clock, wake: (key: string, due: Instant) => void) {
    this.#clock = clock;
    this.#wake = wake;
  }

  /** Replaces the wake-up of this key. Undefined = nothing is due. An instant in the past wakes at once, but not within this call. */
  set(key: string, at: Instant | undefined): void {
    const before = this.#due.get(key);
    if (before?.at === at) return;
    before?.cancel();
    this.#due.delete(key);
    if (at === undefined) return;
    const cancel = this.#clock.at(at, () => {
      this.#due.delete(key);
      this.#wake(key, at);
    });
    this.#due.set(key, { at, cancel });
  }

  /** The instant of this key, or undefined. */
  next(key: string): Instant | undefined {
    return this.#due.get(key)?.at;
  }

  get size(): number {
    return this.#due.size;
  }

  stop(): void {
    for (const { cancel } of this.#due.values()) cancel();
    this.#due.clear();
  }
}
