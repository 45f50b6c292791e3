import type { TimelineEvent } from '@threerings/core/timeline/event';
import type { BlockEntry, BlocklistView, NewBlock } from '@threerings/core/wire/blocklist';
import { maskedNumber } from '../customers/search-tokens.ts';
import type { Audit } from '../people/people-store.ts';
import type { Database } from '../store/database.ts';
import type { Vault } from '../store/vault.ts';
import { type Blocklist, dialled } from './blocklist.ts';
import {
  addBlocks,
  type BlocklistRow,
  blocksInForce,
  countCall,
  type FreshBlock,
  forgetNumbers,
  listBlocks,
  releaseBlock,
} from './blocklist-read-model.ts';

export interface BlocklistParts {
  readonly db: Database;
  readonly vault: Vault;
  readonly audit: Audit;
  readonly list: Blocklist;
  /** numbers that belong to the hotline itself or that it calls for help */
  ownNumbers(): readonly string[];
  /** somebody recorded the announcement, or it came with the product */
  announced(): Promise<boolean>;
  readonly now: () => number;
  onError(error: unknown): void;
}

export type BlockFault = 'blocklist.until' | 'blocklist.never' | 'blocklist.twice' | 'blocklist.gone';

const dayMs = 86_400_000;
/** Longest that a number may be blocked for at a time. */
export const longestBlockMs = 366 * dayMs;
/** Numbers are kept so long after their entry is over, for complaints about it. */
const keptAfterMs = 180 * dayMs;
/** Police, fire, ambulance, traffic, and the emergency number of mobile networks. */
const helpers = ['110', '119', '120', '122', '112', '12110', '12119', '12120'];

/** 骚扰号码: who is told that nobody answers them, why, until when, and who decided so. */
export class BlocklistDesk {
  readonly parts: BlocklistParts;

  constructor(parts: BlocklistParts) {
    this.parts = parts;
  }

  /** What is in force comes into memory; numbers of entries long over are destroyed. */
  async refresh(): Promise<void> {
    const { db, vault, list, now } = this.parts;
    await forgetNumbers(db, vault, now() - keptAfterMs);
    const rows = await blocksInForce(db, now());
    const numbers = await this.#numbers(rows);
    list.replace(
      rows.flatMap(({ entry, offer, until, number_ref }) => {
        const number = numbers.get(number_ref);
        return number === undefined ? [] : [{ entry, offer, until, number }];
      }),
    );
  }

  async view(): Promise<BlocklistView> {
    const rows = await listBlocks(this.parts.db, this.parts.now());
    const numbers = await this.#numbers(rows);
    return { announced: await this.parts.announced(), entries: rows.map((row) => onWire(row, numbers.get(row.number_ref))) };
  }

  /** Undefined: it is in force, or was sent before. */
  async add(by: string, { entry, number, reason, offer, until }: NewBlock): Promise<BlockFault | undefined> {
    const wrong = this.wrong(number, until);
    if (wrong !== undefined) return wrong;
    const standing = await this.standing();
    const known = standing.get(dialled(number));
    if (known !== undefined) return known === entry ? undefined : 'blocklist.twice';
    await this.addAll([{ entry, number, reason, offer, until, by }]);
    return undefined;
  }

  /** Stores what was checked; each is audited by its entry, never by its number. */
  async addAll(blocks: readonly FreshBlock[]): Promise<void> {
    const { db, vault, audit, now } = this.parts;
    await addBlocks(db, vault, blocks, now());
    for (const { entry, by, until, offer, reason } of blocks)
      await audit.record({ at: now(), action: 'blocklist.added', actor: by, about: entry, facts: { until, offer, reason } });
    await this.refresh();
  }

  async release(by: string, entry: string, note: string): Promise<BlockFault | undefined> {
    const { db, audit, now } = this.parts;
    if (!(await releaseBlock(db, entry, by, note, now()))) return 'blocklist.gone';
    await audit.record({ at: now(), action: 'blocklist.released', actor: by, about: entry, facts: { note } });
    await this.refresh();
    return undefined;
  }

  /** Why a number cannot be blocked until then. */
  wrong(number: string, until: number): 'blocklist.until' | 'blocklist.never' | undefined {
    const { now, ownNumbers } = this.parts;
    if (until <= now() || until > now() + longestBlockMs) return 'blocklist.until';
    const digits = dialled(number);
    return [...helpers, ...ownNumbers().map(dialled)].includes(digits) ? 'blocklist.never' : undefined;
  }

  /** Entries in force by number as it is dialled. */
  async standing(): Promise<ReadonlyMap<string, string>> {
    const rows = await blocksInForce(this.parts.db, this.parts.now());
    const numbers = await this.#numbers(rows);
    return new Map(
      rows.flatMap(({ entry, number_ref }) => {
        const number = numbers.get(number_ref);
        return number === undefined ? [] : [[dialled(number), entry] as const];
      }),
    );
  }

  /** Counts the calls that an entry turned away; what fails here concerns no call. */
  readonly take = (events: readonly TimelineEvent[]): void => {
    for (const { type, occurredAt, fields } of events) {
      const entry = fields['entry'];
      if (type === 'call.blocked' && typeof entry === 'string')
        void countCall(this.parts.db, entry, occurredAt).catch((error: unknown) => this.parts.onError(error));
    }
  };

  #numbers(rows: readonly BlocklistRow[]): Promise<ReadonlyMap<string, string>> {
    return this.parts.vault.read(
      this.parts.db,
      rows.map(({ number_ref }) => number_ref),
    );
  }
}

function onWire(row: BlocklistRow, number: string | undefined): BlockEntry {
  const { entry, reason, offer, by, at, until, calls, last_at, released_at, released_by, release_note } = row;
  return {
    ...{ entry, reason, offer, by, at, until, calls, number: number === undefined ? '****' : maskedNumber(number) },
    ...(last_at === null ? {} : { lastAt: last_at }),
    ...(released_at === null ? {} : { released: { at: released_at, by: released_by ?? '', note: release_note ?? '' } }),
  };
}
