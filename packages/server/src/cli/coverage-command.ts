import {
  type ClauseCoverage,
  type CoverageTotals,
  carrierKinds,
  coverageStates,
  provenShare,
  sourceOf,
  totalsOf,
} from '@threerings/core/coverage/reckon';
import { integer, text, yesNo } from '../config/kinds.ts';
import { option } from '../config/option.ts';
import { printable } from '../config/read-options.ts';
import { type Assessment, assess } from '../coverage/assess.ts';
import { suggestion } from './arguments.ts';
import { command, exit, type RegisteredCommand } from './command.ts';
import { languageOption } from './norm-commands-judge.ts';

/** Says of every clause of the source documents how it is carried, and shows it. */
export function coverageCommand(packsFolder: string): RegisteredCommand {
  return command({
    name: 'coverage',
    summary: 'says of every clause of the source documents how it is carried and what proves it, by running the packs’ stories',
    options: {
      source: option(text(20), { help: 'clauses of this document only, for example S1a', fallback: undefined, shown: 'all' }),
      failUnder: option(integer(0, 100), {
        help: 'exit code 1 when fewer than N per cent of the clauses that this version could show are proven',
        fallback: undefined,
        shown: 'never',
      }),
      json: option(yesNo, { help: 'one JSON object a clause, then one with the totals', fallback: false }),
      language: languageOption,
    },
    takesSettings: false,
    async run({ options, terminal }) {
      const assessed = await assess(packsFolder);
      if (!assessed.ok) return { exit: exit.usage, message: assessed.problems.join('\n') };
      const { value } = assessed;
      const asked = value.coverage.filter(({ clause }) => options.source === undefined || sourceOf(clause) === options.source);
      if (asked.length === 0) return { exit: exit.usage, message: unknownSource(options.source ?? '', value) };
      const totals = totalsOf(asked.filter(({ clause }) => options.source !== undefined || !isStandard(clause, value)));
      if (!value.scenariosSeen) terminal.note('no golden timelines here: nothing counts as done by the running hotline');
      for (const one of asked) terminal.print(options.json ? JSON.stringify(one) : clauseLine(one, value, options.language));
      for (const line of options.json ? [JSON.stringify({ totals })] : totalLines(totals)) terminal.print(line);
      const share = provenShare(totals);
      if (options.failUnder === undefined || share >= options.failUnder) return { exit: exit.done };
      return {
        exit: exit.no,
        message: `${share.toFixed(1)} % of the clauses that this version could show are proven, less than ${options.failUnder} %`,
      };
    },
  });
}

/** Totals are those of the hotline documents; a standard stands beside them. */
function isStandard(clause: string, { clauses }: Assessment): boolean {
  return clauses.get(clause)?.standard === true;
}

function unknownSource(found: string, { coverage }: Assessment): string {
  if (found === 'S1g') return 'S1g repeats S1a word for word and has no clauses of its own: ask for S1a';
  const sources = [...new Set(coverage.map(({ clause }) => sourceOf(clause)))];
  return `--source: expected one of ${sources.join(', ')}, found "${printable(found)}"${suggestion(found, sources)}`;
}

function clauseLine(one: ClauseCoverage, { clauses }: Assessment, language: 'zh' | 'en'): string {
  const columns = [
    one.clause.padEnd(6),
    one.kind.padEnd(4),
    one.state.padEnd(7),
    one.by.join(', ') || '–',
    ...waiting(one),
    ...mark('✓', one.kept),
    ...mark('✗', one.broken),
    clauses.get(one.clause)?.[language] ?? '',
  ];
  return columns.join('  ');
}

function waiting({ waitsFor, lacks }: ClauseCoverage): readonly string[] {
  if (waitsFor === undefined) return [];
  return [`waits for ${waitsFor}${lacks.length > 0 ? ` (${lacks.join(', ')})` : ''}`];
}

/** The first that shows it, and how many more do. */
function mark(sign: string, shown: readonly string[]): readonly string[] {
  const [first] = shown;
  return first === undefined ? [] : [`${sign} ${first}${shown.length > 1 ? ` +${shown.length - 1}` : ''}`];
}

function totalLines(totals: CoverageTotals): readonly string[] {
  const row = (name: string, counts: Readonly<Record<string, number>>) => {
    const sum = Object.values(counts).reduce((total, count) => total + count, 0);
    return [name.padEnd(8), ...[...coverageStates.map((state) => counts[state] ?? 0), sum].map((count) => String(count).padStart(8))].join(
      '',
    );
  };
  return [
    '',
    ['        ', ...[...coverageStates, 'clauses'].map((head) => head.padStart(8))].join(''),
    ...carrierKinds.map((kind) => row(kind, totals.byKind[kind])),
    row('all', totals.byState),
    '',
    `this version could show ${totals.observable} of ${totals.clauses} clauses; ${totals.proven} of them are proven (${provenShare(totals).toFixed(1)} %)`,
    `${totals.provenByEar} of the proven can be told only where there is a transcript`,
  ];
}
