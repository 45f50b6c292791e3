import { moodOf } from '../lexical/mood.ts';
import { activityEnded, activityStarted, levelReading, said } from '../match/anatomy.ts';
import { conclude, eventsOf, type Match, matchEvent, preliminary } from '../match/event.ts';
import type { Scene } from '../match/scene.ts';
import { roleMatches } from '../match/world.ts';
import type { Offered } from '../operators/offered.ts';
import type { FieldValue, Instant, TraceEvent, Witness } from '../trace.ts';
import type { GaugePlan, MemoryPlan } from './plan.ts';
import { caps, type Facts, type GaugeState, type MemoryState, type Remembered } from './state.ts';

const noWitnesses: readonly Witness[] = [];

/** What is remembered where nothing has been taken in. */
export const noMemory: Readonly<MemoryState> = Object.freeze(newMemory());
export const noGauge: Readonly<GaugeState> = Object.freeze(newGauge());

export function newMemory(): MemoryState {
  return { sure: 0, possible: 0, last: undefined, why: undefined, witnesses: noWitnesses, log: [], dropped: undefined };
}

export function newGauge(): GaugeState {
  return { a: 0, b: 0, samples: [], unread: undefined, stopped: undefined, dropped: undefined };
}

/** Takes an event into a memory, after duties have seen it. */
export function memorise(memory: MemoryState, plan: MemoryPlan, event: TraceEvent, scene: Scene, facts: Facts): void {
  if (!plan.types.has(event.type)) return;
  if (plan.keep === 'tally' || plan.keep === 'progress') {
    tally(memory, plan, event, scene);
    return;
  }
  const entry = plan.late ? lateEntry(plan, event, scene) : entryOf(plan, event, scene);
  if (entry === undefined) return;
  if (plan.keep === 'first') {
    keepFirst(memory, plan, entry, facts);
    return;
  }
  memory.log.push(entry);
  prune(memory, plan, event.occurredAt);
}

/** When what is remembered was. */
const instantOf = (entry: Remembered): Instant => ('event' in entry ? entry.event.occurredAt : entry.at);

/** Whether an entry lies in `[from, to]` and is not of the event `skip`. */
export function liesIn(entry: Remembered, from: Instant, to: Instant | undefined, skip: string | undefined): boolean {
  const at = instantOf(entry);
  const id = 'event' in entry ? entry.event.id : entry.witness.event;
  return at >= from && at <= (to ?? at) && id !== skip;
}

function keepFirst(memory: MemoryState, plan: MemoryPlan, entry: Remembered, facts: Facts): void {
  const now = instantOf(entry);
  const end = plan.span === undefined ? undefined : (facts.talk ?? facts.first ?? now) + plan.span;
  if (end !== undefined && now > end) {
    if (facts.talk !== undefined) return;
    // The talk, and its first part with it, may still begin at this very instant.
    memory.log = memory.log.filter((one) => instantOf(one) <= end || instantOf(one) === now);
  }
  if (memory.log.length >= caps.log) memory.dropped = now;
  else memory.log.push(entry);
}

function prune(memory: MemoryState, plan: MemoryPlan, now: Instant): void {
  const { log } = memory;
  let drop = 0;
  const at = (index: number) => (log[index] === undefined ? now : instantOf(log[index]));
  if (plan.span !== undefined) while (drop < log.length && at(drop) < now - plan.span) drop++;
  if (log.length - drop > caps.log) {
    drop = log.length - caps.log;
    memory.dropped = at(drop - 1);
  }
  if (drop > 0) log.splice(0, drop);
}

/** Counts matches, or goes on to the next step of a sequence; the steps that are done are its count. */
function tally(memory: MemoryState, plan: MemoryPlan, event: TraceEvent, scene: Scene): void {
  const pattern = plan.patterns[plan.keep === 'progress' ? memory.sure : 0];
  if (pattern === undefined) return;
  const match = matchEvent(pattern, event, scene);
  if (match.v === 'T') {
    memory.sure++;
    memory.last = event.occurredAt;
    if (memory.witnesses.length < caps.witnesses) memory.witnesses = [...memory.witnesses, witnessOf(event, match)];
  } else if (match.v === 'U') {
    memory.possible++;
    memory.why ??= match.reason ?? 'no-value';
  }
}

function witnessOf(event: TraceEvent, match: Match | undefined): Witness {
  return match?.span === undefined ? { event: event.id } : { event: event.id, span: match.span };
}

function entryOf(plan: MemoryPlan, event: TraceEvent, scene: Scene): Remembered | undefined {
  const [only] = plan.patterns;
  if (only !== undefined && plan.patterns.length === 1) {
    const match = matchEvent(only, event, scene);
    if (match.v === 'F') return undefined;
    return { at: event.occurredAt, witness: witnessOf(event, match), vs: [match.v], why: match.reason };
  }
  const matches = plan.patterns.map((pattern) => matchEvent(pattern, event, scene));
  const found = matches.find((match) => match.v !== 'F');
  if (found === undefined) return undefined;
  const why = matches.find((match) => match.v === 'U')?.reason;
  return {
    at: event.occurredAt,
    witness: witnessOf(event, found),
    vs: matches.map((match) => match.v),
    why,
  };
}

function lateEntry(plan: MemoryPlan, event: TraceEvent, scene: Scene): Remembered | undefined {
  if (plan.withText) {
    for (const { type, role } of plan.events) {
      if (type === event.type && roleMatches(scene.world, role, event.by)) return textEntry(plan, event);
    }
    return undefined;
  }
  const halves = plan.patterns.map((pattern) => eventsOf(pattern).map((one) => preliminary(one, event, scene)));
  if (!halves.flat().some((half) => half.v === 'T')) return undefined;
  const { id, type, source, by, occurredAt, seq, fields, before } = event;
  return { event: { id, type, source, by, occurredAt, seq, fields, text: undefined, before }, halves };
}

/** What was made last: the memories of texts of all norms keep the same of an event, and share it. */
let newest: { readonly of: TraceEvent; readonly fields: string; readonly entry: Remembered } | undefined;

function textEntry(plan: MemoryPlan, event: TraceEvent): Remembered {
  const { fieldsKey } = plan;
  if (newest?.of === event && newest.fields === fieldsKey) return newest.entry;
  const entry = { event: withNeededFields(plan, event) };
  newest = { of: event, fields: fieldsKey, entry };
  return entry;
}

/** A memory of texts holds no fields but those that a later match may look at. */
function withNeededFields(plan: MemoryPlan, event: TraceEvent): TraceEvent {
  const fields: Record<string, FieldValue> = {};
  for (const name of plan.fields) {
    const value = event.fields[name];
    if (value !== undefined) fields[name] = value;
  }
  const { id, type, source, by, occurredAt, seq, text, before } = event;
  return { id, type, source, by, occurredAt, seq, fields, text, before };
}

const nowhere: Match = { v: 'F', binds: {}, slots: {} };

/** A remembered event as it is offered to a leaf or counted. */
export function recalled(entry: Remembered, plan: MemoryPlan, scene: Scene): Offered {
  if ('event' in entry) {
    const { event } = entry;
    return {
      at: event.occurredAt,
      event: event.id,
      match(i) {
        const pattern = plan.patterns[i];
        if (pattern === undefined) return nowhere;
        const halves = entry.halves?.[i];
        return halves === undefined ? matchEvent(pattern, event, scene) : conclude(pattern, event, halves, scene);
      },
    };
  }
  return {
    at: entry.at,
    event: entry.witness.event,
    match(i) {
      const v = entry.vs[i];
      return v === undefined ? nowhere : { v, binds: {}, slots: {}, reason: entry.why, span: entry.witness.span };
    },
  };
}

/** Takes an event into a gauge, after duties have seen it. */
export function gaugeEvent(gauge: GaugeState, plan: GaugePlan, event: TraceEvent, scene: Scene): void {
  const mine = roleMatches(scene.world, plan.measure.role, event.by);
  const at = event.occurredAt;
  switch (plan.measure.kind) {
    case 'rate':
      if (event.type === said && mine) {
        const { chars, end } = event.fields;
        if (typeof chars === 'number' && typeof end === 'number') sample(gauge, plan, at, chars, end - at);
      }
      return;
    case 'loudness': {
      const { level } = event.fields;
      if (event.type === levelReading && mine && typeof level === 'number') sample(gauge, plan, at, Math.round(level * 1000), 1);
      return;
    }
    case 'mood':
      if (event.type === said && mine) gaugeMood(gauge, plan, event, scene);
      return;
    case 'responseGap':
      if (event.type === activityEnded && !mine) gauge.stopped = at;
      else if (event.type === activityStarted) {
        // a gap belongs to a window only as a whole, so it is dated by its beginning
        if (mine && gauge.stopped !== undefined) sample(gauge, plan, gauge.stopped, at - gauge.stopped, 1);
        gauge.stopped = undefined;
      }
      return;
  }
}

/** One for an utterance that sounds pleased, minus one for one that sounds cross, nothing for one that is both or neither. */
function gaugeMood(gauge: GaugeState, plan: GaugePlan, event: TraceEvent, { world }: Scene): void {
  const confidence = event.fields['confidence'];
  if (typeof confidence === 'number' && confidence < world.env.minConfidence) return;
  const reading = world.readEvent(event);
  if (reading === undefined) gauge.unread = event.occurredAt;
  else sample(gauge, plan, event.occurredAt, moodOf(reading, world.lexicon), 1);
}

function sample(gauge: GaugeState, plan: GaugePlan, at: Instant, a: number, b: number): void {
  if (plan.measure.window?.kind !== 'before' || plan.measure.window.length === undefined) {
    gauge.a += a;
    gauge.b += b;
    return;
  }
  gauge.samples.push([at, a, b]);
  const { span } = plan;
  if (span !== undefined) gauge.samples = gauge.samples.filter(([then]) => then >= at - span);
  if (gauge.samples.length > caps.log) gauge.dropped = gauge.samples.shift()?.[0] ?? at;
}
