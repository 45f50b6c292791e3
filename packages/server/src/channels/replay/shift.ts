import type { NewEvent, PersonalValue } from '@threerings/core/timeline/event';
import { eventSpec } from '@threerings/core/timeline/vocabulary';
import type { Instant, TraceEvent } from '@threerings/norms/trace';

/** A recorded event, moved to the time of its replay, as something new that happens now. */
export interface Replayed {
  /** when to report it, by the wall clock */
  readonly due: Instant;
  readonly event: NewEvent;
}

/**
 * Moves a recorded timeline so that it ends when the replay ends. Distances between instants stay as recorded, so that
 * every norm is judged as it was; with `speed` > 1 the instants therefore begin in the past. INVARIANT (no future): no
 * event's `occurredAt` lies after the instant at which it is reported.
 *
 * @param speed 1 = as fast as it was; n = n times as fast; ≥ 1
 */
export function shifted(recorded: readonly TraceEvent[], start: Instant, speed: number, interaction: string): Replayed[] {
  const first = recorded[0]?.occurredAt ?? 0;
  const length = (recorded.at(-1)?.occurredAt ?? first) - first;
  const base = Math.floor(start - length * (1 - 1 / speed));
  const instant = (recordedAt: Instant) => base + (recordedAt - first);
  return recorded.map((event) => ({
    due: Math.ceil(start + (event.occurredAt - first) / speed),
    event: renewed(event, instant, interaction),
  }));
}

/** Instants in fields move along; references into another vault are left out, texts are handed over as personal values. */
function renewed(event: TraceEvent, instant: (recordedAt: Instant) => Instant, interaction: string): NewEvent {
  const specs = eventSpec(event.type)?.fields ?? [];
  const personal: Record<string, PersonalValue> = {};
  const fields: Record<string, NewEvent['fields'][string]> = {};
  for (const [name, value] of Object.entries(event.fields)) {
    const spec = specs.find((field) => field.name === name);
    if (spec?.personal) continue;
    fields[name] = spec?.type === 'instant' && typeof value === 'number' ? instant(value) : value;
  }
  if (event.text !== undefined && specs.some((field) => field.name === 'text' && field.personal)) {
    personal['text'] = { subject: subjectOf(event, interaction), value: event.text };
  }
  return { type: event.type, by: event.by, source: event.source, occurredAt: instant(event.occurredAt), fields, personal };
}

/** A replayed person is nobody's customer: the subject is the replayed interaction itself. */
function subjectOf(event: TraceEvent, interaction: string): string {
  return event.by === 'customer' ? `customer-${interaction}` : `staff-${interaction}`;
}
