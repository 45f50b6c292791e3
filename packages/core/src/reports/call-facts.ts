import type { Instant } from '@threerings/norms/trace';
import { type Happened, numberOf, textOf } from '../timeline/decider.ts';

/** What reports count of one call. All lengths in ms. */
export interface CallFact {
  /** it arrived, or was dialled */
  readonly at: Instant;
  readonly direction: 'in' | 'out';
  /** 拨测: never counted */
  readonly test: boolean;
  /** the caller began to wait for a person; undefined = never asked for one */
  readonly askedAt: Instant | undefined;
  /** the queue asked for first */
  readonly queue: string | undefined;
  /** who answered first */
  readonly agent: string | undefined;
  readonly outcome: 'answered' | 'abandoned' | 'other';
  /** from asking to the answer, or until the caller gave up */
  readonly waitMs: number | undefined;
  /** without what was held */
  readonly talkMs: number;
  readonly holdMs: number;
  readonly wrapUpMs: number;
  readonly invited: boolean;
  /** 1–5 */
  readonly score: number | undefined;
  /** times it was handed to somebody else who took it */
  readonly transfers: number;
  /** nobody answered, and the caller left a spoken message */
  readonly message: boolean;
  /** on the blocklist, told so and not let through */
  readonly blocked: boolean;
  /** the caller's number is known; a call without one can be nobody's second */
  readonly known: boolean;
  /** answered, and so was a call of the same number in the seven days before */
  readonly repeat: boolean;
}

interface Folding extends CallFact {
  readonly answeredAt: Instant | undefined;
  readonly heldSince: Instant | undefined;
  readonly wrapUpSince: Instant | undefined;
  readonly talkedMs: number;
}

/** The events that matter to `callFactOf`: nothing else need be read. */
export const countedCallEvents = [
  'call.offered',
  'call.queued',
  'call.answered',
  'call.abandoned',
  'call.ended',
  'hold.started',
  'hold.resumed',
  'wrapup.started',
  'wrapup.ended',
  'survey.offered',
  'survey.answered',
  'outbound.dialled',
  'transfer.completed',
  'recording.stopped',
  'call.blocked',
  'call.unblocked',
] as const;

/** Folds the events of a call in their order; undefined for what is no call. Who called before is not known from one call: `repeat` is false. */
export function callFactOf(events: readonly Happened[]): CallFact | undefined {
  const [first] = events;
  if (first === undefined || !(first.type === 'call.offered' || first.type === 'outbound.dialled')) return undefined;
  const { answeredAt: _, heldSince: __, wrapUpSince: ___, talkedMs, ...fact } = events.reduce(after, began(first));
  return { ...fact, talkMs: Math.max(0, talkedMs - fact.holdMs) };
}

function began(first: Happened): Folding {
  const queue = textOf(first, 'queue');
  return {
    at: first.occurredAt,
    direction: first.type === 'outbound.dialled' || textOf(first, 'direction') === 'out' ? 'out' : 'in',
    test: first.fields['test'] === true,
    askedAt: queue === undefined ? undefined : first.occurredAt,
    queue,
    agent: undefined,
    outcome: 'other',
    waitMs: undefined,
    talkMs: 0,
    holdMs: 0,
    wrapUpMs: 0,
    invited: false,
    score: undefined,
    transfers: 0,
    message: false,
    blocked: false,
    known: first.fields['number'] !== undefined,
    repeat: false,
    answeredAt: undefined,
    heldSince: undefined,
    wrapUpSince: undefined,
    talkedMs: 0,
  };
}

function after(call: Folding, event: Happened): Folding {
  const at = event.occurredAt;
  switch (event.type) {
    case 'call.queued':
      return { ...call, askedAt: call.askedAt ?? at, queue: call.queue ?? textOf(event, 'queue') };
    case 'call.blocked':
      return { ...call, blocked: true, askedAt: undefined };
    case 'call.unblocked':
      return { ...call, blocked: false };
    case 'call.answered':
      return answered(call, event);
    case 'call.abandoned':
      return call.outcome === 'answered' ? call : { ...call, outcome: 'abandoned', waitMs: at - (call.askedAt ?? at) };
    case 'hold.started':
      return { ...call, heldSince: call.heldSince ?? at };
    case 'hold.resumed':
      return resumed(call, at);
    case 'call.ended':
      return { ...resumed(call, at), talkedMs: call.answeredAt === undefined ? 0 : at - call.answeredAt };
    case 'wrapup.started':
      return { ...call, wrapUpSince: call.wrapUpSince ?? at };
    case 'wrapup.ended':
      return { ...call, wrapUpMs: call.wrapUpMs + at - (call.wrapUpSince ?? at), wrapUpSince: undefined };
    case 'transfer.completed':
      return { ...call, transfers: call.transfers + 1 };
    case 'recording.stopped':
      return { ...call, message: call.message || (call.direction === 'in' && call.answeredAt === undefined) };
    case 'survey.offered':
      return { ...call, invited: true };
    case 'survey.answered':
      return { ...call, invited: true, score: numberOf(event, 'score') };
    default:
      return call;
  }
}

/** The caller's own answer to a call that the hotline placed is no answer of an agent. */
function answered(call: Folding, event: Happened): Folding {
  if (event.by === 'customer' || call.outcome === 'answered') return call;
  const at = event.occurredAt;
  return { ...call, outcome: 'answered', answeredAt: at, agent: textOf(event, 'agent'), waitMs: at - (call.askedAt ?? call.at) };
}

function resumed(call: Folding, at: Instant): Folding {
  return call.heldSince === undefined ? call : { ...call, holdMs: call.holdMs + at - call.heldSince, heldSince: undefined };
}
