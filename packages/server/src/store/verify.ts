import { type Damage, type Head, linkDamage, streamStart } from '@threerings/core/timeline/chain';
import { type Seal, sealIsWhole } from '@threerings/core/timeline/seal';
import { sql } from 'kysely';
import type { Database, Tx } from './database.ts';
import { eventOf } from './event-rows.ts';
import { loadSeal } from './seals.ts';
import { sha256 } from './sha256.ts';

/** What is wrong with a seal itself. */
export interface SealFault {
  /** number in the database; 0 = the file that was given */
  readonly number: number;
  readonly kind: 'altered' | 'missing' | 'unchained' | 'not-in-database';
}

export interface Verification {
  readonly sound: boolean;
  readonly streams: number;
  readonly events: number;
  readonly seals: number;
  /** at most one of each stream, and a thousand in all */
  readonly damages: readonly Damage[];
  readonly sealFaults: readonly SealFault[];
}

const mostDamages = 1_000;
const streamsPerPage = 200;
const eventsPerPage = 2_000;

/**
 * Recomputes every stream's chain and holds it against its head, against all stored seals and, where one is given, against
 * an exported seal. Somebody who can write to the database can also write its heads and seals; only the file shows that.
 * Reads one snapshot; memory is bounded by a page, whatever the size of the database.
 */
export async function verifyDatabase(db: Database, exported?: Seal): Promise<Verification> {
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (tx) => {
      const walk = new Walk(tx, exported);
      await walk.streams();
      await walk.seals();
      return walk.report();
    });
}

/** What one stream is held against. */
interface Expected {
  readonly stream: string;
  readonly head: { readonly n: number; readonly hash: string } | undefined;
  readonly sealed: readonly Head[];
}

class Walk {
  readonly #tx: Tx;
  readonly #exported: Seal | undefined;
  /** heads of the exported seal whose stream was not met yet */
  readonly #unmet: Map<string, Head>;
  readonly #damages: Damage[] = [];
  readonly #sealFaults: SealFault[] = [];
  #streams = 0;
  #events = 0;
  #seals = 0;

  constructor(tx: Tx, exported: Seal | undefined) {
    this.#tx = tx;
    this.#exported = exported;
    this.#unmet = new Map(exported?.heads.map((head) => [head.stream, head]));
  }

  report(): Verification {
    const sound = this.#damages.length === 0 && this.#sealFaults.length === 0;
    const counts = { streams: this.#streams, events: this.#events, seals: this.#seals };
    return { sound, ...counts, damages: this.#damages, sealFaults: this.#sealFaults };
  }

  async streams(): Promise<void> {
    for (let after = ''; ; ) {
      const names = await this.#namesAfter(after);
      const last = names.at(-1);
      if (last === undefined) break;
      await this.#page(await this.#expected(names));
      after = last;
    }
    for (const { stream, n } of this.#unmet.values()) {
      this.#damaged({ stream, n: 1, kind: 'cut', expected: `${n} events`, found: 'no such stream' });
    }
  }

  async seals(): Promise<void> {
    const numbers = await this.#tx.selectFrom('seals').select('number').orderBy('number').execute();
    let previous: { number: number; root: string } | undefined;
    let hasExported = this.#exported === undefined;
    for (const { number } of numbers) {
      const found = await loadSeal(this.#tx, number);
      if (!found) continue;
      this.#seals += 1;
      for (let gone = (previous?.number ?? 0) + 1; gone < number; gone += 1) this.#sealFaults.push({ number: gone, kind: 'missing' });
      if (!sealIsWhole(found.seal, sha256)) this.#sealFaults.push({ number, kind: 'altered' });
      else if (found.seal.before !== previous?.root) this.#sealFaults.push({ number, kind: 'unchained' });
      previous = { number, root: found.seal.root };
      hasExported ||= found.seal.root === this.#exported?.root;
    }
    if (this.#exported && !sealIsWhole(this.#exported, sha256)) this.#sealFaults.push({ number: 0, kind: 'altered' });
    else if (!hasExported) this.#sealFaults.push({ number: 0, kind: 'not-in-database' });
  }

  /** Names in the order of their bytes, from streams, events and seals alike: a row that was deleted in one shows in another. */
  async #namesAfter(after: string): Promise<string[]> {
    const { rows } = await sql<{ stream: string }>`
      (select stream from streams where n > 0 and stream > ${after} order by stream limit ${streamsPerPage})
      union (select distinct stream from seal_heads where stream > ${after} order by stream limit ${streamsPerPage})
      order by stream limit ${streamsPerPage}`.execute(this.#tx);
    return rows.map(({ stream }) => stream);
  }

  async #expected(names: readonly string[]): Promise<Map<string, Expected>> {
    const among = sql<string>`any(${names})`;
    const heads = await this.#tx.selectFrom('streams').select(['stream', 'n', 'hash']).where('stream', '=', among).execute();
    const sealed = await this.#tx
      .selectFrom('seal_heads')
      .select(['stream', 'n', 'hash'])
      .where('stream', '=', among)
      .orderBy('n')
      .execute();
    const expected = new Map<string, Expected>();
    for (const stream of names) {
      const head = heads.find((row) => row.stream === stream);
      const known = sealed.filter((row) => row.stream === stream).map((row) => ({ ...row, hash: row.hash.toString('hex') }));
      const fromFile = this.#unmet.get(stream);
      this.#unmet.delete(stream);
      expected.set(stream, {
        stream,
        head: head && { n: head.n, hash: head.hash.toString('hex') },
        sealed: fromFile ? [...known, fromFile] : known,
      });
    }
    return expected;
  }

  async #page(expected: ReadonlyMap<string, Expected>): Promise<void> {
    const checks = new Map([...expected.values()].map((each) => [each.stream, new StreamCheck(each)]));
    let [stream, n] = ['', 0];
    for (;;) {
      const rows = await this.#tx
        .selectFrom('events')
        .selectAll()
        .where('stream', '=', sql<string>`any(${[...expected.keys()]})`)
        .where(sql<boolean>`(stream, n) > (${stream}, ${n})`)
        .orderBy('stream')
        .orderBy('n')
        .limit(eventsPerPage)
        .execute();
      for (const row of rows) checks.get(row.stream)?.next(eventOf(row));
      const last = rows.at(-1);
      if (!last) break;
      this.#events += rows.length;
      [stream, n] = [last.stream, last.n];
    }
    for (const check of checks.values()) {
      this.#streams += 1;
      const damage = check.end();
      if (damage) this.#damaged(damage);
    }
  }

  #damaged(damage: Damage): void {
    if (this.#damages.length < mostDamages) this.#damages.push(damage);
  }
}

/** Follows one stream event by event; keeps the first damage. */
class StreamCheck {
  readonly #expected: Expected;
  #head: Head;
  #damage: Damage | undefined;

  constructor(expected: Expected) {
    this.#expected = expected;
    this.#head = { stream: expected.stream, n: 0, hash: streamStart(expected.stream, sha256) };
  }

  next(event: ReturnType<typeof eventOf>): void {
    if (this.#damage) return;
    this.#damage = linkDamage(this.#head, event, sha256);
    if (this.#damage) return;
    this.#head = { stream: event.stream, n: event.n, hash: event.hash };
    const broken = this.#expected.sealed.find((sealed) => sealed.n === event.n && sealed.hash !== event.hash);
    if (broken) this.#damage = { stream: event.stream, n: event.n, kind: 'rewritten', expected: broken.hash, found: event.hash };
  }

  end(): Damage | undefined {
    if (this.#damage) return this.#damage;
    const { stream, n, hash } = this.#head;
    const { head, sealed } = this.#expected;
    const longest = Math.max(head?.n ?? 0, ...sealed.map((each) => each.n));
    if (n < longest) return { stream, n: n + 1, kind: 'cut', expected: `${longest} events`, found: `${n} events` };
    if (head?.n === n && head.hash === hash) return undefined;
    return { stream, n, kind: 'foreign', expected: `the head ${head?.n ?? 0} ${head?.hash ?? ''}`, found: `${n} ${hash}` };
  }
}
