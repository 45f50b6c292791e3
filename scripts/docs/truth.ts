import { type TruthTables, truthTables } from '@threerings/testkit/norms/truth-tables';
import { table } from './table.ts';

const { values, not } = truthTables;

/** The table of one connective as it stands in golden/truth-tables.yaml, which the tests try on the engine. */
export function truthTable(name: Exclude<keyof TruthTables, 'values' | 'not'>): string {
  return table(
    ['', ...values],
    values.map((value) => [`**${value}**`, ...truthTables[name][value]]),
  );
}

export const notTable = (): string => table(['', ...values], [['**not**', ...values.map((value) => not[value])]]);
