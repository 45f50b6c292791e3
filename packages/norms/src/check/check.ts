import type { Bilingual, Problem } from '../problem.ts';
import type { Pack, ResolvedNorm, Span } from '../tree.ts';
import { type CheckEnvironment, Findings } from './context.ts';
import { checkNorm } from './norm.ts';

export interface Checked {
  /** the norms that have no errors of their own, in the order of the pack */
  readonly norms: readonly ResolvedNorm[];
  readonly problems: readonly Problem[];
}

/**
 * Replaces names, fills windows in, checks types, clauses and horizons (language.md §§6–7). A pack may be used only if no
 * problem is an error.
 */
export function check(pack: Pack, env: CheckEnvironment): Checked {
  const findings = new Findings(env);
  declareAll(pack, findings);
  const ids = new Set<string>();
  const norms: ResolvedNorm[] = [];
  for (const norm of pack.norms) {
    if (ids.has(norm.id)) findings.report('N020', norm.span, { args: { what: { zh: '规范', en: 'norm' }, name: norm.id } });
    ids.add(norm.id);
    const before = findings.errors;
    const resolved = checkNorm(norm, pack, findings);
    if (resolved !== undefined && findings.errors === before) norms.push(resolved);
  }
  return { norms: Object.freeze(norms), problems: findings.problems };
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
    findings.params.set(param.name, param);
  }
  for (const list of pack.lists) {
    declare(list.name, list.span, { zh: '清单', en: 'list' });
    findings.lists.set(list.name, list);
  }
  for (const define of pack.defines) {
    declare(define.name, define.span, { zh: '定义', en: 'definition' });
    findings.defines.set(define.name, define);
  }
  const sources = new Set<string>();
  for (const source of pack.sources) {
    if (sources.has(source.id)) findings.report('N020', source.span, { args: { what: { zh: '出处', en: 'source' }, name: source.id } });
    sources.add(source.id);
  }
}
