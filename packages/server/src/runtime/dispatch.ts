import type { TimelineEvent } from '@threerings/core/timeline/event';

/** Gets committed events. Must not wait: who takes long queues for itself. */
export type Subscriber = (events: readonly TimelineEvent[]) => void;

export interface DispatchOptions {
  /** events of a stream behind a position, in order; used where another node's event was not heard of yet */
  readonly load: (stream: string, after: number) => Promise<readonly TimelineEvent[]>;
  /** a subscriber threw, or a missing part could not be read; the others go on */
  readonly onError: (who: string, error: unknown) => void;
}

/** Streams whose position is remembered. */
const mostStreams = 20_000;

/**
 * Tells the parts of this process what was committed, here or on another node. INVARIANT (told in order): every subscriber
 * gets each event once, and the events of a stream by their position, however they reach this node (own commit, other
 * node's notification, both). Nothing is told before its commit.
 */
export class Dispatch {
  readonly #options: DispatchOptions;
  readonly #subscribers = new Map<string, Subscriber>();
  /** position of the last event told, by stream; the most recently used last */
  readonly #told = new Map<string, number>();
  /** streams of which a part is being read, with what came meanwhile */
  readonly #gaps = new Map<string, TimelineEvent[]>();

  constructor(options: DispatchOptions) {
    this.#options = options;
  }

  /** @param name unique; stands in reports of errors. Returns how to leave. */
  subscribe(name: string, subscriber: Subscriber): () => void {
    if (this.#subscribers.has(name)) throw new Error(`there is a subscriber ${name} already`);
    this.#subscribers.set(name, subscriber);
    return () => this.#subscribers.delete(name);
  }

  /** Committed events; those of a stream in order. */
  publish(events: readonly TimelineEvent[]): void {
    const ready = events.filter((event) => this.#isNext(event));
    if (ready.length > 0) this.#tell(ready);
  }

  #isNext(event: TimelineEvent): boolean {
    const waiting = this.#gaps.get(event.stream);
    if (waiting) {
      waiting.push(event);
      return false;
    }
    const told = this.#told.get(event.stream);
    if (told !== undefined && event.n <= told) return false;
    if (told !== undefined && event.n > told + 1) {
      this.#gaps.set(event.stream, [event]);
      void this.#fill(event.stream, told);
      return false;
    }
    this.#remember(event.stream, event.n);
    return true;
  }

  async #fill(stream: string, after: number): Promise<void> {
    let missing: readonly TimelineEvent[] = [];
    try {
      missing = await this.#options.load(stream, after);
    } catch (error) {
      this.#options.onError(`the missing part of ${stream}`, error);
    }
    const waiting = this.#gaps.get(stream) ?? [];
    this.#gaps.delete(stream);
    const inOrder = [...missing, ...waiting].sort((one, other) => one.n - other.n);
    const events = inOrder.filter((event) => event.n > (this.#told.get(stream) ?? after) && this.#remember(stream, event.n));
    if (events.length > 0) this.#tell(events);
  }

  #remember(stream: string, n: number): true {
    this.#told.delete(stream);
    this.#told.set(stream, n);
    if (this.#told.size > mostStreams) {
      for (const oldest of this.#told.keys()) {
        this.#told.delete(oldest);
        break;
      }
    }
    return true;
  }

  #tell(events: readonly TimelineEvent[]): void {
    for (const [name, subscriber] of this.#subscribers) {
      try {
        subscriber(events);
      } catch (error) {
        this.#options.onError(name, error);
      }
    }
  }
}
