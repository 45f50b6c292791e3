import { isFault, type JsonNode, readJson as readJsonText } from '@threerings/core/timeline/read-json';
import type { TranscriptRow } from '@threerings/core/timeline/transcript-import';
import { faulty, type Imported, type ImportFault, shown } from './fault.ts';
import { readTable, type TableRow } from './table-file.ts';
import { readText } from './text-file.ts';

const roles: Readonly<Record<string, TranscriptRow['role']>> = {
  agent: 'agent',
  坐席: 'agent',
  客服: 'agent',
  话务员: 'agent',
  customer: 'customer',
  caller: 'customer',
  客户: 'customer',
  来电者: 'customer',
  用户: 'customer',
};
const columns = ['start_ms', 'end_ms', 'role', 'text'] as const;
type Column = (typeof columns)[number];

/** Longest call of which a transcript is read, ms (24 h), and longest utterance, characters. */
const longestCallMs = 86_400_000;
const longestText = 10_000;

/**
 * Reads a transcript: a table (TSV, CSV, xlsx) with the columns start_ms, end_ms, role and text in any order, or JSON (an
 * array of such objects, or `{"rows": […]}`). All faults of the file are reported together.
 */
export async function readTranscript(file: string, bytes: Uint8Array): Promise<Imported<readonly TranscriptRow[]>> {
  if (/\.json$/i.test(file)) return readJson(file, bytes);
  const table = await readTable(file, bytes);
  if (!table.ok) return table;
  const [head, ...rows] = table.value;
  const places = headOf(file, head);
  if (!places.ok) return places;
  return collect(file, rows, (row) => {
    const cell = (name: Column) => row.cells[places.value[name]] ?? { text: '', column: 1 };
    return {
      values: { start_ms: cell('start_ms').text, end_ms: cell('end_ms').text, role: cell('role').text, text: cell('text').text },
      at: (name) => ({ line: row.line, column: cell(name).column }),
    };
  });
}

function headOf(file: string, head: TableRow | undefined): Imported<Readonly<Record<Column, number>>> {
  const names = head?.cells.map((cell) => cell.text.toLowerCase()) ?? [];
  const missing = columns.filter((name) => !names.includes(name));
  if (missing.length === 0)
    return { ok: true, value: Object.fromEntries(columns.map((name) => [name, names.indexOf(name)])) as Record<Column, number> };
  const found = names.length > 0 ? shown(names.join(', ')) : 'an empty file';
  return faulty({
    file,
    line: head?.line ?? 1,
    column: 1,
    expected: `a head with ${columns.join(', ')}; missing ${missing.join(', ')}`,
    found,
  });
}

interface RawRow {
  readonly values: Readonly<Record<Column, unknown>>;
  at(name: Column): { readonly line: number; readonly column: number };
}

function collect<T>(file: string, rows: readonly T[], open: (row: T, index: number) => RawRow): Imported<readonly TranscriptRow[]> {
  const faults: ImportFault[] = [];
  const read = rows.map((row, index) => readRow(file, open(row, index), faults));
  if (faults.length > 0) return faulty(...faults);
  if (read.length === 0) return faulty({ file, line: 1, column: 1, expected: 'at least one utterance', found: 'none' });
  return { ok: true, value: read };
}

function readRow(file: string, row: RawRow, faults: ImportFault[]): TranscriptRow {
  const fault = (name: Column, expected: string) =>
    faults.push({ file, ...row.at(name), expected: `${name}: ${expected}`, found: shown(String(row.values[name] ?? '')) });
  const ms = (name: 'start_ms' | 'end_ms') => {
    const value = typeof row.values[name] === 'number' ? row.values[name] : Number(String(row.values[name] ?? '').trim() || Number.NaN);
    if (!Number.isInteger(value) || value < 0 || value > longestCallMs) fault(name, `whole milliseconds from 0 to ${longestCallMs}`);
    return value;
  };
  const startMs = ms('start_ms');
  const endMs = ms('end_ms');
  if (endMs < startMs) fault('end_ms', `not before start_ms (${startMs})`);
  const role =
    roles[
      String(row.values.role ?? '')
        .trim()
        .toLowerCase()
    ];
  if (!role) fault('role', 'agent or customer (坐席, 客户)');
  const text = String(row.values.text ?? '').trim();
  if (text === '' || text.length > longestText) fault('text', `what was said, 1 to ${longestText} characters`);
  return { startMs, endMs, role: role ?? 'agent', text };
}

function readJson(file: string, bytes: Uint8Array): Imported<readonly TranscriptRow[]> {
  const text = readText(file, bytes);
  if (!text.ok) return text;
  const place = (offset: number) => {
    const before = text.value.slice(0, offset - 1);
    return { line: before.split('\n').length, column: offset - 1 - before.lastIndexOf('\n') };
  };
  const read = readJsonText(text.value);
  if (isFault(read)) return faulty({ file, ...place(read.column), expected: read.expected, found: read.found });
  const rows = read.value instanceof Map ? read.value.get('rows')?.value : read.value;
  if (!Array.isArray(rows))
    return faulty({ file, line: 1, column: 1, expected: 'an array of {start_ms, end_ms, role, text}', found: shown(text.value) });
  return collect(file, rows as readonly JsonNode[], (row) => {
    const members: ReadonlyMap<string, JsonNode> = row.value instanceof Map ? row.value : new Map();
    const values = Object.fromEntries(columns.map((name) => [name, members.get(name)?.value])) as Record<Column, unknown>;
    return { values, at: (name) => place((members.get(name) ?? row).column) };
  });
}
