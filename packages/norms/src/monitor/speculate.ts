import type { GroupPlan, Program } from '../program.ts';
import type { Instant, TraceEvent, Verdict } from '../trace.ts';
import { consumeEvent, passGroupTime } from './engine.ts';
import { copyOf, type GroupState, type State } from './state.ts';
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
  eachGroup(program, state, (plan, group) => {
    feed(program, plan, group, events, out);
    if (group.facts.ended === undefined) passGroupTime(program, plan, group, now - 1, out);
  });
  return { state, would: out.verdicts };
}

/** What one more event, not yet happened, would settle by itself. */
export function wouldSettle(program: Program, committed: State, event: TraceEvent): Verdict[] {
  const state = copyOf(committed);
  const before = nothingEmitted();
  const would = nothingEmitted();
  const earlier = state.buffer.filter((one) => inOrder(one, event) < 0);
  eachGroup(program, state, (plan, group) => {
    if (!plan.sources.has(event.source)) return;
    feed(program, plan, group, earlier, before);
    if (group.facts.ended !== undefined) return;
    passGroupTime(program, plan, group, event.occurredAt - 1, before);
    consumeEvent(program, plan, group, event, would);
  });
  return would.verdicts;
}

function eachGroup(program: Program, state: State, visit: (plan: GroupPlan, group: GroupState) => void): void {
  program.groups.forEach((plan, index) => {
    const group = state.groups[index];
    if (group !== undefined && group.facts.ended === undefined) visit(plan, group);
  });
}

function feed(program: Program, plan: GroupPlan, group: GroupState, events: readonly TraceEvent[], out: Emitted): void {
  for (const event of events) {
    if (group.facts.ended !== undefined) return;
    if (event.occurredAt > group.frontier && plan.sources.has(event.source)) consumeEvent(program, plan, group, event, out);
  }
}

function inOrder(one: TraceEvent, other: TraceEvent): number {
  return one.occurredAt - other.occurredAt || one.seq - other.seq;
}
