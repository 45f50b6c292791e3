import { conflicts, type NameKind, type Names, namesOf, overlaid } from '../adoption/names.ts';
import { usesOf, withFamilies } from '../adoption/uses.ts';
import { didYouMean } from '../messages.ts';
import { nearest } from '../nearest.ts';
import type { Bilingual } from '../problem.ts';
import type {
  AdoptedValue,
  Adoption,
  BaseDeclaration,
  Definition,
  Expression,
  ListDeclaration,
  Norm,
  Pack,
  ParamDeclaration,
  Span,
  ValueType,
} from '../tree.ts';
import { type BasePack, type CheckEnvironment, type Expanded, type Findings, isList, placeOutside } from './context.ts';
import { resolveExpression } from './terms.ts';
import { agree, typeNames, typeOf } from './types.ts';

const kindNames: Readonly<Record<NameKind, Bilingual>> = {
  params: { zh: '参数', en: 'parameter' },
  lists: { zh: '清单', en: 'list' },
  defines: { zh: '定义', en: 'definition' },
  families: { zh: '话术族', en: 'phrase family' },
};

// ---------- base packs

/** The packs that a pack is based on, as far as they can be used. */
export function usableBases(pack: Pack, env: CheckEnvironment): readonly BasePack[] {
  return pack.bases.flatMap((declared) => usable(declared, env) ?? []);
}

function usable(declared: BaseDeclaration, env: CheckEnvironment): BasePack | undefined {
  const base = env.bases?.get(declared.name);
  return typeof base === 'object' && base.version === declared.version ? base : undefined;
}

/** Reports base packs that cannot be used, and names that do not mean the same in all packs that meet here. */
export function checkBases(pack: Pack, findings: Findings): void {
  const own = namesOf(pack, findings.env.families);
  const before: BasePack[] = [];
  const seen = new Set<string>();
  for (const declared of pack.bases) {
    if (seen.has(declared.name))
      findings.report('N020', declared.span, { args: { what: { zh: '基于', en: 'based on' }, name: declared.name } });
    seen.add(declared.name);
    const base = usable(declared, findings.env);
    if (base === undefined) reportUnusable(declared, findings);
    else {
      reportConflicts(own, base, declared.span, findings);
      for (const other of before) reportRivals(other, base, own, declared.span, findings);
      before.push(base);
    }
  }
}

function reportUnusable({ name, version, span }: BaseDeclaration, findings: Findings): void {
  const base = findings.env.bases?.get(name);
  if (base === 'faulty') findings.report('N091', span, { args: { name }, found: name });
  else if (base === 'cyclic') findings.report('N092', span, { args: { name }, found: name });
  else if (base === undefined) {
    const suggestion = didYouMean(nearest(name, findings.env.packsBeside ?? []));
    findings.report('N090', span, { args: { name }, found: name, suggestion });
  } else findings.report('N093', span, { args: { name, have: base.version, want: version }, found: String(version) });
}

/** Own figures take the place of the base pack's; own definitions and families must not look like the base pack's and be others. */
function reportConflicts(own: Names, base: BasePack, span: Span, findings: Findings): void {
  for (const { kind, name } of conflicts(own, base.names, ['defines', 'families'])) {
    const at = kind === 'defines' ? (own.defines.get(name)?.span ?? span) : span;
    findings.report('N097', at, { args: { what: kindNames[kind], name, base: base.name }, found: name });
  }
}

function reportRivals(other: BasePack, base: BasePack, own: Names, span: Span, findings: Findings): void {
  for (const { kind, name } of conflicts(other.names, base.names, ['params', 'lists', 'defines', 'families'])) {
    if ((kind === 'params' || kind === 'lists') && (own.params.has(name) || own.lists.has(name))) continue;
    findings.report('N097', span, { args: { what: kindNames[kind], name, base: other.name }, found: name });
  }
}

// ---------- one adoption

/** The adopted norm as a norm of this pack, and the findings to check it with; undefined when there is no such norm. */
export function expandAdoption(
  adoption: Adoption,
  pack: Pack,
  findings: Findings,
): { readonly expanded: Expanded; readonly inside: Findings } | undefined {
  const declared = pack.bases.find(({ name }) => name === adoption.base);
  if (declared === undefined) {
    const neighbour = nearest(
      adoption.base,
      pack.bases.map(({ name }) => name),
    );
    findings.report('N094', adoption.span, { args: { name: adoption.base }, found: adoption.base, suggestion: didYouMean(neighbour) });
    return undefined;
  }
  const base = usable(declared, findings.env);
  if (base === undefined) return undefined;
  const source = base.expanded.get(adoption.norm);
  if (source === undefined) {
    const suggestion = didYouMean(nearest(adoption.norm, base.expanded.keys()));
    findings.report('N095', adoption.span, { args: { base: base.name, name: adoption.norm }, found: adoption.norm, suggestion });
    return undefined;
  }
  const used = usesOf(source.norm, source.names);
  const own = namesOf(pack, findings.env.families);
  const replaced = new Replacements(adoption, base.name, source.names, findings);
  for (const name of used) replaced.byOwnFigure(name, own);
  for (const value of adoption.values) replaced.byValue(value, used);
  const around = overlaid(overlaid(overlaid(findings.names, source.names), own), replaced);
  const names: Names = { ...around, defines: withFamilies(around.defines, replaced.renamed) };
  const norm = withFamilies(normOf(adoption, base, source.norm), replaced.renamed);
  return { expanded: { norm, names }, inside: findings.inside(names, adoption.span, spansIn(adoption)) };
}

/** What an adoption says about the norm goes before what the base pack says. */
function normOf(adoption: Adoption, base: BasePack, norm: Norm): Norm {
  const occasions = new Set(adoption.actions.map(({ on }) => on));
  return Object.freeze({
    ...norm,
    span: adoption.span,
    id: adoption.id ?? adoption.norm,
    title: adoption.title ?? norm.title,
    cites: adoption.cites,
    severity: adoption.severity ?? norm.severity,
    points: adoption.points ?? norm.points,
    responsible: adoption.responsible ?? norm.responsible,
    nature: adoption.nature ?? norm.nature,
    effective: adoption.effective ?? norm.effective,
    note: adoption.note ?? norm.note,
    actions: Object.freeze([...norm.actions.filter(({ on }) => !occasions.has(on)), ...adoption.actions]),
    adopted: Object.freeze({ pack: base.name, version: base.version, norm: adoption.norm }),
  });
}

/** The names of the base pack that mean something else in one adopted norm. */
class Replacements implements Names {
  readonly params = new Map<string, ParamDeclaration>();
  readonly lists = new Map<string, ListDeclaration>();
  readonly defines = new Map<string, Definition>();
  readonly families: Names['families'] = new Map();
  /** phrase families of the base pack, and those that are heard in their place */
  readonly renamed = new Map<string, string>();
  readonly #adoption: Adoption;
  readonly #base: string;
  readonly #source: Names;
  readonly #findings: Findings;

  constructor(adoption: Adoption, base: string, source: Names, findings: Findings) {
    this.#adoption = adoption;
    this.#base = base;
    this.#source = source;
    this.#findings = findings;
  }

  /** A parameter or list that the adopting pack declares under the same name. */
  byOwnFigure(name: string, own: Names): void {
    const declared = own.params.get(name) ?? own.lists.get(name);
    if (declared !== undefined) this.#sameType(name, this.#typeIn(declared, this.#findings), declared.span);
  }

  /** `其中 name = value` */
  byValue({ name, value, span }: AdoptedValue, used: ReadonlySet<string>): void {
    const { params, lists, defines, families } = this.#source;
    if (!used.has(name)) {
      const fields = [...used].filter((each) => [params, lists, defines, families].some((map) => map.has(each)));
      const args = { name, fields: fields.join('、') };
      this.#findings.report('N096', span, { args, found: name, suggestion: didYouMean(nearest(name, fields)) });
    } else if (params.has(name) || lists.has(name)) this.#byExpression(name, value);
    else if (defines.has(name)) {
      const define = this.#named(value, this.#findings.names.defines, 'defines');
      if (define !== undefined) this.defines.set(name, define);
    } else {
      const family = this.#named(value, this.#findings.names.families, 'families');
      if (family !== undefined) this.renamed.set(name, family.id);
    }
  }

  /** The value is resolved here, because its names mean what they mean in the adopting pack. */
  #byExpression(name: string, value: Expression): void {
    const place = placeOutside(this.#findings);
    const resolved = resolveExpression(value, place);
    this.#sameType(name, typeOf(resolved, place), value.span);
    const { span } = value;
    if (resolved.kind === 'listOf') this.lists.set(name, { name, items: resolved.items as readonly Expression[], span });
    else this.params.set(name, { name, value: resolved as Expression, span });
  }

  #named<T>(value: Expression, known: ReadonlyMap<string, T>, kind: NameKind): T | undefined {
    const found = value.kind === 'param' ? known.get(value.name) : undefined;
    if (found === undefined) {
      const name = value.kind === 'param' ? value.name : '';
      const suggestion = didYouMean(nearest(name, known.keys()));
      this.#findings.report('N022', value.span, { args: { name, what: kindNames[kind] }, found: name, suggestion });
    }
    return found;
  }

  #typeIn(declared: ParamDeclaration | ListDeclaration, findings: Findings): ValueType {
    if (isList(declared)) return 'list';
    return declared.value === undefined ? 'any' : typeOf(resolveExpression(declared.value, placeOutside(findings)), placeOutside(findings));
  }

  #sameType(name: string, type: ValueType, span: Span): void {
    const declared = this.#source.params.get(name) ?? this.#source.lists.get(name);
    if (declared === undefined) return;
    const expected = this.#typeIn(declared, this.#findings.inside(this.#source, this.#adoption.span, new Set()));
    if (agree(expected, type)) return;
    this.#findings.report('N099', span, { args: { name, base: this.#base, left: typeNames[expected], right: typeNames[type] } });
  }
}

/** Every span of the adopting pack's own text in an adoption. */
function spansIn(adoption: Adoption): ReadonlySet<Span> {
  const found = new Set<Span>();
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) for (const item of value) visit(item);
    else if (typeof value === 'object' && value !== null) {
      if ('span' in value) found.add((value as { readonly span: Span }).span);
      for (const [key, child] of Object.entries(value)) if (key !== 'span') visit(child);
    }
  };
  visit(adoption);
  return found;
}
