import type { PhraseFamily } from '@threerings/norms/phrases';
import { compile, type Program, type ResolvedPack } from '@threerings/norms/program';
import { testEnv } from '@threerings/testkit/norms/golden-packs';
import { shippedPack } from './pack.ts';
import { families as thirtyFamilies, thirtyNorms } from './thirty/norms.ts';

/** The common pack, the small ones and the two largest that adopt from it: more than 300 norms in one program. */
export const many = ['common', '12333', 'gbt-33358', 's2', 's0'] as const;

export interface Prepared {
  readonly program: Program;
  readonly families: readonly PhraseFamily[];
  readonly norms: number;
}

const prepared = (packs: readonly ResolvedPack[], families: readonly PhraseFamily[]): Prepared => ({
  program: compile(packs, testEnv(families)),
  families,
  norms: packs.reduce((sum, pack) => sum + pack.norms.length, 0),
});

export function manyNorms(): Prepared {
  const packs = many.map(shippedPack);
  return prepared(packs, [...new Set(packs.flatMap((pack) => pack.families))]);
}

export const onlyThirty = (): Prepared => prepared([thirtyNorms()], thirtyFamilies);

/** Those of the thirty that forbid a phrase. */
export const onlyForbidden = (): Prepared => prepared([thirtyNorms(({ kind }) => kind === 'forbidden')], thirtyFamilies);
