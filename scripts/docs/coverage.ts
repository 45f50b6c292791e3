import { carrierKinds, coverageStates, provenShare, sourceOf, totalsOf } from '@threerings/core/coverage/reckon';
import { packsFolder } from '@threerings/server/composition/norms-in-force';
import { type Assessment, assess } from '@threerings/server/coverage/assess';
import { page, table } from './table.ts';

/** How every clause is carried, as `threerings coverage` reckons it. */
export async function coveragePage(): Promise<string> {
  const assessed = await assess(packsFolder);
  if (!assessed.ok) throw new Error(assessed.problems.join('\n'));
  const { value } = assessed;
  const totals = totalsOf(value.coverage.filter(({ clause }) => value.clauses.get(clause)?.standard !== true));
  return page('Coverage of the clauses', 'packs', [
    'What each clause of the source documents is carried by, reckoned by `threerings coverage` from the packs’ own stories and the',
    'golden timelines of scenarios. What the words mean: [packs and coverage](../guides/packs.md). Totals are those of the hotline documents;',
    'clauses of the standard S33358 stand beside them.',
    '',
    `This version could show ${totals.observable} of ${totals.clauses} clauses; **${totals.proven}** of them are proven (${provenShare(totals).toFixed(1)} %), ` +
      `${totals.provenByEar} only where there is a transcript. Nothing else counts as covered.`,
    '',
    table(
      ['carried by', ...coverageStates, 'clauses'],
      [...carrierKinds.map((kind) => counted(kind, totals.byKind[kind])), counted('all', totals.byState)],
    ),
    '',
    '## By document',
    '',
    table(
      ['document', ...coverageStates, 'clauses', 'could be shown', 'proven of these'],
      sourcesOf(value).map((source) => sourceRow(source, value)),
    ),
    '',
    '## What is waited for',
    '',
    table(['feature', 'clauses'], waitedFor(value)),
    ...sourcesOf(value).flatMap((source) => ['', `## ${source} ${titleOf(source, value)}`, '', clauseTable(source, value)]),
  ]);
}

function counted(name: string, counts: Readonly<Record<string, number>>): readonly string[] {
  const numbers = coverageStates.map((state) => counts[state] ?? 0);
  return [name, ...numbers.map(String), String(numbers.reduce((sum, one) => sum + one, 0))];
}

function sourcesOf({ coverage }: Assessment): readonly string[] {
  return [...new Set(coverage.map(({ clause }) => sourceOf(clause)))];
}

function titleOf(source: string, { clauses }: Assessment): string {
  return [...clauses.values()].find(({ clause }) => sourceOf(clause) === source)?.document ?? '';
}

function sourceRow(source: string, value: Assessment): readonly string[] {
  const totals = totalsOf(value.coverage.filter(({ clause }) => sourceOf(clause) === source));
  return [
    ...counted(`${source} ${titleOf(source, value)}`, totals.byState),
    String(totals.observable),
    totals.observable === 0 ? '–' : `${provenShare(totals).toFixed(0)} %`,
  ];
}

function waitedFor({ coverage, features }: Assessment): readonly (readonly string[])[] {
  return features
    .map(({ id, en }) => [`${en} (\`${id}\`)`, coverage.filter(({ waitsFor }) => waitsFor === id).length] as const)
    .filter(([, count]) => count > 0)
    .sort(([, a], [, b]) => b - a)
    .map(([feature, count]) => [feature, String(count)]);
}

function clauseTable(source: string, { coverage, clauses }: Assessment): string {
  const rows = coverage
    .filter(({ clause }) => sourceOf(clause) === source)
    .map(({ clause, kind, state, by, waitsFor }) => [
      clause,
      clauses.get(clause)?.zh ?? '',
      kind,
      state,
      by.map((id) => `\`${id}\``).join(' '),
      waitsFor ?? '',
    ]);
  return table(['clause', '条款', 'carried by', 'state', 'which', 'waits for'], rows);
}
