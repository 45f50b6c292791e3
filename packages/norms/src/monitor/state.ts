import type { LastSaid } from '../match/cut.ts';
import type { Preliminary } from '../match/event.ts';
import type { TriggerFacts, Uttered } from '../match/scene.ts';
import type { Truth } from '../operators/kleene.ts';
import type { FieldValue, Instant, Source, TraceEvent, Witness } from '../trace.ts';
import type { Residual } from './residual.ts';

/**
 * The whole state of a running judgement: plain JSON, so that a crash and a restart are a round trip through text. The functions
 * of the engine change it in place; nobody else may.
 */
export interface State {
  /** watermarks: no event of the source at or before this instant will come any more */
  marks: Partial<Record<Source, Instant>>;
  /** events that some group has not consumed yet, in timeline order */
  buffer: TraceEvent[];
  groups: GroupState[];
  /** by source: what its next utterance may go on from, for as long as one may */
  said?: Partial<Record<Source, LastSaid>>;
}

/** What the norms of a group remember, by index in its plan; null or missing: nothing yet. */
export interface Past {
  memories: (MemoryState | null)[];
  gauges: (GaugeState | null)[];
}

/** Norms with equal sources and scope read the same events up to the same frontier. */
export interface GroupState extends Past {
  frontier: Instant;
  facts: Facts;
  /** by index in the group; null or missing: nothing has happened yet that concerns the norm, or the scope has ended */
  norms: (NormState | null)[];
  /** no norm of the group falls due earlier */
  wake: Instant | undefined;
}

/** A stretch in which a source saw nothing. */
export interface Gap {
  readonly source: Source;
  readonly from: Instant;
  to: Instant | undefined;
  readonly reason: string;
}

export interface OpenInterval {
  readonly interval: string;
  /** id of the opening event */
  readonly id: string;
  readonly key: string | undefined;
  readonly by: string | undefined;
  readonly from: Instant;
}

/** Length of a union of intervals, kept as a sum: what is closed for good, and the last piece, which may still grow. */
export interface Union {
  total: number;
  longest: number;
  open: number;
  piece: { from: Instant; to: Instant | undefined } | undefined;
}

/** What norms of a group know of the scope so far. Lists are replaced, but for those of `unions` and `spoken`: most are empty, and one list. */
export interface Facts {
  first: Instant | undefined;
  talk: Instant | undefined;
  ended: Instant | undefined;
  /** who is answerable for the caller */
  charge: string | undefined;
  attributes: Readonly<Record<string, FieldValue>>;
  gaps: readonly Gap[];
  open: readonly OpenInterval[];
  /** intervals of which only the first counts and that have begun */
  spent: readonly string[];
  unions: Union[];
  uttered: readonly Uttered[];
  /** instants of the last utterances of a role (of anybody), as many as windows count backwards */
  spoken: { readonly role: string | undefined; readonly last: Instant[] }[];
}

/** Its lists are replaced, never changed: most of most norms are empty, and the empty ones are one list. */
export interface NormState {
  /** matches of the trigger, certain and possible */
  count: number;
  instances: readonly Instance[];
  /** intervals that become triggers when they last long enough */
  lasting: readonly Lasting[];
  ticks: readonly Tick[];
  /** calls offered to a device that has not rung yet */
  offers: readonly OpenOffer[];
  /** recurring duties after their verdict: the guide goes on asking for the next prompt; they settle nothing any more */
  echoes: readonly Instance[];
  /** earliest instant at which time alone changes something */
  due?: Instant | undefined;
}

export interface Lasting {
  readonly id: string;
  readonly due: Instant;
  readonly trigger: TriggerFacts;
}

export interface Tick {
  readonly at: Instant;
  readonly part?: string;
}

export interface OpenOffer {
  readonly leg: string;
  readonly id: string;
  readonly at: Instant;
}

/** One duty. */
export interface Instance {
  readonly key: string;
  /** instant of the anchor */
  readonly at: Instant;
  readonly trigger: TriggerFacts;
  readonly binds: Readonly<Record<string, FieldValue>>;
  readonly attributes: Readonly<Record<string, FieldValue>>;
  /** in charge at the anchor, else whom the trigger names */
  readonly inCharge?: string | undefined;
  /** who took the conversation over at or after the anchor */
  receiver?: string | undefined;
  /** leg of an offer that the device has not acknowledged by ringing */
  undelivered?: string | undefined;
  readonly witnesses: Witness[];
  readonly body: Residual;
  readonly unless?: Residual | undefined;
  /** it has its verdict; never stored, because it is dropped before the step is over */
  done?: true | undefined;
}

/** One remembered event: how it matched each pattern of the memory, or what is needed to match it later. */
export type Remembered = Decided | Undecided;

/** The event alone decided. */
export interface Decided {
  readonly at: Instant;
  readonly witness: Witness;
  /** one letter per pattern */
  readonly vs: readonly Truth[];
  readonly why?: string | undefined;
}

/** The duty decides: the event (its text only if a noted value is looked for in it) and, unless a text is looked into, the first half of each match. */
export interface Undecided {
  readonly event: TraceEvent;
  readonly halves?: readonly (readonly Preliminary[])[];
}

/** The past of a pattern: a tally where only numbers matter, else a bounded log. */
export interface MemoryState {
  sure: number;
  possible: number;
  last: Instant | undefined;
  why: string | undefined;
  witnesses: readonly Witness[];
  log: Remembered[];
  /** instant of the newest event that was dropped for lack of room */
  dropped: Instant | undefined;
}

/** Sums for speech rate, loudness and response gap; `[at, a, b]` samples only where a window asks for them. */
export interface GaugeState {
  a: number;
  b: number;
  samples: [at: Instant, a: number, b: number][];
  /** an utterance whose text is gone */
  unread: Instant | undefined;
  /** when the other side stopped speaking */
  stopped: Instant | undefined;
  dropped: Instant | undefined;
}

/** INVARIANT (bounded): caps on what a norm keeps. Beyond a cap the answer is unknown(overflow), never a guess. */
export const caps = { instances: 256, log: 1024, witnesses: 8, gaps: 64, ticks: 64, offers: 32, echoes: 16, uttered: 256 } as const;

/** An independent copy. Events are shared: nobody changes one. */
export function copyOf({ buffer, ...state }: State): State {
  return { ...copied(state), buffer: [...buffer] };
}

/** Several times as fast as a round trip through text; what stands in a state is plain. */
function copied<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(copied) as T;
  const copy: Record<string, unknown> = {};
  for (const key in value) copy[key] = copied(value[key]);
  return copy as T;
}
