import { readFileSync } from 'node:fs';
import type { VerdictValue } from '@threerings/norms/trace';
import { parse } from 'yaml';

/** – where two values cannot meet. */
export type Cell = VerdictValue | '–';

/** What connectives make of the verdicts that two duties alone would have: rows by the left side, columns in the order of `values`. */
export interface TruthTables {
  readonly values: readonly VerdictValue[];
  readonly and: Readonly<Record<VerdictValue, readonly Cell[]>>;
  readonly or: Readonly<Record<VerdictValue, readonly Cell[]>>;
  readonly implies: Readonly<Record<VerdictValue, readonly Cell[]>>;
  readonly unless: Readonly<Record<VerdictValue, readonly Cell[]>>;
  readonly not: Readonly<Record<VerdictValue, VerdictValue>>;
}

export const truthTables = parse(readFileSync(new URL('../../../../golden/truth-tables.yaml', import.meta.url), 'utf8')) as TruthTables;
