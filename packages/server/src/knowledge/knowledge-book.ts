import { type EntryKind, standingOf } from '@threerings/core/knowledge/entry';
import { plainText } from '@threerings/core/knowledge/rich-text';
import { SearchIndex } from '@threerings/core/knowledge/search/search-index';
import type { EntryHit } from '@threerings/core/wire/knowledge';
import type { Database } from '../store/database.ts';
import { type LiveEntry, liveSince } from './entries-read-model.ts';

/** How long what another node has published may be unknown here, ms. */
const refreshEveryMs = 5000;
/** A change that was committed late is not passed over: so far back is looked again, ms. */
const lookBackMs = 60_000;
const shownText = 160;

export interface Sought {
  readonly kind: EntryKind;
  readonly text: string;
  /** the queue of the caller; absent = entries of every queue */
  readonly queue?: string | undefined;
  readonly limit: number;
}

/** The live entries in memory, with the index over them. What is published elsewhere arrives within seconds. */
export class KnowledgeBook {
  readonly #db: Database;
  readonly #now: () => number;
  readonly #index = new SearchIndex();
  readonly #entries = new Map<string, LiveEntry>();
  readonly #scopes = new Set<string>();
  #since = 0;
  #refreshed = Number.NEGATIVE_INFINITY;
  #refreshing: Promise<void> | undefined;

  constructor(db: Database, now: () => number) {
    this.#db = db;
    this.#now = now;
  }

  find(entry: string): LiveEntry | undefined {
    return this.#entries.get(entry);
  }

  /** Takes in what was changed; `soon` = only if it was not done lately. */
  async refresh(soon = false): Promise<void> {
    if (soon && this.#now() - this.#refreshed < refreshEveryMs) return;
    await this.#refreshing;
    this.#refreshing = this.#read().finally(() => {
      this.#refreshing = undefined;
    });
    await this.#refreshing;
  }

  async search({ kind, text, queue, limit }: Sought): Promise<EntryHit[]> {
    await this.refresh(true);
    const at = this.#now();
    const scopes = [...this.#scopes].filter((scope) =>
      queue === undefined ? scope.split('@')[0] === kind : scope === kind || scope === `${kind}@${queue}`,
    );
    if (text.trim() !== '') {
      const found = this.#index.search({ text, at, scopes, limit });
      return found.flatMap(({ id }) => this.#entries.get(id) ?? []).map((entry) => hitOf(entry, at));
    }
    const shown = [...this.#entries.values()].filter((one) => {
      const standing = standingOf(one.live, at);
      return (standing === 'current' || standing === 'review-due') && scopesOf(one).some((scope) => scopes.includes(scope));
    });
    const newest = shown.sort((a, b) => b.live.changedAt - a.live.changedAt || (a.entry < b.entry ? -1 : 1));
    return newest.slice(0, limit).map((entry) => hitOf(entry, at));
  }

  async #read(): Promise<void> {
    const { live, gone, at } = await liveSince(this.#db, this.#since);
    for (const entry of gone) if (this.#entries.delete(entry)) this.#index.remove(entry);
    for (const entry of live) this.#take(entry);
    this.#since = Math.max(this.#since, at - lookBackMs);
    this.#refreshed = this.#now();
  }

  #take(entry: LiveEntry): void {
    const known = this.#entries.get(entry.entry);
    const { title, keywords, body, validFrom, validUntil, version, changedAt } = entry.live;
    const scopes = scopesOf(entry);
    const same = known?.live.version === version && known.live.changedAt === changedAt && scopesOf(known).join() === scopes.join();
    if (same) return;
    this.#entries.set(entry.entry, entry);
    for (const scope of scopes) this.#scopes.add(scope);
    this.#index.add({ id: entry.entry, title, keywords, body: plainText(body), validFrom, validUntil, scopes });
  }
}

/** `article` everywhere, `article@q1` in one queue. */
function scopesOf({ kind, queues }: LiveEntry): string[] {
  return queues.length === 0 ? [kind] : queues.map((queue) => `${kind}@${queue}`);
}

function hitOf({ entry, kind, queues, live }: LiveEntry, at: number): EntryHit {
  const { version, title, body, validUntil } = live;
  const text = kind === 'reply' ? body : plainText(body).slice(0, shownText);
  const until = validUntil === undefined ? {} : { validUntil };
  return { entry, kind, version, title, text, standing: standingOf(live, at), queues: [...queues], ...until };
}
