import { createHash } from 'node:crypto';
import type { CellFault, ImportKind, ImportReport } from '@threerings/core/wire/imports';
import type { Imported } from '../fault.ts';
import { readTable, type TableRow } from '../table-file.ts';
import { expectedWords, fileRemedy } from './file-fault-words.ts';
import { both, type DocumentRows, type Plan, placesOf, TableCells, type TableKind } from './table-kind.ts';

/** Rows of one table that is imported through a page or a command. */
export const mostTableRows = 20_000;
/** Faults and rows that a report shows; all are counted. */
const mostShown = 200;

export interface TableGiven {
  /** its ending says what it is: .xlsx, .csv, .tsv, .txt */
  readonly file: string;
  readonly bytes: Uint8Array;
  /** false = only looks */
  readonly apply: boolean;
}

/** A kind whose columns were forgotten, so that kinds can stand in one list. */
export interface AnyTableKind<House> {
  readonly kind: ImportKind;
  read(given: TableGiven, house: House): Promise<ImportReport>;
  readonly form: Pick<TableKind<House, string>, 'title' | 'columns' | 'readDocument'>;
}

/**
 * Reads a table, says what it would change, and changes it when it is asked to and nothing at all is wrong. The same table again
 * changes nothing.
 */
export function tableKind<House, Column extends string>(kind: TableKind<House, Column>): AnyTableKind<House> {
  return { kind: kind.kind, form: kind, read: (given, house) => readKind(kind, given, house) };
}

async function readKind<House, Column extends string>(
  kind: TableKind<House, Column>,
  { file, bytes, apply }: TableGiven,
  house: House,
): Promise<ImportReport> {
  const digest = createHash('sha256').update(bytes).digest('hex');
  const table = await rowsOf(kind, file, bytes);
  if (!table.ok) {
    const faults = table.faults.map(({ line, column, expected, found }) => ({
      ...{ line, column, head: '', found },
      expected: expectedWords(expected),
      remedy: fileRemedy(file),
    }));
    return reportOf(kind.kind, file, digest, faults);
  }
  const [head, ...body] = table.value.rows;
  const faults = headFaults(kind, head, body.length);
  if (faults.length > 0) return reportOf(kind.kind, file, digest, faults);
  const places = placesOf(head, kind.columns);
  const cells = body.map((row) => new TableCells(row, kind.columns, places, faults));
  const plan = await kind.plan(cells, house);
  const written = apply && faults.length === 0;
  if (written) await plan.apply();
  return reportOf(kind.kind, file, digest, faults, { ...plan, notes: [...table.value.notes, ...plan.notes] }, written);
}

async function rowsOf<House, Column extends string>(
  kind: TableKind<House, Column>,
  file: string,
  bytes: Uint8Array,
): Promise<Imported<DocumentRows>> {
  if (kind.readDocument !== undefined && /\.docx$/i.test(file)) return kind.readDocument(file, bytes);
  const table = await readTable(file, bytes);
  return table.ok ? { ok: true, value: { rows: table.value, notes: [] } } : table;
}

/** Endings of the files that a kind is read from. */
export function endingsOf<House>({ form }: AnyTableKind<House>): readonly string[] {
  return ['.xlsx', '.csv', '.tsv', '.txt', ...(form.readDocument === undefined ? [] : ['.docx'])];
}

function headFaults<House, Column extends string>(
  { columns }: TableKind<House, Column>,
  head: TableRow | undefined,
  rows: number,
): CellFault[] {
  const line = head?.line ?? 1;
  if (rows > mostTableRows) {
    const expected = both(`最多 ${mostTableRows} 行`, `at most ${mostTableRows} rows`);
    return [{ line, column: 1, head: '', expected, found: String(rows), remedy: both('分成几个文件', 'split it into several files') }];
  }
  const places = placesOf(head, columns);
  return (Object.keys(columns) as Column[]).flatMap((name) => {
    const { required, heads } = columns[name];
    if (required !== true || places.has(name)) return [];
    const expected = both(`表头有“${heads[0]}”一列`, `a column with the head “${heads[1]}”`);
    const found = head?.cells.map(({ text }) => text).join(', ') ?? '';
    return [{ line, column: 1, head: heads[0], expected, found: found.slice(0, 80), remedy: both('补上这一列', 'add the column') }];
  });
}

function reportOf(
  kind: ImportKind,
  file: string,
  digest: string,
  faults: readonly CellFault[],
  plan?: Plan,
  applied = false,
): ImportReport {
  const lines = new Set(faults.map(({ line }) => line));
  const count = (change: string) => plan?.rows.filter((row) => row.change === change && !lines.has(row.line)).length ?? 0;
  return {
    ...{ kind, file, digest, applied },
    counts: { fresh: count('fresh'), changed: count('changed'), same: count('same'), faulty: lines.size },
    faults: [...faults].sort((a, b) => a.line - b.line || a.column - b.column).slice(0, mostShown),
    rows: (plan?.rows ?? []).slice(0, mostShown).map(({ line, change, shown }) => ({ line, change, shown: [...shown] })),
    // What an import would bring about is said of a table that can be imported.
    notes: faults.length > 0 ? [] : [...(plan?.notes ?? [])],
  };
}
