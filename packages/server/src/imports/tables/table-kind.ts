import type { CellFault, ImportKind } from '@threerings/core/wire/imports';
import { type Imported, shown } from '../fault.ts';
import type { Cell, TableRow } from '../table-file.ts';

export interface Bilingual {
  readonly zh: string;
  readonly en: string;
}

export const both = (zh: string, en: string): Bilingual => ({ zh, en });

/** Rows of a document as its table would give them, and what of it was left out. */
export interface DocumentRows {
  readonly rows: readonly TableRow[];
  readonly notes: readonly Bilingual[];
}

/** One column of a kind of table: the heads that it is known by, and what its cells hold. */
export interface ColumnSpec {
  /** the first two, Chinese and English, are shown; all are compared without case, spaces and underscores */
  readonly heads: readonly [zh: string, en: string, ...others: string[]];
  readonly required?: boolean;
  readonly expected: Bilingual;
}

/** A row as its table gives it: cells by column, and how to say that one is wrong. */
export class TableCells<Column extends string> {
  readonly line: number;
  readonly #columns: Readonly<Record<Column, ColumnSpec>>;
  readonly #places: ReadonlyMap<Column, number>;
  readonly #cells: readonly Cell[];
  readonly #faults: CellFault[];

  constructor(row: TableRow, columns: Readonly<Record<Column, ColumnSpec>>, places: ReadonlyMap<Column, number>, faults: CellFault[]) {
    this.line = row.line;
    this.#columns = columns;
    this.#places = places;
    this.#cells = row.cells;
    this.#faults = faults;
  }

  /** Undefined for an empty cell, or a column that the table does not have. */
  text(column: Column): string | undefined {
    const text = this.#cells[this.#places.get(column) ?? -1]?.text ?? '';
    return text === '' ? undefined : text;
  }

  /** The text of a required cell; says so where it is empty. */
  required(column: Column): string {
    const found = this.text(column);
    if (found === undefined) this.fault(column, both('请填写这一格', 'fill in this cell'));
    return found ?? '';
  }

  /** What a cell means by `read`; says what was expected where it means nothing. */
  read<T>(column: Column, read: (text: string) => T | undefined, remedy?: Bilingual): T | undefined {
    const found = this.text(column);
    if (found === undefined) return undefined;
    const value = read(found);
    if (value === undefined) this.fault(column, remedy);
    return value;
  }

  fault(column: Column, remedy: Bilingual = correct, expected?: Bilingual): void {
    const spec = this.#columns[column];
    const place = this.#places.get(column);
    this.#faults.push({
      line: this.line,
      column: this.#cells[place ?? -1]?.column ?? (place ?? 0) + 1,
      head: spec.heads[0],
      expected: expected ?? spec.expected,
      found: shown(this.text(column) ?? ''),
      remedy,
    });
  }
}

const correct = both('改正后重新上传；未写入任何内容', 'correct it and import again; nothing was written');

export type Change = 'fresh' | 'changed' | 'same';

/** A row that was understood: what it would change, and its cells as a person reads them. */
export interface Planned {
  readonly line: number;
  readonly change: Change;
  readonly shown: readonly string[];
}

/** What a table of a kind comes to: rows planned in the order of the table, and how all of them are written, or none. */
export interface Plan {
  readonly rows: readonly Planned[];
  readonly notes: readonly Bilingual[];
  apply(): Promise<void>;
}

/** One kind of table that can be imported. `House` is what it needs of the hotline. */
export interface TableKind<House, Column extends string> {
  readonly kind: ImportKind;
  readonly title: Bilingual;
  readonly columns: Readonly<Record<Column, ColumnSpec>>;
  /** Reads a Word file as such a table; absent = spreadsheets and texts alone. */
  readDocument?(file: string, bytes: Uint8Array): Promise<Imported<DocumentRows>>;
  /** Looks at every row; says through the cells what is wrong. Changes nothing. */
  plan(rows: readonly TableCells<Column>[], house: House): Promise<Plan>;
}

const plain = (head: string) => head.toLowerCase().replace(/[\s_()（）*＊-]/g, '');

/** Where each column stands in the table. */
export function placesOf<Column extends string>(
  head: TableRow | undefined,
  columns: Readonly<Record<Column, ColumnSpec>>,
): ReadonlyMap<Column, number> {
  const places = new Map<Column, number>();
  head?.cells.forEach((cell, place) => {
    const found = plain(cell.text);
    const column = (Object.keys(columns) as Column[]).find((name) => columns[name].heads.some((each) => plain(each) === found));
    if (column !== undefined && !places.has(column)) places.set(column, place);
  });
  return places;
}

/** Says where a key stands a second time in the same table. */
export function twice<Column extends string>(rows: readonly TableCells<Column>[], column: Column, key = (text: string) => text): void {
  const seen = new Map<string, number>();
  for (const row of rows) {
    const found = key(row.text(column) ?? '');
    const first = seen.get(found);
    if (found !== '' && first !== undefined)
      row.fault(
        column,
        both(`第 ${first} 行已有同一个，删去一行`, `line ${first} has the same: delete one of them`),
        both('表内不重复', 'each once'),
      );
    seen.set(found, first ?? row.line);
  }
}
