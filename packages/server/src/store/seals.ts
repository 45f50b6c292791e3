import fs from 'node:fs';
import path from 'node:path';
import { type Seal, sealHeads, seal as sealSchema } from '@threerings/core/timeline/seal';
import { sql } from 'kysely';
import type { Database, Tx } from './database.ts';
import { sha256 } from './sha256.ts';

export interface NumberedSeal {
  readonly number: number;
  readonly seal: Seal;
}

/** Streams of one seal at most; the rest follows in the next one at once. */
const mostStreams = 100_000;
/** Any number will do, as long as it stays the same: one sealing process at a time. */
const advisoryLock = 7_733_302;

/** Seals the heads of the streams that changed since the seal before. Undefined when none did. */
export async function sealChanges(db: Database, now: number, most = mostStreams): Promise<NumberedSeal | undefined> {
  return db.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(${advisoryLock})`.execute(tx);
    const changed = await tx
      .selectFrom('streams')
      .select(['stream', 'n', 'hash'])
      .whereRef('n', '>', 'sealed_n')
      .orderBy('stream')
      .limit(most)
      .execute();
    if (changed.length === 0) return undefined;
    const last = await tx.selectFrom('seals').select(['number', 'root']).orderBy('number', 'desc').limit(1).executeTakeFirst();
    const heads = changed.map(({ stream, n, hash }) => ({ stream, n, hash: hash.toString('hex') }));
    const made = { number: (last?.number ?? 0) + 1, seal: sealHeads(heads, now, sha256, last?.root.toString('hex')) };
    await store(tx, made);
    return made;
  });
}

async function store(tx: Tx, { number, seal }: NumberedSeal): Promise<void> {
  await tx
    .insertInto('seals')
    .values({
      number,
      sealed_at: seal.sealedAt,
      before: seal.before === undefined ? null : Buffer.from(seal.before, 'hex'),
      root: Buffer.from(seal.root, 'hex'),
    })
    .execute();
  await sql`
    with sealed as (select * from jsonb_to_recordset(${JSON.stringify(seal.heads)}::jsonb) as h(stream text, n int, hash text)),
         kept as (insert into seal_heads (number, stream, n, hash) select ${number}::int, stream, n, decode(hash, 'hex') from sealed)
    update streams set sealed_n = sealed.n from sealed where streams.stream = sealed.stream`.execute(tx);
}

/** A stored seal with its heads, or undefined. */
export async function loadSeal(db: Database | Tx, number: number): Promise<NumberedSeal | undefined> {
  const row = await db.selectFrom('seals').selectAll().where('number', '=', number).executeTakeFirst();
  if (!row) return undefined;
  const heads = await db.selectFrom('seal_heads').select(['stream', 'n', 'hash']).where('number', '=', number).execute();
  return {
    number,
    seal: {
      format: 'threerings-seal-1',
      sealedAt: row.sealed_at,
      heads: heads
        .map(({ stream, n, hash }) => ({ stream, n, hash: hash.toString('hex') }))
        .sort((one, other) => (one.stream < other.stream ? -1 : 1)),
      root: row.root.toString('hex'),
      ...(row.before === null ? {} : { before: row.before.toString('hex') }),
    },
  };
}

/** Where seals lie for whoever takes copies of them to another place: only a copy elsewhere is a witness. */
export function sealFileName(number: number): string {
  return `seal-${String(number).padStart(6, '0')}.json`;
}

/** Writes the files of all stored seals that have none yet; returns their paths. A file is complete or not there. */
export async function exportSeals(db: Database, folder: string): Promise<string[]> {
  fs.mkdirSync(folder, { recursive: true });
  const there = new Set(fs.readdirSync(folder));
  const numbers = await db.selectFrom('seals').select('number').orderBy('number').execute();
  const written: string[] = [];
  for (const { number } of numbers) {
    const file = path.join(folder, sealFileName(number));
    if (there.has(sealFileName(number))) continue;
    const found = await loadSeal(db, number);
    if (!found) continue;
    fs.writeFileSync(`${file}.new`, `${JSON.stringify(found.seal)}\n`, { flush: true });
    fs.renameSync(`${file}.new`, file);
    written.push(file);
  }
  return written;
}

/** Reads an exported seal, or says what is wrong with the file. */
export function readSealFile(file: string): Seal | { readonly fault: string } {
  try {
    const parsed = sealSchema.safeParse(JSON.parse(fs.readFileSync(file, 'utf8')));
    if (parsed.success) return parsed.data;
    const [issue] = parsed.error.issues;
    return { fault: `${file}: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not a seal'}; expected an exported threerings-seal-1` };
  } catch (error) {
    return { fault: `${file}: ${error instanceof Error ? error.message : String(error)}; expected an exported threerings-seal-1` };
  }
}
