import type { Instant } from '@threerings/norms/trace';
import type { Clock } from '../clock.ts';

interface Planned {
  readonly key: string;
  readonly at: Instant;
  /** of two at one instant the one that was set first wakes first */
  readonly order: number;
}

/**
 * When time alone changes something: one wake-up per key (an interaction), on one timer for all of them, so that a thousand that
 * wait cost as much as one. Nothing is stored. After every turn, and after a restart for everything that is still open, the owner
 * computes the next instant from the events and sets it again. INVARIANT (woken once): a key is woken once, at or after its
 * instant, in the order of instants, unless it is set anew before.
 */
export class WakeUps {
  readonly #clock: Clock;
  readonly #wake: (key: string, due: Instant) => void;
  readonly #planned = new Map<string, Planned>();
  /** a binary heap by instant; entries whose key was set anew are passed over when they come up */
  #heap: Planned[] = [];
  #order = 0;
  #timer: { readonly at: Instant; readonly cancel: () => void } | undefined;
  #stopped = false;

  /** @param wake called once per wake-up that was set, at its instant or as soon after as the process runs; must not throw */
  constructor(clock: Clock, wake: (key: string, due: Instant) => void) {
    this.#clock = clock;
    this.#wake = wake;
  }

  /** Replaces the wake-up of this key. Undefined = nothing is due. An instant in the past wakes at once, but not within this call. */
  set(key: string, at: Instant | undefined): void {
    if (this.#stopped || this.#planned.get(key)?.at === at) return;
    if (at === undefined) this.#planned.delete(key);
    else {
      const planned: Planned = { key, at, order: this.#order++ };
      this.#planned.set(key, planned);
      this.#push(planned);
    }
    this.#arm();
  }

  /** Wakes the key at this instant, or earlier where an earlier one is set. */
  setBy(key: string, at: Instant): void {
    const known = this.next(key);
    if (known === undefined || at < known) this.set(key, at);
  }

  /** The instant of this key, or undefined. */
  next(key: string): Instant | undefined {
    return this.#planned.get(key)?.at;
  }

  get size(): number {
    return this.#planned.size;
  }

  /** Wakes nobody any more. */
  stop(): void {
    this.#stopped = true;
    this.#planned.clear();
    this.#heap = [];
    this.#timer?.cancel();
    this.#timer = undefined;
  }

  #arm(): void {
    this.#dropStale();
    const first = this.#heap[0];
    if (this.#timer !== undefined && first !== undefined && this.#timer.at <= first.at) return;
    this.#timer?.cancel();
    this.#timer = undefined;
    if (first !== undefined) this.#timer = { at: first.at, cancel: this.#clock.at(first.at, () => this.#run()) };
  }

  #run(): void {
    this.#timer = undefined;
    const now = this.#clock.now();
    const due: Planned[] = [];
    for (let first = this.#heap[0]; first !== undefined && first.at <= now; first = this.#heap[0]) {
      this.#pop();
      if (this.#planned.get(first.key) === first) due.push(first);
    }
    for (const one of due) {
      // Set anew by one that was woken before it.
      if (this.#planned.get(one.key) !== one) continue;
      this.#planned.delete(one.key);
      this.#wake(one.key, one.at);
    }
    if (!this.#stopped) this.#arm();
  }

  #dropStale(): void {
    for (let first = this.#heap[0]; first !== undefined && this.#planned.get(first.key) !== first; first = this.#heap[0]) this.#pop();
    // Keys that are set anew again and again must not fill the heap.
    if (this.#heap.length > 2 * this.#planned.size + 64) {
      this.#heap = [...this.#planned.values()].sort((one, other) => (isBefore(one, other) ? -1 : 1));
    }
  }

  #push(planned: Planned): void {
    const heap = this.#heap;
    let at = heap.push(planned) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const above = heap[parent] as Planned;
      if (!isBefore(planned, above)) break;
      heap[at] = above;
      at = parent;
    }
    heap[at] = planned;
  }

  #pop(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && isBefore(heap[child + 1] as Planned, heap[child] as Planned)) child += 1;
      const below = heap[child] as Planned;
      if (!isBefore(below, last)) break;
      heap[at] = below;
      at = child;
    }
    heap[at] = last;
  }
}

function isBefore(one: Planned, other: Planned): boolean {
  return one.at < other.at || (one.at === other.at && one.order < other.order);
}
