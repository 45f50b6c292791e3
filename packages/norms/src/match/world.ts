import { readOn } from '../lexical/continued.ts';
import { compileLexicon, type Lexicon, type Reading, read } from '../lexical/lexicon.ts';
import { type CompiledPattern, compilePattern } from '../lexical/pattern.ts';
import { type Sounds, type Syllables, soundsOf } from '../lexical/sounds.ts';
import type { PhraseFamily } from '../phrases.ts';
import type { Instant, Source, TraceEvent } from '../trace.ts';
import type { ResolvedNorm } from '../tree.ts';
import type { EventSpec, IntervalSpec, RoleSpec, ScopeSpec, Vocabulary } from '../vocabulary.ts';
import { said } from './anatomy.ts';
import type { CalendarTable } from './calendar.ts';
import { nodesIn } from './nodes.ts';

/** How a telephone rings; n rings allow `phaseMs + n · (onMs + offMs)` ms. */
export interface Cadence {
  readonly onMs: number;
  readonly offMs: number;
  readonly phaseMs: number;
}

/** All that a judgement depends on beside norms and events. Data only: the same data give the same verdicts anywhere. */
export interface Env {
  readonly vocabulary: Vocabulary;
  readonly families: readonly PhraseFamily[];
  /** recogniser confidence below which a hit is only possible, 0–1 */
  readonly minConfidence: number;
  readonly calendar: CalendarTable;
  readonly cadence: Cadence;
  /** decisions of meaning (flags.ts) to judge under, to say again what was said under them; absent = all. 1–8 always hold */
  readonly flags?: readonly number[] | undefined;
  /** toneless syllables for 谐音 and `fuzzy.pinyin`, in place of the table that ships */
  readonly syllables?: Syllables | undefined;
  /** who led the shift, `[from, to)`; without it duties of the leader count for the hotline alone */
  readonly leaders?: readonly { readonly from: Instant; readonly to: Instant; readonly agent: string }[] | undefined;
}

/** The environment prepared for matching. Holds no state that a verdict could depend on. */
export interface World {
  readonly env: Env;
  readonly events: ReadonlyMap<string, EventSpec>;
  readonly intervals: ReadonlyMap<string, IntervalSpec>;
  /** intervals that events of a type open or close */
  readonly edges: ReadonlyMap<string, readonly IntervalSpec[]>;
  readonly scopes: ReadonlyMap<string, ScopeSpec>;
  readonly roles: ReadonlyMap<string, RoleSpec>;
  readonly lexicon: Lexicon;
  readonly sounds: () => Sounds;
  /** what the lexical stage makes of a text; an event is read once, however many norms ask */
  readonly readEvent: (event: TraceEvent) => Reading | undefined;
  readonly readText: (text: string) => Reading;
  /** counts work, for the test of linear cost; nothing reads it back */
  readonly meter: { matches: number };
}

/** The newest readings: all norms ask for an event one after the other. A weak map of all events would cost more than most readings do. */
class Readings {
  readonly #events = new Array<TraceEvent | undefined>(newest);
  readonly #readings = new Array<Reading | undefined>(newest);

  get(event: TraceEvent): Reading | undefined {
    const slot = event.seq & (newest - 1);
    return this.#events[slot] === event ? this.#readings[slot] : undefined;
  }

  set(event: TraceEvent, reading: Reading): void {
    const slot = event.seq & (newest - 1);
    this.#events[slot] = event;
    this.#readings[slot] = reading;
  }
}

/** A power of two. */
const newest = 64;

/** Compiles what matching needs: tables by id, one automaton for all phrases, all patterns of the norms. */
export function prepareWorld(norms: readonly ResolvedNorm[], env: Env): World {
  const literals = nodesIn(norms, 'literal').flatMap((node) => [node.value, ...(node.except === undefined ? [] : [node.except])]);
  const patterns = new Map<string, CompiledPattern>();
  for (const node of nodesIn(norms, 'regex')) {
    for (const source of [node.value, ...(node.except === undefined ? [] : [node.except])]) {
      const result = compilePattern(source);
      if (result.ok) patterns.set(source, result.pattern);
    }
  }
  const lexicon = compileLexicon(env.families, literals, { syllables: env.syllables, fencesAcross: !decided({ env }, 11), patterns });
  let known: Sounds | undefined;
  const sounds = () => {
    known ??= soundsOf(env.syllables);
    return known;
  };
  const readText = (text: string) => read(lexicon, text);
  const readings = new Readings();
  const readEvent = (event: TraceEvent) => {
    if (event.text === undefined) return undefined;
    const known = readings.get(event);
    if (known !== undefined) return known;
    const recognised = event.type === said && decided({ env }, 12);
    const { before } = event;
    const fresh = before === undefined ? read(lexicon, event.text, recognised) : readOn(lexicon, before.text, event.text, recognised);
    readings.set(event, fresh);
    return fresh;
  };
  const byId = <T extends { readonly id: string }>(rows: readonly T[]) => new Map(rows.map((row) => [row.id, row]));
  const { events, intervals, scopes, roles } = env.vocabulary;
  return {
    env,
    events: byId(events),
    intervals: byId(intervals),
    edges: edgesOf(intervals),
    scopes: byId(scopes),
    roles: byId(roles),
    lexicon,
    sounds,
    readEvent,
    readText,
    meter: { matches: 0 },
  };
}

function edgesOf(intervals: readonly IntervalSpec[]): ReadonlyMap<string, readonly IntervalSpec[]> {
  const edges = new Map<string, IntervalSpec[]>();
  for (const interval of intervals) {
    for (const type of new Set([...interval.opens, ...interval.closes])) {
      const list = edges.get(type);
      if (list === undefined) edges.set(type, [interval]);
      else list.push(interval);
    }
  }
  return edges;
}

/** Is a decision of meaning in force? */
export function decided({ env }: Pick<World, 'env'>, flag: number): boolean {
  return env.flags === undefined || env.flags.includes(flag);
}

/** Does an actor count for a role word? 坐席 includes 接手人; no role word means anybody. */
export function roleMatches(world: World, role: string | undefined, by: string | undefined): boolean {
  if (role === undefined || role === by) return true;
  return by !== undefined && (world.roles.get(role)?.includes?.includes(by) ?? false);
}

/** Sources that events of a type come from when done by a role (by anybody when there is none). */
export function sourcesOfType(world: World, type: string, role: string | undefined): readonly Source[] {
  const source = world.events.get(type)?.source;
  if (source === undefined) return [];
  if (source !== 'speech') return [source];
  if (role === undefined) return ['speech.agent', 'speech.customer'];
  return [role === 'customer' ? 'speech.customer' : 'speech.agent'];
}
