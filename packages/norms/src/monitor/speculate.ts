import type { Program } from '../program.ts';
import type { Instant, TraceEvent, Verdict } from '../trace.ts';
import { goingOn } from './going-on.ts';
import { passGroupTime, takeEvents } from './groups.ts';
import { copyOf, type State } from './state.ts';
import { type Emitted, nothingEmitted } from './work.ts';

/** A view of what would be, were everything that has arrived final. Never stored, never a verdict. */
export interface Speculation {
  readonly state: State;
  /** verdicts that would settle */
  readonly would: readonly Verdict[];
}

/**
 * Copies the state and feeds it, at once, all that is buffered up to `now` and facts that are only interim, whatever the watermarks;
 * time runs up to, but not over, `now`, so that a duty due this very millisecond is still open.
 */
export function speculate(program: Program, committed: State, now: Instant, interim: readonly TraceEvent[] = []): Speculation {
  const state = copyOf(committed);
  const out = nothingEmitted();
  const events = [...state.buffer, ...interim].sort(inOrder).filter((event) => event.occurredAt <= now);
  const everyGroup = program.groups.map(() => now);
  takeEvents(program, state.groups, whole(program, state, events), 0, everyGroup, out);
  passTimeOf(program, state, now - 1, out);
  return { state, would: out.verdicts };
}

/** What one more event, not yet happened, would settle by itself. */
export function wouldSettle(program: Program, committed: State, event: TraceEvent): Verdict[] {
  const state = copyOf(committed);
  const before = nothingEmitted();
  const would = nothingEmitted();
  const earlier = state.buffer.filter((one) => inOrder(one, event) < 0);
  const events = whole(program, state, [...earlier, event]);
  const readers = program.groups.map(({ sources }) => (sources.has(event.source) ? event.occurredAt : -1));
  takeEvents(program, state.groups, events.slice(0, -1), 0, readers, before);
  passTimeOf(program, state, event.occurredAt - 1, before);
  takeEvents(program, state.groups, events.slice(-1), 0, readers, would);
  return would.verdicts;
}

/** Events beyond the watermarks as norms would see them. */
function whole({ world }: Program, state: State, events: readonly TraceEvent[]): readonly TraceEvent[] {
  return events.map((event) => (event.occurredAt > (state.marks[event.source] ?? -1) ? goingOn(state, event, world) : event));
}

function passTimeOf(program: Program, state: State, at: Instant, out: Emitted): void {
  program.groups.forEach((plan, index) => {
    const group = state.groups[index];
    if (group !== undefined && group.facts.ended === undefined) passGroupTime(program, plan, group, at, out);
  });
}

function inOrder(one: TraceEvent, other: TraceEvent): number {
  return one.occurredAt - other.occurredAt || one.seq - other.seq;
}
