import fs from 'node:fs';
import path from 'node:path';
import type pg from 'pg';
import { BackupDamaged, type BackupHeader, type BackupSection, readBackup } from './backup-format.ts';
import { openConnection } from './database.ts';
import { migrate, readMigrations } from './migrate.ts';

export interface RestoreOptions {
  readonly url: string;
  readonly file: string;
  /** where recordings are put; absent = they are left out */
  readonly dataDirectory?: string | undefined;
}

export interface Restored {
  readonly madeAt: number;
  readonly tables: Readonly<Record<string, number>>;
  readonly files: number;
}

/** `backup.damaged`, `backup.newer`, `backup.not-empty`, `backup.file-exists`: one line for the terminal. */
export interface RestoreFault {
  readonly fault: 'backup.damaged' | 'backup.newer' | 'backup.not-empty' | 'backup.file-exists';
  readonly message: string;
}

/**
 * Puts a backup into an empty database. The file is read to its end and checked before the first row is written, and the
 * rows are written in one transaction, so that nothing is ever restored by half. A backup of an older release is brought
 * to this release's schema afterwards.
 */
export async function restore(options: RestoreOptions): Promise<Restored | RestoreFault> {
  try {
    const header = await readBackup(options.file, {});
    const known = readMigrations();
    const stranger = header.migrations.find(({ sha256 }, index) => known[index]?.sha256 !== sha256);
    if (stranger) {
      return {
        fault: 'backup.newer',
        message: `${options.file} was made by another release (it has ${stranger.name}): install that release, or a newer one`,
      };
    }
    await migrate(options.url, known.slice(0, header.migrations.length));
    const answer = await load(options);
    if (!('fault' in answer)) await migrate(options.url, known);
    return answer;
  } catch (error) {
    if (!(error instanceof BackupDamaged)) throw error;
    return { fault: 'backup.damaged', message: `${options.file} is damaged: ${error.message}; nothing was restored` };
  }
}

async function load(options: RestoreOptions): Promise<Restored | RestoreFault> {
  const client = await openConnection(options.url);
  const files = new StagedFiles(options.dataDirectory);
  try {
    await client.query('begin');
    const filled = await firstFilledTable(client);
    if (filled) return { fault: 'backup.not-empty', message: `the database is not empty (${filled} has rows): name an empty one` };
    const links = await dropForeignKeys(client);
    const loader = new Loader(client, files);
    const header = await readBackup(options.file, loader);
    await loader.finish();
    for (const { table, name, definition } of links) await client.query(`alter table ${table} add constraint ${name} ${definition}`);
    const taken = files.taken();
    if (taken) return { fault: 'backup.file-exists', message: `${taken} exists already: choose an empty data directory` };
    files.publish();
    await client.query('commit');
    return loader.summary(header);
  } finally {
    await client.end(); // rolls back what was not committed
    files.discard();
  }
}

async function firstFilledTable(client: pg.Client): Promise<string | undefined> {
  const tables = await client.query(
    "select table_name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE' and table_name <> 'schema_migrations' order by 1",
  );
  for (const { table_name: table } of tables.rows) {
    const { rowCount } = await client.query(`select 1 from "${table}" limit 1`);
    if (rowCount) return table;
  }
  return undefined;
}

/** Rows come table by table, in no order that keeps every reference whole at every moment. Re-adding checks them all. */
async function dropForeignKeys(client: pg.Client): Promise<{ table: string; name: string; definition: string }[]> {
  const { rows } = await client.query(
    `select conrelid::regclass::text as table, quote_ident(conname) as name, pg_get_constraintdef(oid) as definition
     from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace`,
  );
  for (const { table, name } of rows) await client.query(`alter table ${table} drop constraint ${name}`);
  return rows;
}

const rowsPerInsert = 500;

class Loader {
  readonly #client: pg.Client;
  readonly #files: StagedFiles;
  readonly #tables: Record<string, number> = {};
  #insert = '';
  #rows: (readonly (string | null)[])[] = [];

  constructor(client: pg.Client, files: StagedFiles) {
    this.#client = client;
    this.#files = files;
  }

  summary({ madeAt }: BackupHeader): Restored {
    return { madeAt, tables: this.#tables, files: this.#files.count };
  }

  async begin(section: BackupSection): Promise<void> {
    if (section.kind === 'file') return this.#files.begin(section.file);
    this.#tables[section.table] = 0;
    this.#insert = await insertFor(this.#client, section.table, section.columns);
  }

  async row(values: readonly (string | null)[], section: BackupSection): Promise<void> {
    if (section.kind !== 'table') return;
    this.#rows.push(values);
    this.#tables[section.table] = (this.#tables[section.table] ?? 0) + 1;
    if (this.#rows.length >= rowsPerInsert) await this.#flush();
  }

  bytes(bytes: Buffer): void {
    this.#files.write(bytes);
  }

  async end(section: BackupSection): Promise<void> {
    if (section.kind === 'file') this.#files.end();
    else await this.#flush();
  }

  /** Identity columns go on behind what was restored. */
  async finish(): Promise<void> {
    const { rows } = await this.#client.query(
      "select table_name as table, column_name as column from information_schema.columns where table_schema = 'public' and is_identity = 'YES'",
    );
    for (const { table, column } of rows) {
      await this.#client.query(`select setval(pg_get_serial_sequence($1, $2), coalesce(max("${column}"), 0) + 1, false) from "${table}"`, [
        `public.${table}`,
        column,
      ]);
    }
  }

  async #flush(): Promise<void> {
    if (this.#rows.length === 0) return;
    await this.#client.query(this.#insert, [JSON.stringify(this.#rows)]);
    this.#rows = [];
  }
}

/** Names come from the file: they are used only where the database knows them. */
async function insertFor(client: pg.Client, table: string, names: readonly string[]): Promise<string> {
  const { rows } = await client.query(
    "select column_name as name, format_type(atttypid, atttypmod) as type from information_schema.columns join pg_attribute on attname = column_name and attrelid = to_regclass(quote_ident(table_name)) where table_schema = 'public' and table_name = $1",
    [table],
  );
  const types = new Map<string, string>(rows.map((row) => [row.name, row.type]));
  const values = names.map((name, index) => {
    const type = types.get(name);
    if (type === undefined) throw new BackupDamaged(`${table}.${name}: there is no such column`);
    return `(row->>${index})::${type}`;
  });
  const list = names.map((name) => `"${name}"`).join(', ');
  return `insert into "${table}" (${list}) select ${values.join(', ')} from jsonb_array_elements($1::jsonb) as row`;
}

/** Recordings are written beside their places and moved there just before the commit. */
class StagedFiles {
  readonly #target: string | undefined;
  readonly #staging: string;
  readonly #names: string[] = [];
  #open: number | undefined;

  constructor(target: string | undefined) {
    this.#target = target;
    if (target !== undefined) fs.mkdirSync(target, { recursive: true });
    this.#staging = target === undefined ? '' : fs.mkdtempSync(path.join(target, 'restoring-'));
  }

  get count(): number {
    return this.#names.length;
  }

  begin(name: string): void {
    if (this.#target === undefined) return;
    const place = path.join(this.#staging, name);
    if (!place.startsWith(this.#staging + path.sep)) throw new BackupDamaged(`${name}: expected a path inside the data directory`);
    fs.mkdirSync(path.dirname(place), { recursive: true });
    this.#open = fs.openSync(place, 'wx', 0o600);
    this.#names.push(name);
  }

  write(bytes: Buffer): void {
    if (this.#open !== undefined) fs.writeSync(this.#open, bytes);
  }

  end(): void {
    if (this.#open === undefined) return;
    fs.fsyncSync(this.#open);
    fs.closeSync(this.#open);
    this.#open = undefined;
  }

  /** The first name whose place is taken. */
  taken(): string | undefined {
    const { name } = this.#names.map((each) => ({ name: this.#place(each) })).find((each) => fs.existsSync(each.name)) ?? {};
    return name;
  }

  publish(): void {
    for (const name of this.#names) {
      fs.mkdirSync(path.dirname(this.#place(name)), { recursive: true, mode: 0o700 });
      fs.renameSync(path.join(this.#staging, name), this.#place(name));
    }
  }

  discard(): void {
    if (this.#open !== undefined) fs.closeSync(this.#open);
    this.#open = undefined;
    if (this.#staging !== '') fs.rmSync(this.#staging, { recursive: true, force: true });
  }

  #place(name: string): string {
    return path.join(this.#target ?? '', name);
  }
}
