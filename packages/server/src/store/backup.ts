import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type pg from 'pg';
import { type BackupHeader, backupFormat } from './backup-format.ts';
import { columns, type TableName } from './columns.ts';
import { openConnection } from './database.ts';

export interface BackupOptions {
  readonly url: string;
  /** written beside and renamed when it is complete, mode 0600; must not exist */
  readonly file: string;
  /** where recordings and attachments lie; absent = without them */
  readonly dataDirectory?: string | undefined;
  /**
   * false: without the vault and its wrapped keys, so without anything personal. The master key is never part of a backup:
   * keep a copy of it elsewhere, or nobody can read the vault that was restored.
   */
  readonly vault?: boolean | undefined;
  readonly now: number;
}

export interface BackupSummary {
  readonly tables: Readonly<Record<string, number>>;
  readonly files: number;
  /** recordings and attachments that are listed but whose file was not there */
  readonly missing: readonly string[];
}

/** What is of the moment only: who signs in again, what is asked again. */
const passing: readonly TableName[] = ['sessions', 'answered_commands'];
const personal: readonly TableName[] = ['vault_keys', 'vault', 'customer_index'];
const rowsPerFetch = 1_000;
/** A multiple of three: base64 without padding inside a file. */
const bytesPerLine = 786_432;

/** Writes everything that the database holds, recordings and attachments, as of one instant; the hotline goes on meanwhile. */
export async function backup(options: BackupOptions): Promise<BackupSummary> {
  if (fs.existsSync(options.file)) throw new Error(`${options.file} exists: choose another name`);
  const client = await openConnection(options.url);
  const draft = `${options.file}.partial`;
  const summary = { tables: {} as Record<string, number>, files: 0, missing: [] as string[] };
  try {
    await client.query('begin isolation level repeatable read read only');
    const target = fs.createWriteStream(draft, { mode: 0o600, flush: true });
    await pipeline(Readable.from(linesOf(client, options, summary)), createGzip(), target);
    await client.query('commit');
    fs.renameSync(draft, options.file);
    return summary;
  } finally {
    await client.end();
    fs.rmSync(draft, { force: true });
  }
}

type Summary = { readonly tables: Record<string, number>; files: number; readonly missing: string[] };

async function* linesOf(client: pg.Client, options: BackupOptions, summary: Summary): AsyncGenerator<string> {
  yield line(await headerOf(client, options.now));
  let sections = 0;
  for (const table of tableNames()) {
    if (passing.includes(table) || (options.vault === false && personal.includes(table))) continue;
    const section = new Section(table);
    const names = Object.keys(columns[table]).filter((column) => column !== 'xid');
    yield line({ table, columns: names });
    for await (const row of rowsOf(client, table, names)) yield section.line(row);
    yield section.end();
    summary.tables[table] = section.rows;
    sections += 1;
  }
  if (options.dataDirectory !== undefined) {
    for await (const file of filesIn(client)) {
      const full = path.join(options.dataDirectory, file);
      if (!fs.existsSync(full)) {
        summary.missing.push(file);
        continue;
      }
      const section = new Section(file);
      yield line({ file });
      for await (const chunk of fs.createReadStream(full, { highWaterMark: bytesPerLine })) yield section.line(chunk.toString('base64'));
      yield section.end();
      summary.files += 1;
      sections += 1;
    }
  }
  yield line({ complete: true, sections });
}

/** The rows of one table or the bytes of one file, with their count and checksum. */
class Section {
  readonly #name: string;
  readonly #hash = createHash('sha256');
  rows = 0;

  constructor(name: string) {
    this.#name = name;
  }

  line(value: unknown): string {
    const text = line(value);
    this.#hash.update(text);
    this.rows += 1;
    return text;
  }

  end(): string {
    return line({ end: this.#name, rows: this.rows, sha256: this.#hash.digest('hex') });
  }
}

const line = (value: unknown) => `${JSON.stringify(value)}\n`;

function tableNames(): TableName[] {
  return Object.keys(columns).filter((name): name is TableName => name in columns);
}

async function headerOf(client: pg.Client, madeAt: number): Promise<BackupHeader> {
  const { rows } = await client.query('select number, name, sha256 from schema_migrations order by number');
  return { format: backupFormat, madeAt, migrations: rows };
}

async function* rowsOf(client: pg.Client, table: TableName, names: readonly string[]): AsyncGenerator<(string | null)[]> {
  const list = names.map((name) => `"${name}"::text`).join(', ');
  await client.query(`declare page no scroll cursor for select ${list} from "${table}" order by "${names[0]}"`);
  for (;;) {
    const { rows } = await client.query<(string | null)[]>({ text: `fetch ${rowsPerFetch} from page`, rowMode: 'array' });
    yield* rows;
    if (rows.length < rowsPerFetch) break;
  }
  await client.query('close page');
}

async function* filesIn(client: pg.Client): AsyncGenerator<string> {
  for await (const [file] of rowsOf(client, 'recordings', ['file'])) if (file) yield file;
  for await (const [file, goneAt] of rowsOf(client, 'attachments', ['file', 'gone_at'])) if (file && !goneAt) yield file;
}
