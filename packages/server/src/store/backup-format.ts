import { createHash, type Hash } from 'node:crypto';
import fs from 'node:fs';
import { createGunzip } from 'node:zlib';
import { z } from 'zod';

/**
 * A backup is one gzip file of lines of JSON:
 *
 *     {"format":"threerings-backup-1","madeAt":…,"migrations":[…]}
 *     {"table":"streams","columns":["stream",…]}     a table, then its rows
 *     ["interaction-1",null,"4",…]                   every value in PostgreSQL's text form
 *     {"end":"streams","rows":12,"sha256":"…"}        over the lines of the rows
 *     {"file":"recordings/r1.wav"}                   a recording, then its bytes
 *     "UklGR…"                                       base64
 *     {"end":"recordings/r1.wav","rows":3,"sha256":"…"}
 *     {"complete":true,"sections":5}
 *
 * So a cut or altered file shows before anything is written.
 */
export const backupFormat = 'threerings-backup-1';

const header = z.object({
  format: z.literal(backupFormat),
  /** ms UTC */
  madeAt: z.number().int(),
  migrations: z.array(z.object({ number: z.number().int(), name: z.string(), sha256: z.string() })).min(1),
});
export type BackupHeader = z.infer<typeof header>;

const name = z.string().regex(/^[a-z][a-z0-9_]*$/);
const opening = z.union([z.object({ table: name, columns: z.array(name).min(1) }), z.object({ file: z.string().min(1).max(1_000) })]);
const closing = z.object({ end: z.string(), rows: z.number().int(), sha256: z.string() });
const footer = z.object({ complete: z.literal(true), sections: z.number().int() });
const row = z.array(z.string().nullable());

export type BackupSection =
  | { readonly kind: 'table'; readonly table: string; readonly columns: readonly string[] }
  | { readonly kind: 'file'; readonly file: string };

/** Gets the parts of a backup in their order. */
export interface BackupReader {
  header?(header: BackupHeader): Promise<void> | void;
  begin?(section: BackupSection): Promise<void> | void;
  row?(values: readonly (string | null)[], section: BackupSection): Promise<void> | void;
  bytes?(bytes: Buffer, section: BackupSection): Promise<void> | void;
  end?(section: BackupSection): Promise<void> | void;
}

/** The file is no whole backup: what was expected where. */
export class BackupDamaged extends Error {
  override readonly name = 'BackupDamaged';
}

const longestLine = 64 * 1024 * 1024;

/** Reads a backup from its first line to its last and checks every count and checksum. @throws BackupDamaged */
export async function readBackup(file: string, reader: BackupReader): Promise<BackupHeader> {
  const check = new Check(reader);
  let at = 0;
  try {
    for await (const line of linesOf(file)) {
      at += 1;
      await check.line(line, at);
    }
  } catch (error) {
    if (error instanceof BackupDamaged || !isFileError(error)) throw error;
    throw new BackupDamaged(`line ${at + 1}: ${error.message}`);
  }
  return check.finish(at);
}

class Check {
  readonly #reader: BackupReader;
  #header: BackupHeader | undefined;
  #section: BackupSection | undefined;
  #hash: Hash = createHash('sha256');
  #rows = 0;
  #sections = 0;
  #complete = false;

  constructor(reader: BackupReader) {
    this.#reader = reader;
  }

  async line(text: string, at: number): Promise<void> {
    const value = parse(text, at);
    if (this.#complete) throw new BackupDamaged(`line ${at}: expected nothing behind the end`);
    if (!this.#header) {
      this.#header = must(header, value, at, `the header of a ${backupFormat}`);
      await this.#reader.header?.(this.#header);
    } else if (!this.#section) await this.#between(value, at);
    else if (typeof value === 'object' && value !== null && !Array.isArray(value)) await this.#close(value, at, this.#section);
    else await this.#content(text, value, at, this.#section);
  }

  finish(lines: number): BackupHeader {
    if (!this.#complete || !this.#header) throw new BackupDamaged(`the file ends early, behind line ${lines}`);
    return this.#header;
  }

  async #between(value: unknown, at: number): Promise<void> {
    const end = footer.safeParse(value);
    if (end.success) {
      if (end.data.sections !== this.#sections)
        throw new BackupDamaged(`line ${at}: expected ${this.#sections} sections, found ${end.data.sections}`);
      this.#complete = true;
      return;
    }
    const opened = must(opening, value, at, 'a table, a file or the end');
    this.#section =
      'table' in opened ? { kind: 'table', table: opened.table, columns: opened.columns } : { kind: 'file', file: opened.file };
    this.#hash = createHash('sha256');
    this.#rows = 0;
    await this.#reader.begin?.(this.#section);
  }

  async #content(text: string, value: unknown, at: number, section: BackupSection): Promise<void> {
    this.#rows += 1;
    this.#hash.update(text).update('\n');
    if (section.kind === 'table') {
      const values = must(row, value, at, 'a row');
      if (values.length !== section.columns.length)
        throw new BackupDamaged(`line ${at}: expected ${section.columns.length} values, found ${values.length}`);
      await this.#reader.row?.(values, section);
    } else await this.#reader.bytes?.(Buffer.from(must(z.string(), value, at, 'base64'), 'base64'), section);
  }

  async #close(value: unknown, at: number, section: BackupSection): Promise<void> {
    const { end, rows, sha256 } = must(closing, value, at, 'the end of the section');
    const what = nameOf(section);
    if (end !== what) throw new BackupDamaged(`line ${at}: expected the end of ${what}, found that of ${end}`);
    if (rows !== this.#rows) throw new BackupDamaged(`${what}: expected ${rows} rows, found ${this.#rows}`);
    if (sha256 !== this.#hash.digest('hex')) throw new BackupDamaged(`${what}: the checksum differs`);
    this.#section = undefined;
    this.#sections += 1;
    await this.#reader.end?.(section);
  }
}

export function nameOf(section: BackupSection): string {
  return section.kind === 'table' ? section.table : section.file;
}

function must<T>(schema: z.ZodType<T>, value: unknown, at: number, expected: string): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new BackupDamaged(`line ${at}: expected ${expected}`);
}

function parse(text: string, at: number): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new BackupDamaged(`line ${at}: expected JSON`);
  }
}

async function* linesOf(file: string): AsyncGenerator<string> {
  let rest = '';
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const source = fs.createReadStream(file);
  const unzipped = createGunzip();
  source.on('error', (error) => unzipped.destroy(error));
  try {
    for await (const chunk of source.pipe(unzipped)) {
      const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
      rest = lines.pop() ?? '';
      if (rest.length > longestLine) throw new BackupDamaged('a line is longer than 64 MiB');
      yield* lines;
    }
  } finally {
    source.destroy();
  }
  if (rest !== '') throw new BackupDamaged('the last line is not complete');
}

/** What zlib, the decoder and the file system say of a file that is not what it should be. */
function isFileError(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && /^(Z_|ERR_ENCODING|ENOENT|EACCES|EISDIR|EIO)/.test(String(error.code));
}
