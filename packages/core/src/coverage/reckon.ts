/** How a clause of a written document is carried: judged, enforced or offered, scored by people, or read and confirmed. */
export const carrierKinds = ['norm', 'rule', 'item', 'text'] as const;
export type CarrierKind = (typeof carrierKinds)[number];

/** Where a clause stands; only `proven` is covered. */
export const coverageStates = ['proven', 'told', 'written', 'open', 'waiting'] as const;
/**
 * - proven: shown kept and broken (enforced and refused), by things that this version does itself
 * - told: shown so in told cases, of events that no scenario of this version brings about
 * - written: there is a norm, an item or a text, but not both are shown
 * - open: nothing carries it, although this version could
 * - waiting: nothing but the name of the feature that will carry it
 */
export type CoverageState = (typeof coverageStates)[number];

/** How a person classified a clause. */
export interface ClauseRow {
  readonly clause: string;
  readonly kind: CarrierKind;
  /** id of the rule, item or text; of a norm only where one is wanted: else each norm that cites the clause carries it */
  readonly by?: string | undefined;
  /** the part of the software that serves the clause */
  readonly feature: string;
}

export interface Feature {
  readonly id: string;
  readonly zh: string;
  readonly en: string;
  /** event types that are seen once the feature is there; none = no scenario could show it yet */
  readonly events: readonly string[];
}

/** Something that carries clauses, and what shows that it does. */
export interface Carrier {
  readonly kind: CarrierKind;
  /** `pack/norm`, or the id of a rule, item or text */
  readonly id: string;
  /** clauses that a norm cites; rules, items and texts are named by the rows instead */
  readonly cites: readonly string[];
  /** stories, scenarios or tests in which it is met, and in which the contrary is seen */
  readonly kept: readonly string[];
  readonly broken: readonly string[];
  /** why nobody can act otherwise: then `kept` is enough */
  readonly noContrary?: string | undefined;
  /** event types that it needs and no scenario of this version has */
  readonly lacks: readonly string[];
  /** a norm on what was said: it needs a transcript, from a recogniser or brought along */
  readonly hears?: boolean;
  /** its content stands, whether or not anything shows it at work */
  readonly written: boolean;
}

export interface ClauseCoverage {
  readonly clause: string;
  readonly kind: CarrierKind;
  readonly state: CoverageState;
  readonly by: readonly string[];
  readonly kept: readonly string[];
  readonly broken: readonly string[];
  /** the feature it waits for */
  readonly waitsFor?: string | undefined;
  readonly lacks: readonly string[];
  /** whether this version could show it: what waits for a feature could not */
  readonly observable: boolean;
  /** whether it can be told only where there is a transcript */
  readonly hears: boolean;
}

/** Whether scenarios of this version show the feature at work. */
export function isHere(feature: Feature, seen: ReadonlySet<string>): boolean {
  return feature.events.length > 0 && feature.events.every((type) => seen.has(type));
}

/** The document of a clause: what stands before the hyphen. */
export function sourceOf(clause: string): string {
  return clause.slice(0, clause.indexOf('-'));
}

/**
 * Reckons each clause by the best of its carriers. Where the document of a clause has a pack of its own, only that pack's norms count:
 * a norm of the base pack has a figure that need not be the document's.
 * `seen`: event types of the golden timelines, which the running hotline must bring about.
 */
export function reckon(
  rows: readonly ClauseRow[],
  carriers: readonly Carrier[],
  features: readonly Feature[],
  seen: ReadonlySet<string>,
): readonly ClauseCoverage[] {
  const here = new Set(features.filter((feature) => isHere(feature, seen)).map(({ id }) => id));
  const packs = new Set(carriers.filter(({ kind }) => kind === 'norm').map(({ id }) => packOf(id)));
  return rows.map((row) => {
    const document = sourceOf(row.clause).toLowerCase();
    const belongs = ({ kind, id }: Carrier) => kind !== 'norm' || !packs.has(document) || packOf(id) === document;
    const own = carriers
      .filter((carrier) => carries(carrier, row) && belongs(carrier))
      .map((carrier) => ({ carrier, state: stateOf(carrier) }));
    const rank = ({ state }: (typeof own)[number]) => coverageStates.indexOf(state);
    const best = Math.min(...own.map(rank), coverageStates.indexOf('waiting'));
    const found = coverageStates[best] ?? 'waiting';
    const chosen = own.filter((one) => rank(one) === best).map(({ carrier }) => carrier);
    const lacks = found === 'told' ? [...new Set(chosen.flatMap((carrier) => carrier.lacks))].sort() : [];
    const observable = found === 'proven' || (found !== 'told' && couldBeShown(row, chosen, here));
    const state = found === 'waiting' && observable ? 'open' : found;
    return {
      clause: row.clause,
      kind: row.kind,
      state,
      by: chosen.map(({ id }) => id),
      kept: chosen.flatMap(({ kept }) => kept),
      broken: chosen.flatMap(({ broken }) => broken),
      waitsFor: observable ? undefined : waited(row.feature, lacks, features, here),
      lacks,
      observable,
      hears: chosen.length > 0 && chosen.every(({ hears }) => hears === true),
    };
  });
}

/** The pack of `pack/norm`, in lower case: that of a document bears the document's id. */
function packOf(id: string): string {
  return id.slice(0, id.indexOf('/')).toLowerCase();
}

function carries({ kind, id, cites }: Carrier, row: ClauseRow): boolean {
  if (kind !== row.kind) return false;
  if (kind !== 'norm') return id === row.by;
  return cites.includes(row.clause) && (row.by === undefined || id.endsWith(`/${row.by}`));
}

function stateOf({ kept, broken, noContrary, lacks, written }: Carrier): CoverageState {
  const shown = kept.length > 0 && (broken.length > 0 || noContrary !== undefined);
  if (shown) return lacks.length === 0 ? 'proven' : 'told';
  return written ? 'written' : 'waiting';
}

function couldBeShown(row: ClauseRow, chosen: readonly Carrier[], here: ReadonlySet<string>): boolean {
  const norms = chosen.filter(({ kind }) => kind === 'norm');
  return norms.length > 0 ? norms.some(({ lacks }) => lacks.length === 0) : here.has(row.feature);
}

/** The clause's own feature while that is not there, else one that would bring what is lacking. */
function waited(own: string, lacks: readonly string[], features: readonly Feature[], here: ReadonlySet<string>): string {
  if (!here.has(own)) return own;
  const group = (type: string) => type.slice(0, type.indexOf('.'));
  const absent = features.filter(({ id }) => !here.has(id));
  const exact = absent.find(({ events }) => events.some((type) => lacks.includes(type)));
  const bringing = exact ?? absent.find(({ events }) => events.some((type) => lacks.some((lack) => group(lack) === group(type))));
  return bringing?.id ?? own;
}

export interface CoverageTotals {
  readonly clauses: number;
  readonly byKind: Readonly<Record<CarrierKind, Readonly<Record<CoverageState, number>>>>;
  readonly byState: Readonly<Record<CoverageState, number>>;
  readonly observable: number;
  readonly proven: number;
  /** of the proven, those that can be told only where there is a transcript */
  readonly provenByEar: number;
}

export function totalsOf(coverage: readonly ClauseCoverage[]): CoverageTotals {
  const count = (of: readonly ClauseCoverage[]) =>
    Object.fromEntries(coverageStates.map((state) => [state, of.filter((one) => one.state === state).length])) as Record<
      CoverageState,
      number
    >;
  const byKind = Object.fromEntries(carrierKinds.map((kind) => [kind, count(coverage.filter((one) => one.kind === kind))])) as Record<
    CarrierKind,
    Record<CoverageState, number>
  >;
  const byState = count(coverage);
  const observable = coverage.filter((one) => one.observable).length;
  const provenByEar = coverage.filter(({ state, hears }) => state === 'proven' && hears).length;
  return { clauses: coverage.length, byKind, byState, observable, proven: byState.proven, provenByEar };
}

/** Proven clauses among those that this version could show, in per cent; 100 where it could show none. */
export function provenShare({ observable, proven }: CoverageTotals): number {
  return observable === 0 ? 100 : (100 * proven) / observable;
}
