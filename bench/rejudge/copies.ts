import type { Database, Tx } from '@threerings/server/store/database';
import { Vault } from '@threerings/server/store/vault';
import { sql } from 'kysely';

/** A text of the calls that are copied, opened. */
interface KeptText {
  readonly ref: string;
  readonly subject: string;
  readonly kind: string;
  readonly value: string;
}

export interface CopyOptions {
  readonly db: Database;
  readonly masterKey: Buffer;
  /** the calls that stand in the database already, and how much later each copy begins, ms */
  readonly originals: number;
  readonly apartMs: number;
}

/** How many copies of all calls are written in one transaction. */
const together = 5;

/**
 * Copies all stored calls within the database, `from` to before `to` times, as the same calls on later days: own names, instants, ids, verdicts, and every
 * text sealed anew under a key of the copy's own caller, so that reading them costs what reading so many different calls does. Hashes are copied and chain
 * nothing: nobody checks them here.
 */
export async function copyCalls(options: CopyOptions, from: number, to: number): Promise<void> {
  const { db, masterKey } = options;
  const vault = new Vault(masterKey);
  const texts = await textsOf(db, vault);
  for (let n = from; n < to; n += together) {
    const copies = Array.from({ length: Math.min(together, to - n) }, (_, i) => n + i);
    await db.transaction().execute(async (tx) => {
      await sql`create temp table fresh (ref text, copy int, fresh text, primary key (copy, ref)) on commit drop`.execute(tx);
      for (const copy of copies) await sealAnew(tx, vault, texts, copy);
      await sql`analyze fresh`.execute(tx);
      for (const copy of copies) await copyRows(tx, options, copy);
    });
    console.log(`copied ${(copies.at(-1) ?? 0) * options.originals + options.originals} calls`);
  }
}

async function textsOf(db: Database, vault: Vault): Promise<readonly KeptText[]> {
  const rows = await db.selectFrom('vault').select(['ref', 'subject', 'kind']).execute();
  const values = await vault.read(
    db,
    rows.map(({ ref }) => ref),
  );
  return rows.map((row) => ({ ...row, value: values.get(row.ref) ?? '' }));
}

const ofCopy = (name: string, copy: number) => `${name}.${copy}`;

async function sealAnew(tx: Tx, vault: Vault, texts: readonly KeptText[], copy: number): Promise<void> {
  // callers are new people; members of staff are the same
  const subjectOf = (subject: string) => (subject.startsWith('customer-') ? ofCopy(subject, copy) : subject);
  const keys = await vault.keys(
    tx,
    texts.map(({ subject }) => subjectOf(subject)),
    0,
  );
  for (let at = 0; at < texts.length; at += 5000) {
    const some = texts.slice(at, at + 5000);
    const sealed = some.map(({ subject, kind, value }) => vault.seal(keys, { subject: subjectOf(subject), value }, kind, 0));
    await vault.store(tx, sealed);
    await sql`insert into fresh (ref, fresh, copy) select ref, fresh, ${copy}::int from unnest(${some.map(({ ref }) => ref)}::text[],
      ${sealed.map(({ ref }) => ref)}::text[]) as pair(ref, fresh)`.execute(tx);
  }
}

async function copyRows(tx: Tx, { apartMs }: CopyOptions, copy: number): Promise<void> {
  const later = copy * apartMs;
  const mark = `.${copy}`;
  await sql`insert into streams select stream || ${mark}, interaction || ${mark}, n, hash, sealed_n from streams
    where interaction not like '%.%'`.execute(tx);
  await sql`insert into events (stream, n, id, type, v, interaction, "case", source, by, occurred_at, recorded_at, seq, late, clock, fields, hash)
    select stream || ${mark}, n, id || ${mark}, type, v, interaction || ${mark}, "case", source, by, occurred_at + ${later}::bigint,
      recorded_at, seq, late, clock,
      fields || case when f.fresh is null then '{}' else jsonb_build_object('text', f.fresh) end ||
        case when type = 'speech.said' then jsonb_build_object('start', (fields->>'start')::bigint + ${later}::bigint,
          'end', (fields->>'end')::bigint + ${later}::bigint) else '{}' end,
      hash
    from events left join fresh f on f.copy = ${copy}::int and f.ref = fields->>'text'
    where interaction not like '%.%'`.execute(tx);
  await sql`insert into interactions (interaction, origin, channel, started_at, answered_at, ended_at, closed_at, queue, agent, outcome, talk_ms)
    select interaction || ${mark}, origin, channel, started_at + ${later}::bigint, answered_at + ${later}::bigint, ended_at + ${later}::bigint,
      closed_at + ${later}::bigint, queue, agent, outcome, talk_ms
    from interactions where interaction not like '%.%'`.execute(tx);
  await sql`insert into verdicts (interaction, norm, key, pack, pack_version, value, nature, who, anchor, at, body)
    select verdicts.interaction || ${mark}, norm, case when key = id then key || ${mark} else key end, pack, pack_version, value, nature, who,
      anchor + ${later}::bigint, at + ${later}::bigint, body
    from verdicts left join events on id = key
    where verdicts.interaction not like '%.%'`.execute(tx);
}
