import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { RoleName } from '@threerings/core/wire/session';

export const sessionIdleMs = 12 * 3_600_000;
export const sessionAbsoluteMs = 24 * 3_600_000;
/** `seenAt` is written at most this often: reading a page must not cost a commit each time. */
const touchEveryMs = 60_000;

/** A person as far as signing in and permissions go. */
export interface Person {
  /** 工号; also the agent id in the timeline */
  readonly agent: string;
  readonly name: string;
  readonly roles: readonly RoleName[];
  readonly unit: string;
}

export interface StoredSession {
  /** hex SHA-256 of the token: who reads the table cannot sign in with it */
  readonly id: string;
  readonly agent: string;
  readonly createdAt: number;
  readonly seenAt: number;
}

export interface SessionStore {
  add(session: StoredSession): Promise<void>;
  /** The session with its person; undefined too where the person is disabled. */
  find(id: string): Promise<{ readonly session: StoredSession; readonly person: Person } | undefined>;
  touch(id: string, seenAt: number): Promise<void>;
  remove(id: string): Promise<void>;
  /** Ends every session of a person; returns their ids. */
  removeAllOf(agent: string): Promise<readonly string[]>;
  /** Drops sessions last seen before, or created before. */
  removeStale(seenBefore: number, createdBefore: number): Promise<void>;
}

export interface SignedIn {
  readonly session: string;
  readonly person: Person;
  /** bound to the session's token, which no script can read */
  readonly csrf: string;
}

export type SessionEnd = 'signed-out' | 'expired' | 'changed';

export class Sessions {
  readonly #store: SessionStore;
  readonly #now: () => number;
  readonly #listeners = new Set<(session: string, why: SessionEnd) => void>();

  constructor(store: SessionStore, now: () => number) {
    this.#store = store;
    this.#now = now;
  }

  /** Begins a session and returns its token, 256 random bits: it is told once, in the cookie. */
  async open(agent: string): Promise<string> {
    const now = this.#now();
    const token = randomBytes(32).toString('base64url');
    await this.#store.removeStale(now - sessionIdleMs, now - sessionAbsoluteMs);
    await this.#store.add({ id: sessionIdOf(token), agent, createdAt: now, seenAt: now });
    return token;
  }

  /** Who holds this token now. Undefined: unknown, idle for 12 h, older than 24 h, or the person is disabled. */
  async find(token: string): Promise<SignedIn | undefined> {
    const id = sessionIdOf(token);
    const found = await this.#alive(id);
    if (found === undefined) return undefined;
    if (this.#now() - found.session.seenAt >= touchEveryMs) await this.#store.touch(id, this.#now());
    return { session: id, person: found.person, csrf: csrfOf(token) };
  }

  /** For sockets, which hold no token: the person as stored now, or undefined once the session has ended. */
  async stillOpen(session: string): Promise<Person | undefined> {
    return (await this.#alive(session))?.person;
  }

  async close(session: string): Promise<void> {
    await this.#store.remove(session);
    this.#tell(session, 'signed-out');
  }

  /** After a change of roles, password or state: whoever holds an old session must sign in again. */
  async closeAllOf(agent: string): Promise<void> {
    for (const session of await this.#store.removeAllOf(agent)) this.#tell(session, 'changed');
  }

  /** Called when a session ends in this process. Returns how to stop listening. */
  onEnd(listener: (session: string, why: SessionEnd) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async #alive(id: string) {
    const found = await this.#store.find(id);
    if (found === undefined) return undefined;
    const now = this.#now();
    if (now - found.session.seenAt < sessionIdleMs && now - found.session.createdAt < sessionAbsoluteMs) return found;
    await this.#store.remove(id);
    this.#tell(id, 'expired');
    return undefined;
  }

  #tell(session: string, why: SessionEnd): void {
    for (const listener of this.#listeners) listener(session, why);
  }
}

export function csrfMatches(expected: string, found: string | undefined): boolean {
  const [a, b] = [Buffer.from(expected), Buffer.from(found ?? '')];
  return a.length === b.length && timingSafeEqual(a, b);
}

function sessionIdOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

function csrfOf(token: string): string {
  return createHmac('sha256', token).update('x-csrf-token').digest('base64url');
}
