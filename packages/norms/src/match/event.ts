import type { Truth } from '../operators/kleene.ts';
import type { FieldValue, TraceEvent } from '../trace.ts';
import type { ResolvedCompare, ResolvedEventPattern, ResolvedPattern } from '../tree.ts';
import { compare } from './compare.ts';
import { fieldOf, type Scene, sceneAt } from './scene.ts';
import { type Candidate, type Heard, textIn } from './text.ts';
import { asValue, type Evaluated, isFilled } from './value.ts';
import { roleMatches } from './world.ts';

/** Does an event match a pattern? F beats U beats T over its parts. */
export interface Match {
  readonly v: Truth;
  /** why it cannot be told */
  readonly reason?: string | undefined;
  /** values noted */
  readonly binds: Readonly<Record<string, FieldValue>>;
  readonly slots: Readonly<Record<string, string | number>>;
  /** where in the text as recorded */
  readonly span?: readonly [number, number] | undefined;
}

/** First half of a match: type, role and text, without what a duty notes. `doubt`: heard with too little confidence. */
export type Preliminary =
  | { readonly v: 'F' }
  | { readonly v: 'T'; readonly candidates: readonly Candidate[]; readonly doubt?: string | undefined };

const none: Match = { v: 'F', reason: undefined, binds: {}, slots: {}, span: undefined };
const sure: Match = { v: 'T', reason: undefined, binds: {}, slots: {}, span: undefined };
const absent: Preliminary = { v: 'F' };
const plain: readonly Candidate[] = [{ slots: {}, unclear: [], place: undefined, span: undefined }];
const present: Preliminary = { v: 'T', candidates: plain, doubt: undefined };

export function matchEvent(pattern: ResolvedPattern, event: TraceEvent, scene: Scene): Match {
  if (pattern.kind !== 'anyOf') return matchOne(pattern, event, scene);
  let possible: Match | undefined;
  for (const one of pattern.items) {
    const match = matchOne(one, event, scene);
    if (match.v === 'T') return match;
    if (match.v === 'U') possible ??= match;
  }
  return possible ?? none;
}

function matchOne(pattern: ResolvedEventPattern, event: TraceEvent, scene: Scene): Match {
  if (pattern.text === undefined && isBare(pattern)) return isAbout(pattern, event, scene) ? sure : none;
  const half = preliminary(pattern, event, scene);
  return half.v === 'F' ? none : concludeOne(pattern, event, half, scene);
}

export function eventsOf(pattern: ResolvedPattern): readonly ResolvedEventPattern[] {
  return pattern.kind === 'anyOf' ? pattern.items : [pattern];
}

/** Asks for nothing but type, role and text. */
function isBare(pattern: ResolvedEventPattern): boolean {
  return pattern.with.length + pattern.where.length + pattern.binds.length === 0;
}

function isAbout(pattern: ResolvedEventPattern, event: TraceEvent, { world }: Scene): boolean {
  if (event.type !== pattern.type || !roleMatches(world, pattern.role, event.by)) return false;
  world.meter.matches++;
  return true;
}

export function preliminary(pattern: ResolvedEventPattern, event: TraceEvent, scene: Scene): Preliminary {
  const { world } = scene;
  if (!isAbout(pattern, event, scene)) return absent;
  if (pattern.text === undefined) return present;
  const reading = world.readEvent(event);
  const heard: Heard = reading === undefined ? { v: 'U', reason: 'text-erased' } : textIn(pattern.text, { reading, by: event.by }, scene);
  if (heard.v === 'F') return absent;
  if (heard.v === 'U') return { v: 'T', candidates: plain, doubt: heard.reason };
  const doubtful = confidenceIn(event, heard.candidates) < world.env.minConfidence;
  return { v: 'T', candidates: heard.candidates, doubt: doubtful ? 'low-confidence' : undefined };
}

/** How sure the recogniser was of what was heard, 1 where it does not say; of a phrase in two utterances, of the less sure one. */
function confidenceIn(event: TraceEvent, candidates: readonly Candidate[]): number {
  const own = event.fields['confidence'];
  const confidence = typeof own === 'number' ? own : 1;
  const before = event.before?.confidence;
  return before !== undefined && candidates.every(({ joined }) => joined === true) ? Math.min(confidence, before) : confidence;
}

/** Second half: fields, conditions and noting. `halves` belong to the events of the pattern, in order. */
export function conclude(pattern: ResolvedPattern, event: TraceEvent, halves: readonly Preliminary[], scene: Scene): Match {
  let possible: Match | undefined;
  for (const [index, one] of eventsOf(pattern).entries()) {
    const half = halves[index];
    if (half === undefined || half.v === 'F') continue;
    const match = concludeOne(one, event, half, scene);
    if (match.v === 'T') return match;
    if (match.v === 'U') possible ??= match;
  }
  return possible ?? none;
}

function concludeOne(
  pattern: ResolvedEventPattern,
  event: TraceEvent,
  { candidates, doubt }: Extract<Preliminary, { v: 'T' }>,
  scene: Scene,
): Match {
  const bare = isBare(pattern);
  let possible: Match | undefined;
  for (const candidate of candidates) {
    const match = bare ? matchOf(candidate, doubt, nothingNoted) : tryCandidate(pattern, event, candidate, doubt, scene);
    if (match.v === 'T') return match;
    if (match.v === 'U') possible ??= match;
  }
  return possible ?? none;
}

const nothingNoted: Match['binds'] = {};

function matchOf({ slots, span }: Candidate, doubt: string | undefined, binds: Match['binds']): Match {
  return { v: doubt === undefined ? 'T' : 'U', reason: doubt, binds, slots, span };
}

function tryCandidate(
  pattern: ResolvedEventPattern,
  event: TraceEvent,
  candidate: Candidate,
  heardDoubt: string | undefined,
  scene: Scene,
): Match {
  let doubt = heardDoubt;
  for (const name of pattern.with) {
    const value = slotOrField(candidate, event, name);
    if (value !== undefined && isFilled(asValue(value))) continue;
    if (doubt === undefined && !candidate.unclear.includes(name)) return none;
    doubt ??= `missing:${name}`;
  }
  for (const condition of pattern.where) {
    const result = compare(condition, leftOf(condition, candidate, event), sceneAt(scene, event.occurredAt));
    if (result.value === 'F') return none;
    if (result.value === 'U') doubt ??= result.reason ?? 'no-value';
  }
  if (pattern.binds.length === 0) return matchOf(candidate, doubt, nothingNoted);
  const binds: Record<string, FieldValue> = {};
  for (const { field: name, as } of pattern.binds) {
    const value = slotOrField(candidate, event, name);
    if (value === undefined) doubt ??= `missing:${name}`;
    else binds[as] = value;
  }
  return matchOf(candidate, doubt, binds);
}

function slotOrField({ slots }: Candidate, event: TraceEvent, name: string): FieldValue | undefined {
  return slots[name] ?? fieldOf(event, name);
}

function leftOf(condition: ResolvedCompare, candidate: Candidate, event: TraceEvent): Evaluated {
  const name = condition.left.kind === 'field' ? condition.left.field : '';
  const value = slotOrField(candidate, event, name);
  return value === undefined ? { unknown: `missing:${name}` } : asValue(value);
}
