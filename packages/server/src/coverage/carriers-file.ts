import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { type CarrierKind, type ClauseRow, carrierKinds, type Feature } from '@threerings/core/coverage/reckon';
import { type ImportFault, shown } from '../imports/fault.ts';

/** What people decided about the clauses: how each is carried, and the parts of the software that serve them. */
export interface Classification {
  readonly rows: readonly ClauseRow[];
  readonly features: readonly Feature[];
  /** line of a clause in the file of carriers */
  readonly lineOf: (clause: string) => number;
}

/** Ids that rows may name, by kind. Norms are looked up when the packs are read. */
export type KnownCarriers = Readonly<Record<Exclude<CarrierKind, 'norm'>, ReadonlySet<string>>>;

interface Line {
  readonly number: number;
  readonly cells: readonly string[];
}

const carriersFile = 'carriers.tsv';
const featuresFile = 'features.tsv';

/**
 * Reads `carriers.tsv` and `features.tsv` of the catalogue's folder. Every clause stands there once; an unknown clause, carrier or
 * feature is told at its line, a missing clause, and a carrier that no clause
 * names, at the end of the file.
 */
export async function readClassification(
  folder: string,
  clauses: ReadonlySet<string>,
  known: KnownCarriers,
): Promise<{ readonly classification: Classification; readonly faults: readonly ImportFault[] }> {
  const featureTable = await linesOf(path.join(folder, featuresFile), ['feature', 'zh', 'en', 'events']);
  const features = featureTable.lines.map(({ cells: [id = '', zh = '', en = '', events = '-'] }) => {
    return { id, zh, en, events: events === '-' ? [] : events.split(',') };
  });
  const table = await linesOf(path.join(folder, carriersFile), ['clause', 'carrier', 'by', 'feature']);
  const seen = new Map<string, number>();
  const rows: ClauseRow[] = [];
  const faults = [...featureTable.faults, ...table.faults];
  const featureIds = new Set(features.map(({ id }) => id));
  for (const line of table.lines) {
    const [clause = '', kind = '', by = '', feature = ''] = line.cells;
    const wrong = wrongIn({ clause, kind, by, feature }, { clauses, known, featureIds, seen });
    if (wrong !== undefined) faults.push({ file: table.file, line: line.number, column: 1, ...wrong });
    seen.set(clause, line.number);
    rows.push({ clause, kind: kind as CarrierKind, by: by === '-' ? undefined : by, feature });
  }
  for (const clause of clauses) {
    if (!seen.has(clause)) faults.push({ file: table.file, line: table.end, column: 1, expected: `a line for ${clause}`, found: 'none' });
  }
  const named = new Set(rows.map(({ kind, by }) => `${kind} ${by}`));
  for (const [kind, ids] of Object.entries(known)) {
    for (const id of ids) {
      if (!named.has(`${kind} ${id}`))
        faults.push({ file: table.file, line: table.end, column: 1, expected: `a clause for the ${kind} ${id}`, found: 'none' });
    }
  }
  return { classification: { rows, features, lineOf: (clause) => seen.get(clause) ?? table.end }, faults };
}

interface Names {
  readonly clauses: ReadonlySet<string>;
  readonly known: KnownCarriers;
  readonly featureIds: ReadonlySet<string>;
  readonly seen: ReadonlyMap<string, number>;
}

function wrongIn(row: Readonly<Record<'clause' | 'kind' | 'by' | 'feature', string>>, { clauses, known, featureIds, seen }: Names) {
  const { clause, kind, by, feature } = row;
  if (!clauses.has(clause)) return { expected: 'a clause of the catalogue', found: shown(clause) };
  if (seen.has(clause)) return { expected: 'each clause once', found: `${clause} again, first at line ${seen.get(clause)}` };
  if (!isKind(kind)) return { expected: carrierKinds.join(', '), found: shown(kind) };
  if (kind !== 'norm' && !known[kind].has(by)) return { expected: `the id of a ${kind}`, found: shown(by) };
  if (!featureIds.has(feature)) return { expected: `a feature of ${featuresFile}`, found: shown(feature) };
  return undefined;
}

function isKind(text: string): text is CarrierKind {
  return carrierKinds.some((kind) => kind === text);
}

async function linesOf(file: string, head: readonly string[]) {
  const all = (await readFile(file, 'utf8')).trimEnd().split('\n');
  const wanted = head.join('\t');
  const faults: ImportFault[] = all[0] === wanted ? [] : [{ file, line: 1, column: 1, expected: wanted, found: shown(all[0] ?? '') }];
  const lines: Line[] = [];
  for (const [index, text] of all.slice(1).entries()) {
    const number = index + 2;
    const cells = text.split('\t');
    if (cells.length === head.length && cells.every((cell) => cell !== '')) lines.push({ number, cells });
    else faults.push({ file, line: number, column: 1, expected: `${head.length} filled cells`, found: shown(text) });
  }
  return { file, lines, faults, end: all.length };
}
