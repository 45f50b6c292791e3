import path from 'node:path';
import { type Carrier, type ClauseCoverage, type ClauseRow, type Feature, reckon, sourceOf } from '@threerings/core/coverage/reckon';
import type { ImportFault } from '../imports/fault.ts';
import { type Clause, readCatalogue } from '../norm-packs/catalogue.ts';
import { type Classification, readClassification } from './carriers-file.ts';
import { type CarriedByPeople, confirmingRule, type Evidence, readCarriedByPeople, rulesFile } from './catalogue-yaml.ts';
import { examine, type Goldens, readGoldens } from './evidence.ts';
import { readPackCarriers } from './pack-carriers.ts';

/** How every clause is carried. */
export interface Assessment {
  readonly coverage: readonly ClauseCoverage[];
  readonly clauses: ReadonlyMap<string, Clause>;
  readonly features: readonly Feature[];
  readonly people: CarriedByPeople;
  /** false where no golden timelines were shipped along: then nothing is known to be done by the running hotline */
  readonly scenariosSeen: boolean;
}

export type Assessed = { readonly ok: true; readonly value: Assessment } | { readonly ok: false; readonly problems: readonly string[] };

/**
 * Reckons the coverage of every clause by running what proves it: the told timelines of all packs of `packsFolder` are judged, the
 * golden timelines of scenarios beside it are read, tests that rules name are looked up. Whatever the classification names and
 * does not exist is a problem with its line.
 */
export async function assess(packsFolder: string): Promise<Assessed> {
  const folder = path.join(packsFolder, 'catalogue');
  const root = path.join(packsFolder, '..');
  const clauses = await readCatalogue(folder);
  const people = await readCarriedByPeople(folder);
  if (people.value === undefined) return { ok: false, problems: people.faults.map(line) };
  const { rules, form, texts } = people.value;
  const vehicles = new Set([confirmingRule, ...Object.values(form.forms).map(({ rule }) => rule)]);
  const ownRules = Object.keys(rules).filter((id) => !vehicles.has(id));
  const known = { rule: new Set(ownRules), item: idsOf(form.items), text: idsOf(texts) };
  const { classification, faults } = await readClassification(folder, new Set(clauses.keys()), known);
  const goldens = readGoldens(root);
  const packs = await readPackCarriers(packsFolder, goldens);
  if (!packs.ok) return { ok: false, problems: packs.problems };
  const ruled = ruleCarriers(people.value, path.join(folder, rulesFile), root, goldens);
  const unknown = unknownNorms(classification, packs.carriers, path.join(folder, 'carriers.tsv'));
  const problems = [...faults, ...ruled.faults, ...unknown].map(line);
  if (problems.length > 0) return { ok: false, problems };
  const by = (rule: string | undefined) => ruled.carriers.find(({ id }) => id === rule);
  const items = Object.entries(form.items).map(([id, item]) => written('item', id, by(form.forms[item.form]?.rule)));
  const confirmed = Object.keys(texts).map((id) => written('text', id, by(confirmingRule)));
  const carriers = [...packs.carriers, ...ruled.carriers, ...items, ...confirmed];
  const { features } = classification;
  const rows = [...classification.rows].sort(inOrderOfDocuments);
  const coverage = reckon(rows, carriers, features, goldens.seen);
  return { ok: true, value: { coverage, clauses, features, people: people.value, scenariosSeen: goldens.seen.size > 0 } };
}

/** By document, then by number: clauses that were added by a second reading stand at the end of the file. */
function inOrderOfDocuments(a: ClauseRow, b: ClauseRow): number {
  const left = sourceOf(a.clause);
  const right = sourceOf(b.clause);
  if (left !== right) return left < right ? -1 : 1;
  return Number(a.clause.slice(left.length + 1)) - Number(b.clause.slice(right.length + 1));
}

const line = (fault: ImportFault) => `${fault.file}:${fault.line}:${fault.column}: expected ${fault.expected}, found ${fault.found}`;
const idsOf = (table: Readonly<Record<string, unknown>>) => new Set(Object.keys(table));
const nothing = { cites: [], kept: [], broken: [], lacks: [] };

/** An item or a text: shown as far as the rule is by which people fill it in or confirm it. */
function written(kind: 'item' | 'text', id: string, rule: Carrier | undefined): Carrier {
  return { ...nothing, ...rule, kind, id, written: true };
}

function ruleCarriers({ rules, lineOfRule }: CarriedByPeople, file: string, root: string, goldens: Goldens) {
  const faults: ImportFault[] = [];
  const carriers = Object.entries(rules).map(([id, { shown, contrary, lacks = [] }]): Carrier => {
    const examined = (evidences: readonly Evidence[] = []) =>
      evidences.map((evidence) => {
        const { told, wrong } = examine(evidence, root, goldens);
        if (wrong !== undefined) faults.push({ file, line: lineOfRule(id), column: 1, expected: `evidence for ${id}`, found: wrong });
        return told;
      });
    const noContrary = typeof contrary === 'string' ? contrary : undefined;
    const broken = typeof contrary === 'string' ? [] : examined(contrary);
    return { ...nothing, kind: 'rule', id, kept: examined(shown), broken, noContrary, lacks, written: false };
  });
  return { carriers, faults };
}

/** Rows that name a norm which no pack has, or which does not cite the clause. */
function unknownNorms({ rows, lineOf }: Classification, norms: readonly Carrier[], file: string): readonly ImportFault[] {
  return rows.flatMap(({ kind, by, clause }) => {
    if (kind !== 'norm' || by === undefined) return [];
    if (norms.some(({ id, cites }) => id.endsWith(`/${by}`) && cites.includes(clause))) return [];
    return [{ file, line: lineOf(clause), column: 1, expected: `a norm that cites ${clause}`, found: by }];
  });
}
