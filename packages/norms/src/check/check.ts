import { namesOf, noNames, overlaid } from '../adoption/names.ts';
import type { Bilingual, Problem } from '../problem.ts';
import type { Pack, ResolvedNorm, Span } from '../tree.ts';
import { checkBases, expandAdoption, usableBases } from './adoption.ts';
import { type BasePack, type CheckEnvironment, type Expanded, Findings } from './context.ts';
import { checkNorm } from './norm.ts';

export interface Checked {
  /** the norms that have no errors of their own, in the order of the pack: first those written in it, then those adopted */
  readonly norms: readonly ResolvedNorm[];
  readonly problems: readonly Problem[];
  /** what packs that are based on this one take from it */
  readonly offers: Pick<BasePack, 'names' | 'expanded'>;
}

/**
 * Replaces names, fills windows in, checks types, clauses and horizons (language.md §§6–7). A pack may be used only if no
 * problem is an error.
 */
export function check(pack: Pack, env: CheckEnvironment): Checked {
  const around = usableBases(pack, env).reduce((names, base) => overlaid(names, base.names), noNames);
  const findings = new Findings(env, overlaid(around, namesOf(pack, env.families)));
  declareAll(pack, findings);
  checkBases(pack, findings);
  const expanded = new Map<string, Expanded>();
  const norms: ResolvedNorm[] = [];
  const take = (one: Expanded, inside: Findings): void => {
    const { norm } = one;
    if (expanded.has(norm.id)) findings.report('N020', norm.span, { args: { what: { zh: '规范', en: 'norm' }, name: norm.id } });
    else expanded.set(norm.id, one);
    const before = findings.errors;
    const resolved = checkNorm(norm, pack, inside, findings);
    if (resolved !== undefined && findings.errors === before) norms.push(resolved);
  };
  for (const norm of pack.norms) take({ norm, names: findings.names }, findings);
  for (const adoption of pack.adoptions) {
    const one = expandAdoption(adoption, pack, findings);
    if (one !== undefined) take(one.expanded, one.inside);
  }
  return { norms: Object.freeze(norms), problems: findings.problems, offers: { names: findings.names, expanded: applied(pack, expanded) } };
}

/** The norms as they hold in other packs: where 适用 of this pack holds. */
function applied(pack: Pack, expanded: ReadonlyMap<string, Expanded>): ReadonlyMap<string, Expanded> {
  const { applies } = pack;
  if (applies === undefined) return expanded;
  return new Map(
    [...expanded].map(([id, { norm, names }]) => {
      const guard =
        norm.guard === undefined ? applies : Object.freeze({ kind: 'and' as const, items: [applies, norm.guard], span: applies.span });
      return [id, { norm: { ...norm, guard }, names }];
    }),
  );
}

function declareAll(pack: Pack, findings: Findings): void {
  const names = new Set<string>();
  const declare = (name: string, span: Span, what: Bilingual): void => {
    if (names.has(name)) findings.report('N020', span, { args: { what, name } });
    if (findings.env.lexicon.meanings.has(name)) findings.report('N021', span, { args: { name }, found: name });
    names.add(name);
  };
  for (const param of pack.params) {
    declare(param.name, param.span, { zh: '参数', en: 'parameter' });
  }
  for (const list of pack.lists) {
    declare(list.name, list.span, { zh: '清单', en: 'list' });
  }
  for (const define of pack.defines) {
    declare(define.name, define.span, { zh: '定义', en: 'definition' });
  }
  const sources = new Set<string>();
  for (const source of pack.sources) {
    if (sources.has(source.id)) findings.report('N020', source.span, { args: { what: { zh: '出处', en: 'source' }, name: source.id } });
    sources.add(source.id);
  }
}
