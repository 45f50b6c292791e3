import { SearchIndex } from '@threerings/core/knowledge/search/search-index';
import type { DirectoryEntryOnWire } from '@threerings/core/wire/directory';
import { type DirectoryEntry, readDirectory } from '../imports/tables/house-read-model.ts';
import type { Database } from '../store/database.ts';
import { markOf } from './directory-read-model.ts';

/** How long what was changed elsewhere may be unknown here, ms. */
const refreshEveryMs = 5000;

export interface DirectorySought {
  readonly text: string;
  /** only bodies outside, or only our own; absent = both */
  readonly outside?: boolean | undefined;
  readonly limit: number;
}

/** The directory in memory under the search of knowledge: Chinese, pinyin, initials, slips; numbers by any part of them. */
export class DirectoryBook {
  readonly #db: Database;
  readonly #now: () => number;
  #index = new SearchIndex();
  #entries: ReadonlyMap<string, DirectoryEntry> = new Map();
  #mark = '';
  #refreshed = Number.NEGATIVE_INFINITY;

  constructor(db: Database, now: () => number) {
    this.#db = db;
    this.#now = now;
  }

  async find(entry: string): Promise<DirectoryEntry | undefined> {
    await this.refresh();
    return this.#entries.get(entry);
  }

  async search({ text, outside, limit }: DirectorySought): Promise<DirectoryEntryOnWire[]> {
    await this.refresh(true);
    const wanted = (entry: DirectoryEntry | undefined): entry is DirectoryEntry =>
      entry !== undefined && (outside === undefined || entry.outside === outside);
    const typed = text.trim();
    const digits = typed.replaceAll(/[\s+-]/g, '');
    const byNumber = /^\d{3,}$/.test(digits)
      ? [...this.#entries.values()].filter(({ number }) => number.replaceAll(/[+-]/g, '').includes(digits))
      : [];
    const scopes = outside === undefined ? undefined : [scopeOf({ outside })];
    const found =
      typed === ''
        ? [...this.#entries.values()]
        : [...byNumber, ...this.#index.search({ text: typed, scopes, limit }).map(({ id }) => this.#entries.get(id))];
    return [...new Set(found.filter(wanted))].slice(0, limit).map(onWire);
  }

  /** Takes in what was changed; `soon` = only if it was not done lately. */
  async refresh(soon = false): Promise<void> {
    if (soon && this.#now() - this.#refreshed < refreshEveryMs) return;
    const mark = await markOf(this.#db);
    this.#refreshed = this.#now();
    if (mark === this.#mark) return;
    const rows = await readDirectory(this.#db);
    const index = new SearchIndex();
    for (const row of rows) index.add(textOf(row));
    this.#index = index;
    this.#entries = new Map(rows.map((row) => [row.entry, row]));
    this.#mark = mark;
  }
}

const scopeOf = ({ outside }: Pick<DirectoryEntry, 'outside'>) => (outside ? 'outside' : 'own');

function textOf(row: DirectoryEntry) {
  const { entry: id, name: title, department, scope, hours, number } = row;
  const body = [scope, hours, number].filter((one) => one !== null).join('\n');
  return { id, title, body, keywords: department === null ? [] : [department], scopes: [scopeOf(row)] };
}

function onWire({ changed_at: changedAt, entry, name, number, outside, department, scope, hours }: DirectoryEntry): DirectoryEntryOnWire {
  const optional = Object.entries({ department, scope, hours }).filter(([, value]) => value !== null && value !== '');
  return { entry, name, number, outside, changedAt, ...Object.fromEntries(optional) };
}
