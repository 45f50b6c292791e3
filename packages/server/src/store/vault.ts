import { canonical } from '@threerings/core/timeline/canonical';
import type { PersonalValue } from '@threerings/core/timeline/event';
import { sql } from 'kysely';
import type { Database, Tx } from './database.ts';
import { commitment, newDataKey, newName, open, openBytes, seal, sealBytes, unwrap, wrap } from './vault-crypto.ts';

/** What stands in the event: where the value is kept, and the commitment to it. */
type Reference = `vault:${string}`;

export interface SealedRow {
  readonly ref: Reference;
  readonly subject: string;
  readonly kind: string;
  readonly nonce: string;
  readonly ciphertext: string;
  readonly created_at: number;
  readonly expires_at: number | null;
}

/** Data keys of the subjects of one transaction. */
export type SubjectKeys = ReadonlyMap<string, Buffer>;

/** How long a kind of value is kept, ms from its writing; absent = as long as its subject's key. */
export type Retention = Readonly<Record<string, number>>;

/**
 * Keeps personal values apart from the events that speak of them: sealed under a key of the person (`subject`), which is
 * wrapped by the master key. Erasing a person destroys the key; no event is rewritten and every hash still holds.
 */
export class Vault {
  readonly #masterKey: Buffer;
  readonly #retention: Retention;

  /** @param masterKey 32 bytes (`readMasterKey`) */
  constructor(masterKey: Buffer, retention: Retention = {}) {
    this.#masterKey = masterKey;
    this.#retention = retention;
  }

  /** The keys of these subjects, made where they are new, and held against erasure until the transaction ends. */
  async keys(tx: Tx, subjects: Iterable<string>, now: number): Promise<SubjectKeys> {
    const wanted = [...new Set(subjects)].sort();
    const keys = new Map<string, Buffer>();
    if (wanted.length === 0) return keys;
    const fresh = wanted.map((subject) => ({
      subject,
      wrapped: wrap(this.#masterKey, subject, newDataKey()),
      created_at: now,
    }));
    await tx
      .insertInto('vault_keys')
      .values(fresh)
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    const rows = await tx
      .selectFrom('vault_keys')
      .select(['subject', 'wrapped'])
      .where('subject', 'in', wanted)
      .orderBy('subject')
      .forShare()
      .execute();
    for (const row of rows) keys.set(row.subject, unwrap(this.#masterKey, row.subject, row.wrapped));
    return keys;
  }

  /** Seals a value under its subject's key. Store the rows in the transaction that stores the event. */
  seal(keys: SubjectKeys, personal: PersonalValue, kind: string, now: number): SealedRow {
    const key = keys.get(personal.subject);
    if (!key) throw new Error(`no key was fetched for ${kind}`);
    const name = newName();
    const sealed = seal(key, `${personal.subject}\n${name}`, personal.value);
    const keep = this.#retention[kind];
    return {
      ref: `vault:${name}.${commitment(key, canonical(personal.value))}`,
      subject: personal.subject,
      kind,
      nonce: sealed.nonce.toString('hex'),
      ciphertext: sealed.ciphertext.toString('hex'),
      created_at: now,
      expires_at: keep === undefined ? null : now + keep,
    };
  }

  async store(tx: Tx, rows: readonly SealedRow[]): Promise<void> {
    if (rows.length === 0) return;
    await sql`
      insert into vault (ref, subject, kind, nonce, ciphertext, created_at, expires_at)
      select ref, subject, kind, decode(nonce, 'hex'), decode(ciphertext, 'hex'), created_at, expires_at
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as sealed(
        ref text, subject text, kind text, nonce text, ciphertext text, created_at bigint, expires_at bigint)`.execute(tx);
  }

  /** The values of these references. One that was erased, has expired or never was is absent. */
  async read(db: Database | Tx, references: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const values = new Map<string, string>();
    if (references.length === 0) return values;
    const rows = await db
      .selectFrom('vault')
      .innerJoin('vault_keys', 'vault_keys.subject', 'vault.subject')
      .select(['vault.ref', 'vault.subject', 'vault.nonce', 'vault.ciphertext', 'vault_keys.wrapped'])
      .where('vault.ref', '=', sql<string>`any(${[...new Set(references)]})`)
      .execute();
    const keys = new Map<string, Buffer>();
    for (const row of rows) {
      const key = keys.get(row.subject) ?? unwrap(this.#masterKey, row.subject, row.wrapped);
      keys.set(row.subject, key);
      values.set(row.ref, open(key, `${row.subject}\n${nameOf(row.ref)}`, row));
    }
    return values;
  }

  /** The bytes of a file under its subject's key, bound to the file's id. Store them outside of the database. */
  sealFile(keys: SubjectKeys, subject: string, file: string, bytes: Buffer): Buffer {
    const key = keys.get(subject);
    if (!key) throw new Error('no key was fetched for a file');
    return sealBytes(key, `${subject}\n${file}`, bytes);
  }

  /** Undefined once the subject's key is destroyed. @throws when the bytes were changed, or are those of another file */
  async openFile(db: Database | Tx, subject: string, file: string, sealed: Buffer): Promise<Buffer | undefined> {
    const row = await db.selectFrom('vault_keys').select('wrapped').where('subject', '=', subject).executeTakeFirst();
    return row && openBytes(unwrap(this.#masterKey, subject, row.wrapped), `${subject}\n${file}`, sealed);
  }

  /** Does this value belong to this reference? Undefined once the subject's key is destroyed: then nobody can tell. */
  async commits(db: Database | Tx, reference: string, personal: PersonalValue): Promise<boolean | undefined> {
    const row = await db.selectFrom('vault_keys').select('wrapped').where('subject', '=', personal.subject).executeTakeFirst();
    if (!row) return undefined;
    const key = unwrap(this.#masterKey, personal.subject, row.wrapped);
    return reference.split('.').at(-1) === commitment(key, canonical(personal.value));
  }

  /**
   * Destroys a subject's key and values, and the hashes it is searched by; says how many values went. The caller appends `subject.erased`
   * (`erasure.ts`).
   */
  async erase(tx: Tx, subject: string): Promise<number> {
    await tx.deleteFrom('customer_index').where('subject', '=', subject).execute();
    await forgetCaller(tx, subject);
    const gone = await tx.deleteFrom('vault').where('subject', '=', subject).executeTakeFirst();
    await tx.deleteFrom('vault_keys').where('subject', '=', subject).execute();
    return Number(gone.numDeletedRows);
  }

  /** Deletes values whose time is over, at most `most` of them; the keys stay. Says how many went. */
  async expire(db: Database, now: number, most = 10_000): Promise<number> {
    const due = db.selectFrom('vault').select('ref').where('expires_at', '<=', now).limit(most);
    const gone = await db.deleteFrom('vault').where('ref', 'in', due).executeTakeFirst();
    return Number(gone.numDeletedRows);
  }
}

/** A caller's number stands under the call's own key: what calls are counted as the same caller's by goes with it. */
async function forgetCaller(tx: Tx, subject: string): Promise<void> {
  const { interaction } = /^customer-(?<interaction>.+)$/.exec(subject)?.groups ?? {};
  if (interaction !== undefined) await tx.updateTable('call_facts').set({ caller: null }).where('interaction', '=', interaction).execute();
}

function nameOf(reference: string): string {
  return reference.slice('vault:'.length).split('.')[0] ?? '';
}
