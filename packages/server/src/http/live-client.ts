import type { ListName } from '@threerings/core/wire/lists';
import type { Push } from '@threerings/core/wire/live';
import { WebSocket } from 'ws';
import type { Person, SignedIn } from '../session/sessions.ts';
import { type Address, type AnyView, keyOf, merged, pushOf } from './live-topics.ts';
import type { Language } from './refusals.ts';

/** Ten views a second and topic are more than an eye follows; what comes between is merged. */
const minIntervalMs = 100;
/** Unsent bytes after which a consumer counts as too slow: it is dropped and finds a whole view when it comes again. */
const maxQueuedBytes = 1_048_576;
/** An agent's page follows its desk, a leader's the board and a call: more is a fault. */
export const maxFollowed = 16;
const maxCursors = 200;
/** A list that changes all the time is told of so often: each page asks for the whole list again. */
const listsEveryMs = 2000;

interface Followed {
  readonly address: Address;
  sentAt: number;
  waiting: AnyView | undefined;
  timer: NodeJS.Timeout | undefined;
}

/** One open page of the console. */
export class LiveClient {
  readonly id: string;
  readonly session: string;
  person: Person;
  readonly language: Language;
  readonly #socket: WebSocket;
  readonly #followed = new Map<string, Followed>();
  #lists: ReadonlySet<ListName> = new Set();
  readonly #changedLists = new Set<ListName>();
  #listsToldAt = Number.NEGATIVE_INFINITY;
  #listsTimer: NodeJS.Timeout | undefined;
  /** number of the last push by topic; outlives `unfollow`, because the page drops views with a smaller number */
  readonly #cursors = new Map<string, number>();

  constructor(id: string, signedIn: Pick<SignedIn, 'session' | 'person'>, language: Language, socket: WebSocket) {
    this.id = id;
    this.session = signedIn.session;
    this.person = signedIn.person;
    this.language = language;
    this.#socket = socket;
  }

  get open(): boolean {
    return this.#socket.readyState === WebSocket.OPEN;
  }

  /** Sends at once. A slow consumer is dropped instead of being queued for without bound. */
  send(push: Push): void {
    if (!this.open) return;
    if (this.#socket.bufferedAmount > maxQueuedBytes) this.drop(1013, 'too slow: reload the page');
    else this.#socket.send(JSON.stringify(push));
  }

  /** @param key of the topic (`keyOf`) */
  follows(key: string): boolean {
    return this.#followed.has(key);
  }

  /** Begins (or begins again) to follow, with the whole view. False where the page follows too much already. */
  follow(address: Address, view: AnyView): boolean {
    const key = keyOf(address);
    const known = this.#followed.get(key);
    if (known === undefined && this.#followed.size >= maxFollowed) return false;
    clearTimeout(known?.timer);
    const followed: Followed = { address, sentAt: 0, waiting: view, timer: undefined };
    this.#followed.set(key, followed);
    this.#flush(followed);
    return true;
  }

  unfollow(key: string): void {
    clearTimeout(this.#followed.get(key)?.timer);
    this.#followed.delete(key);
  }

  get lists(): ReadonlySet<ListName> {
    return this.#lists;
  }

  /** The lists that the page shows, in place of those before. */
  followLists(lists: Iterable<ListName>): void {
    this.#lists = new Set(lists);
  }

  /** At most one push of lists in two seconds; the first at once. */
  noteLists(changed: readonly ListName[]): void {
    for (const list of changed) if (this.#lists.has(list)) this.#changedLists.add(list);
    if (this.#changedLists.size === 0) return;
    const wait = this.#listsToldAt + listsEveryMs - performance.now();
    if (wait <= 0) this.#tellLists();
    else this.#listsTimer ??= setTimeout(() => this.#tellLists(), wait);
  }

  #tellLists(): void {
    clearTimeout(this.#listsTimer);
    this.#listsTimer = undefined;
    const changed = [...this.#changedLists].filter((list) => this.#lists.has(list));
    this.#changedLists.clear();
    this.#listsToldAt = performance.now();
    if (changed.length > 0) this.send({ kind: 'lists', changed });
  }

  /** At most one push a topic in 100 ms; the newest view wins, news of an interaction add up. */
  offer(key: string, view: AnyView): void {
    const followed = this.#followed.get(key);
    if (followed === undefined) return;
    followed.waiting = merged(followed.address.topic, followed.waiting, view);
    const wait = followed.sentAt + minIntervalMs - performance.now();
    if (wait <= 0) this.#flush(followed);
    else followed.timer ??= setTimeout(() => this.#flush(followed), wait);
  }

  /** Follows nothing any more; nothing that waited is sent. */
  forget(): void {
    for (const key of [...this.#followed.keys()]) this.unfollow(key);
    clearTimeout(this.#listsTimer);
    this.#listsTimer = undefined;
    this.#lists = new Set();
  }

  drop(code: number, reason: string): void {
    this.forget();
    if (code === 1013) {
      // The close frame would queue behind a megabyte that is not being read.
      this.#socket.terminate();
      return;
    }
    this.#socket.close(code, reason);
  }

  #flush(followed: Followed): void {
    clearTimeout(followed.timer);
    followed.timer = undefined;
    const { waiting } = followed;
    if (waiting === undefined) return;
    followed.waiting = undefined;
    followed.sentAt = performance.now();
    this.send(pushOf(followed.address, this.#nextCursor(keyOf(followed.address)), waiting));
  }

  #nextCursor(key: string): number {
    const next = (this.#cursors.get(key) ?? 0) + 1;
    this.#cursors.delete(key);
    this.#cursors.set(key, next);
    if (this.#cursors.size > maxCursors)
      for (const oldest of this.#cursors.keys())
        if (!this.#followed.has(oldest)) {
          this.#cursors.delete(oldest);
          break;
        }
    return next;
  }
}
