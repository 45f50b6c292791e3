import type { TimelineEvent } from '@threerings/core/timeline/event';
import type { Clock } from '../clock.ts';
import { type Cursor, feedEnd, listenCommitted, notifyCommitted, readFeed } from '../store/commit-feed.ts';
import type { Database } from '../store/database.ts';

export interface NodesOptions {
  readonly db: Database;
  /** for a connection of its own */
  readonly url: string;
  /** unique among the nodes of this database */
  readonly node: string;
  readonly clock: Clock;
  /** gets what other nodes committed; own events may be among it (`Dispatch` knows them) */
  readonly publish: (events: readonly TimelineEvent[]) => void;
  readonly onError: (error: unknown) => void;
}

export interface Nodes {
  /** something was committed here: the others are told within one tick */
  committed(): void;
  stop(): Promise<void>;
}

/** One notification per tick at most: 50 a second. A NOTIFY in every commit costs five sixths of the append rate. */
const tickMs = 20;
/** How often the feed is read without being told to: a lost notification delays by this much at most. */
const lookMs = 5_000;
const reconnectMs = 1_000;

/** Joins the other nodes on the same database: hears of their commits, and lets them know of ours. */
export async function followNodes(options: NodesOptions): Promise<Nodes> {
  const follower = new Follower(options, await feedEnd(options.db));
  await follower.listen();
  return follower;
}

class Follower implements Nodes {
  readonly #options: NodesOptions;
  #cursor: Cursor;
  #stopped = false;
  #unlisten: (() => Promise<void>) | undefined;
  #cancelTick: (() => void) | undefined;
  #cancelLook: (() => void) | undefined;
  #lastTold = Number.NEGATIVE_INFINITY;
  #reading: Promise<void> | undefined;
  #readAgain = false;
  #telling: Promise<void> = Promise.resolve();

  constructor(options: NodesOptions, cursor: Cursor) {
    this.#options = options;
    this.#cursor = cursor;
  }

  async listen(): Promise<void> {
    const { url, node, clock, onError } = this.#options;
    const told = (from: string) => {
      if (from !== node) this.#read();
    };
    const lost = (error: Error) => {
      onError(error);
      this.#unlisten = undefined;
      this.#cancelLook?.();
      if (!this.#stopped) this.#cancelLook = clock.at(clock.now() + reconnectMs, () => void this.#listenAgain());
    };
    this.#unlisten = await listenCommitted(url, told, lost);
    this.#read();
    this.#lookLater();
  }

  committed(): void {
    if (this.#cancelTick || this.#stopped) return;
    const { clock } = this.#options;
    this.#cancelTick = clock.at(Math.max(clock.now(), this.#lastTold + tickMs), () => {
      this.#cancelTick = undefined;
      this.#lastTold = clock.now();
      this.#telling = notifyCommitted(this.#options.db, this.#options.node).catch(this.#options.onError);
    });
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#cancelTick?.();
    this.#cancelLook?.();
    await this.#unlisten?.();
    await this.#telling;
    await this.#reading;
  }

  async #listenAgain(): Promise<void> {
    if (this.#stopped) return;
    try {
      await this.listen();
      if (this.#stopped) await this.#unlisten?.();
    } catch (error) {
      this.#options.onError(error);
      const { clock } = this.#options;
      this.#cancelLook = clock.at(clock.now() + reconnectMs, () => void this.#listenAgain());
    }
  }

  #lookLater(): void {
    const { clock } = this.#options;
    this.#cancelLook = clock.at(clock.now() + lookMs, () => {
      this.#read();
      if (!this.#stopped) this.#lookLater();
    });
  }

  #read(): void {
    if (this.#reading) {
      this.#readAgain = true;
      return;
    }
    this.#reading = this.#readPages()
      .catch(this.#options.onError)
      .finally(() => {
        this.#reading = undefined;
        if (!this.#readAgain || this.#stopped) return;
        this.#readAgain = false;
        this.#read();
      });
  }

  async #readPages(): Promise<void> {
    for (;;) {
      const page = await readFeed(this.#options.db, this.#cursor);
      this.#cursor = page.cursor;
      if (page.events.length > 0) this.#options.publish(page.events);
      if (page.isLast || this.#stopped) return;
    }
  }
}
