import type { ListName } from '@threerings/core/wire/lists';
import { type Push, push as pushSchema, type ToServer } from '@threerings/core/wire/live';
import { fold, type LiveViews, noViews } from './fold.ts';
import { type LinkState, ReconnectingSocket } from './socket.ts';

export type Topic = 'desk' | 'board' | 'chats' | `interaction:${string}`;

export interface LiveState {
  readonly link: LinkState;
  readonly views: LiveViews;
  /** server clock − this computer's clock, ms */
  readonly clockOffset: number;
  /** a push came that this page cannot read: it is older than the server */
  readonly outdated: boolean;
  readonly signedOut: boolean;
}

/** What the pages see of the live socket; a test or the gallery puts its own in the place. */
export interface Live {
  getState(): LiveState;
  subscribe(listener: () => void): () => void;
  /** Asks for a topic until the returned function is called; several askers share one subscription. */
  want(topic: Topic): () => void;
  /** Is told when this list changes until the returned function is called. */
  wantList(list: ListName): () => void;
  send(message: ToServer): boolean;
  onPush(listener: (push: Push) => void): () => void;
  reconnectNow(): void;
}

export const noLive: LiveState = {
  link: { kind: 'connecting' },
  views: noViews,
  clockOffset: 0,
  outdated: false,
  signedOut: false,
};

export class LiveSocket implements Live {
  #state: LiveState = noLive;
  readonly #listeners = new Set<() => void>();
  readonly #pushListeners = new Set<(push: Push) => void>();
  readonly #linkListeners = new Set<(link: LinkState) => void>();
  readonly #wanted = new Map<Topic, number>();
  readonly #lists = new Map<ListName, number>();
  readonly #socket = new ReconnectingSocket(
    '/live',
    {
      onOpen: () => this.#askForAll(),
      onMessage: (data) => this.#take(data),
      onState: (link) => {
        this.#set({ link });
        for (const listener of this.#linkListeners) listener(link);
      },
    },
    () => ({ kind: 'ping', at: Date.now() }) satisfies ToServer,
  );

  start(): void {
    this.#socket.start();
  }

  stop(): void {
    this.#socket.stop();
  }

  getState = (): LiveState => this.#state;

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  onPush = (listener: (push: Push) => void): (() => void) => {
    this.#pushListeners.add(listener);
    return () => this.#pushListeners.delete(listener);
  };

  onLink = (listener: (link: LinkState) => void): (() => void) => {
    this.#linkListeners.add(listener);
    return () => this.#linkListeners.delete(listener);
  };

  want = (topic: Topic): (() => void) => {
    const askers = this.#wanted.get(topic) ?? 0;
    this.#wanted.set(topic, askers + 1);
    if (askers === 0) this.send(askFor(topic));
    return () => this.#leave(topic);
  };

  wantList = (list: ListName): (() => void) => {
    this.#lists.set(list, (this.#lists.get(list) ?? 0) + 1);
    this.#askForLists();
    return () => {
      const askers = (this.#lists.get(list) ?? 1) - 1;
      if (askers > 0) this.#lists.set(list, askers);
      else this.#lists.delete(list);
      this.#askForLists();
    };
  };

  send = (message: ToServer): boolean => this.#socket.send(message);

  reconnectNow = (): void => this.#socket.reconnectNow();

  #leave(topic: Topic): void {
    const askers = (this.#wanted.get(topic) ?? 1) - 1;
    if (askers > 0) {
      this.#wanted.set(topic, askers);
      return;
    }
    this.#wanted.delete(topic);
    this.send({ kind: 'unsubscribe', topic });
  }

  #askForLists(): void {
    this.send({ kind: 'follow-lists', lists: [...this.#lists.keys()] });
  }

  #askForAll(): void {
    if (this.#lists.size > 0) this.#askForLists();
    for (const topic of this.#wanted.keys()) this.send(askFor(topic));
  }

  #take(data: unknown): void {
    const read = pushSchema.safeParse(data);
    if (!read.success) {
      this.#set({ outdated: true });
      return;
    }
    const push = read.data;
    const { views, ask } = fold(this.#state.views, push, Date.now() + this.#state.clockOffset);
    this.#set({ views, ...this.#noticed(push) });
    if (ask !== undefined) this.send(ask);
    for (const listener of this.#pushListeners) listener(push);
  }

  #noticed(push: Push): Partial<LiveState> {
    if (push.kind === 'hello') return { clockOffset: push.now - Date.now(), outdated: false };
    if (push.kind === 'pong') return { clockOffset: clockOffset(push.at, push.now, Date.now()) };
    if (push.kind === 'signed-out') {
      this.#socket.stop();
      return { signedOut: true };
    }
    return {};
  }

  #set(change: Partial<LiveState>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#listeners) listener();
  }
}

/** Server clock minus own clock, taking half of the round trip as the way of the answer. */
export function clockOffset(sentAt: number, serverNow: number, heardAt: number): number {
  return Math.round(serverNow - (sentAt + heardAt) / 2);
}

function askFor(topic: Topic): ToServer {
  if (topic === 'desk' || topic === 'board' || topic === 'chats') return { kind: 'subscribe', topic };
  return { kind: 'subscribe-interaction', interaction: topic.slice('interaction:'.length) };
}
