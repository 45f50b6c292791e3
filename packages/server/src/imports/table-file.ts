import { Readable } from 'node:stream';
import { parse } from 'csv-parse/sync';
import readSheet from 'read-excel-file/node';
import { faulty, type Imported } from './fault.ts';
import { officeFault, soundOffice } from './office-file.ts';
import { readText } from './text-file.ts';

/** A cell as text, with the column at which it begins in its line (for a spreadsheet: its number, A = 1). */
export interface Cell {
  readonly text: string;
  readonly column: number;
}

export interface TableRow {
  readonly line: number;
  readonly cells: readonly Cell[];
}

/** Most rows of one table. */
export const mostRows = 1_000_000;

/** What a workbook may come to when it is unpacked, bytes. */
const largestWorkbook = { entries: 5000, total: 256 * 1024 * 1024 };

/** Rows of a .csv, .tsv, .txt or .xlsx file by its name; empty rows are left out. The first row is the head. */
export async function readTable(file: string, bytes: Uint8Array): Promise<Imported<readonly TableRow[]>> {
  if (/\.xlsx$/i.test(file)) return readWorkbook(file, bytes);
  if (!/\.(csv|tsv|txt)$/i.test(file))
    return faulty({ file, line: 1, column: 1, expected: 'a .csv, .tsv, .txt or .xlsx file', found: 'another kind' });
  const text = readText(file, bytes);
  if (!text.ok) return text;
  return readSeparated(file, text.value);
}

/** Comma, semicolon or tab: the one that the first line holds most of. */
function separatorOf(text: string): string {
  const head = text.slice(0, text.search(/\r?\n|$/));
  const count = (separator: string) => head.split(separator).length;
  return ['\t', ';', '，'].reduce((best, next) => (count(next) > count(best) ? next : best), ',');
}

interface CsvError extends Error {
  readonly lines?: number;
  readonly column?: number | string;
}

function readSeparated(file: string, text: string): Imported<readonly TableRow[]> {
  const separator = separatorOf(text);
  try {
    // The library's types do not know that `info` wraps each record.
    const records = parse(text, {
      bom: true,
      delimiter: separator,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      to: mostRows + 1,
      trim: true,
      max_record_size: 1_000_000,
    }) as unknown as { readonly record: string[]; readonly info: { readonly lines: number } }[];
    if (records.length > mostRows) return tooLong(file);
    return { ok: true, value: records.map(({ record, info }) => ({ line: info.lines, cells: withColumns(record, separator) })) };
  } catch (error) {
    const { lines = 1, column = 1, message } = error as CsvError;
    return faulty({ file, line: lines, column: Number(column) || 1, expected: 'a well-formed table', found: message });
  }
}

function withColumns(texts: readonly string[], separator: string): Cell[] {
  let column = 1;
  return texts.map((text) => {
    const cell = { text, column };
    column += text.length + separator.length;
    return cell;
  });
}

async function readWorkbook(file: string, bytes: Uint8Array): Promise<Imported<readonly TableRow[]>> {
  const sound = soundOffice(bytes, (name) => !/^xl\/(media|drawings|printerSettings)\//.test(name), largestWorkbook);
  if ('zipFault' in sound) return faulty(officeFault(file, bytes, sound, 'an .xlsx workbook'));
  try {
    const [sheet] = await readSheet(Readable.from([sound]));
    const rows = sheet?.data ?? [];
    if (rows.length > mostRows) return tooLong(file);
    const value = rows
      .map((row, at) => ({ line: at + 1, cells: row.map((cell, column) => ({ text: cellText(cell), column: column + 1 })) }))
      .filter((row) => row.cells.some((cell) => cell.text !== ''));
    return { ok: true, value };
  } catch (error) {
    return faulty({
      file,
      line: 1,
      column: 1,
      expected: 'an .xlsx workbook',
      found: error instanceof Error ? error.message : String(error),
    });
  }
}

/** Spreadsheets keep local time in a `Date` that claims UTC: it is read back the same way. */
function cellText(cell: unknown): string {
  if (cell === null || cell === undefined) return '';
  if (cell instanceof Date) return cell.toISOString().slice(0, 19).replace('T', ' ');
  return String(cell).trim();
}

const tooLong = (file: string) => faulty({ file, line: mostRows + 1, column: 1, expected: `at most ${mostRows} rows`, found: 'more' });
