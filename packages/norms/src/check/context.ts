import type { Names } from '../adoption/names.ts';
import { slotGrammars } from '../lexical/slots.ts';
import { type Code, type Details, problemAt } from '../messages.ts';
import { type PhraseFamily, slotTypes } from '../phrases.ts';
import type { Bilingual, Problem } from '../problem.ts';
import type { Lexicon } from '../syntax/lexicon.ts';
import type { Definition, ListDeclaration, Norm, ParamDeclaration, ScopeId, Span, ValueType } from '../tree.ts';
import type { EventSpec, IntervalSpec } from '../vocabulary.ts';

/** A norm as it stands in its pack, with what its names mean there: what other packs adopt. */
export interface Expanded {
  readonly norm: Norm;
  readonly names: Names;
}

/** A checked pack that others may be based on. */
export interface BasePack {
  readonly name: string;
  readonly version: number;
  readonly names: Names;
  readonly expanded: ReadonlyMap<string, Expanded>;
}

/** What a pack is checked against. */
export interface CheckEnvironment {
  readonly lexicon: Lexicon;
  readonly families: readonly PhraseFamily[];
  /** ids of the clause catalogue; absent = clauses are not looked up */
  readonly clauses?: ReadonlySet<string> | undefined;
  /** packs by name that this one may be based on, or why they cannot be used */
  readonly bases?: ReadonlyMap<string, BasePack | 'faulty' | 'cyclic'> | undefined;
  /** names of packs that could be meant, for suggestions */
  readonly packsBeside?: readonly string[] | undefined;
}

/** The names of an adopted norm; problems in text that is not the adopting pack's are told at the adoption. */
interface Inside {
  readonly at: Span;
  /** spans that lie in the adopting pack */
  readonly own: ReadonlySet<Span>;
  readonly problems: Map<string, Problem>;
  readonly count: { errors: number };
}

/** The tables of one run of the checker, and the problems it finds. */
export class Findings {
  readonly env: CheckEnvironment;
  readonly names: Names;
  readonly events: ReadonlyMap<string, EventSpec>;
  readonly intervals: ReadonlyMap<string, IntervalSpec>;
  readonly #inside: Inside | undefined;
  readonly #problems: Map<string, Problem>;
  readonly #count: { errors: number };

  constructor(env: CheckEnvironment, names: Names, inside?: Inside) {
    this.env = env;
    this.names = names;
    this.events = new Map(env.lexicon.vocabulary.events.map((event) => [event.id, event]));
    this.intervals = new Map(env.lexicon.vocabulary.intervals.map((interval) => [interval.id, interval]));
    this.#inside = inside;
    this.#problems = inside?.problems ?? new Map();
    this.#count = inside?.count ?? { errors: 0 };
  }

  /** The same run inside an adopted norm. */
  inside(names: Names, at: Span, own: ReadonlySet<Span>): Findings {
    return new Findings(this.env, names, { at, own, problems: this.#problems, count: this.#count });
  }

  /** The same mistake at the same place (in a definition used twice) is reported once. */
  report(code: Code, span: Span, details: Details = {}): void {
    const inside = this.#inside;
    const problem = problemAt(code, span, details);
    const told = inside === undefined || inside.own.has(span) ? problem : adopted(problem, inside.at, details);
    const key = `${told.code} ${told.span.file} ${told.span.start} ${told.span.end}${told === problem ? '' : told.message.zh}`;
    if (this.#problems.has(key)) return;
    this.#problems.set(key, told);
    if (told.severity === 'error') this.#count.errors++;
  }

  get problems(): readonly Problem[] {
    return [...this.#problems.values()];
  }

  /** How many errors (not warnings) have been found. */
  get errors(): number {
    return this.#count.errors;
  }

  /** Fields that a hit of the family may carry; every slot there is for a family that does not exist (N028 says so). */
  slotsOfFamily(name: string): ReadonlySet<string> {
    const family = this.names.families.get(name);
    if (family === undefined) return new Set(Object.keys(slotTypes));
    const words = family.variants.flatMap((variant) => [...variant.matchAll(/\{([^{}]*)\}/g)].map((slot) => slot[1] ?? ''));
    return new Set(words.map((word) => slotGrammars.get(word)?.id ?? word));
  }

  /** A field or noted name as people write it. */
  fieldLabel(id: string): Bilingual {
    return this.env.lexicon.words.get(`field:${id}`) ?? { zh: id, en: id };
  }

  fieldLabels(ids: Iterable<string>): Bilingual {
    const labels = [...ids].map((id) => this.fieldLabel(id));
    return { zh: labels.map((label) => label.zh).join('、'), en: labels.map((label) => label.en).join(', ') };
  }

  /** A keyword in both tongues. */
  keyword(id: string): Bilingual {
    return this.env.lexicon.words.get(`keyword:${id}`) ?? { zh: id, en: id };
  }
}

/** A problem of the base pack's text, where it was adopted. */
function adopted({ message, severity, found, suggestion }: Problem, at: Span, { expected }: Details): Problem {
  return problemAt('N098', at, { args: { fault: message }, severity, found, suggestion, expected });
}

export type DefaultWindow = 'before' | 'thatTime' | 'whole' | 'toEnd';

/** Where in a norm the checker is: what names are known, and what may stand here. */
export interface Place {
  readonly findings: Findings;
  readonly scope: ScopeId;
  /** noted variables; grows only while the trigger is read */
  readonly variables: Map<string, ValueType>;
  readonly triggerFields: ReadonlyMap<string, ValueType>;
  /** 记 may stand here */
  readonly binding: boolean;
  /** the norm begins with 期间 */
  readonly inInterval: boolean;
  /** the norm begins with 振铃 or 响铃期间, so that rings are time */
  readonly ringing: boolean;
  /** the clause that may only look back */
  readonly pastOnly?: Bilingual | undefined;
  /** inside 除非: may wait for ever, the duty's own deadline settles it */
  readonly excuse: boolean;
  /** names of parameters and definitions being replaced, against circles */
  readonly replacing: readonly (ParamDeclaration | ListDeclaration | Definition)[];
}

/** Outside any norm: where the values of a pack stand. */
export function placeOutside(findings: Findings): Place {
  return {
    findings,
    scope: 'call',
    variables: new Map(),
    triggerFields: new Map(),
    binding: false,
    inInterval: false,
    ringing: true,
    excuse: false,
    replacing: [],
  };
}

export function isList(declaration: ParamDeclaration | ListDeclaration): declaration is ListDeclaration {
  return 'items' in declaration;
}

/** A role before an interval is right only where the interval belongs to whoever opened it (坐席 说话). */
export function checkIntervalRole(role: string | undefined, interval: string, span: Span, findings: Findings): void {
  const spec = findings.intervals.get(interval);
  if (role === undefined || spec === undefined || spec.key === 'by') return;
  findings.report('N031', span, { args: { event: { zh: spec.zh, en: spec.en } } });
}
