import type { Instant, TraceEvent } from '../trace.ts';
import { said } from './anatomy.ts';

/** A side's next utterance is one with the last when no more than so much lies between them, ms. */
export const cutReach = 1000;

/** So much of the end of an utterance is kept for the next one, UTF-16 units: longer than any phrase is spoken in. */
const longestTail = 40;

/** The end of what a source wrote last. */
export interface LastSaid {
  readonly by?: string | undefined;
  readonly end: Instant;
  readonly text: string;
  readonly confidence?: number | undefined;
}

/** What a later utterance of the same source may go on from; undefined where it is not known when the utterance ended, or what it was. */
export function lastSaid({ type, by, text, fields, before }: TraceEvent): LastSaid | undefined {
  const end = fields['end'];
  if (type !== said || text === undefined || typeof end !== 'number') return undefined;
  const own = fields['confidence'];
  const sure = typeof own === 'number' ? own : 1;
  const least = before?.confidence ?? 1;
  // written out, for each utterance comes here: spreading and cutting what is short enough cost more than all the rest
  const tail = text.length < longestTail && before !== undefined ? before.text + text : text;
  return { by, end, text: tail.length > longestTail ? tail.slice(-longestTail) : tail, confidence: sure < least ? sure : least };
}

/** May an utterance go on from an earlier one? Asked before anything is made of either. */
export function goesOnFrom(earlier: TraceEvent, event: TraceEvent): boolean {
  const end = earlier.fields['end'];
  return typeof end === 'number' && earlier.by === event.by && event.occurredAt - end <= cutReach;
}

/** The event with what the same side said right before, if it goes on from there. */
export function continued(event: TraceEvent, last: LastSaid | undefined): TraceEvent {
  if (last === undefined || event.type !== said || event.text === undefined || event.by !== last.by) return event;
  if (event.occurredAt - last.end > cutReach) return event;
  const { id, type, source, by, occurredAt, seq, fields, text } = event;
  return { id, type, source, by, occurredAt, seq, fields, text, before: { text: last.text, confidence: last.confidence } };
}
