import type { Instant } from '@threerings/norms/trace';
import type { Sha256 } from './chain.ts';
import { streamStart } from './chain.ts';
import type { TimelineEvent } from './event.ts';
import { applyToIntervals, noIntervals, type OpenIntervals } from './open-intervals.ts';
import { type Utterance, withUtterance } from './utterances.ts';

/** Whose events a stream holds. */
export interface StreamIdentity {
  /** `interaction-<id>`, `presence-<agent>`, `promise-<id>` … */
  readonly stream: string;
  readonly interaction?: string | undefined;
  readonly case?: string | undefined;
}

/** What the recorder must remember of a stream to place its next event. Plain data; a fold of the stream's events. */
export interface StreamState extends StreamIdentity {
  /** position of the newest event; 0 = none */
  readonly n: number;
  /** hash of the newest event, or of the stream's name */
  readonly hash: string;
  readonly firstAt?: Instant | undefined;
  readonly endedAt?: Instant | undefined;
  readonly closedAt?: Instant | undefined;
  readonly open: OpenIntervals;
  readonly utterances: readonly Utterance[];
  /** instant of `call.ringing` by leg, kept after the answer */
  readonly rang: Readonly<Record<string, Instant>>;
  /** instant since which the caller waits for a person */
  readonly waitingSince?: Instant | undefined;
  /** a call of ours: nobody waits for us, and no agent is rung */
  readonly placed?: boolean | undefined;
  /** agents who took the conversation over by a transfer */
  readonly receivers: readonly string[];
}

export function emptyStream(identity: StreamIdentity, sha256: Sha256): StreamState {
  return {
    ...identity,
    n: 0,
    hash: streamStart(identity.stream, sha256),
    open: noIntervals,
    utterances: [],
    rang: {},
    receivers: [],
  };
}

/** The state after one more event of the stream. `events.reduce(evolveStream, emptyStream(…))` is the state after all. */
export function evolveStream(state: StreamState, event: TimelineEvent): StreamState {
  const next: StreamState = {
    ...state,
    n: event.n,
    hash: event.hash,
    firstAt: state.firstAt ?? event.occurredAt,
    open: applyToIntervals(state.open, event),
  };
  const leg = event.fields['leg'];
  const agent = event.fields['agent'];
  switch (event.type) {
    case 'call.offered':
      if (event.fields['direction'] === 'out') return { ...next, placed: true };
      return { ...next, waitingSince: state.waitingSince ?? event.occurredAt };
    case 'call.queued':
      return { ...next, waitingSince: state.waitingSince ?? event.occurredAt };
    case 'call.ringing':
      return typeof leg === 'string' ? { ...next, rang: { [leg]: event.occurredAt, ...state.rang } } : next;
    case 'transfer.completed':
      return typeof agent === 'string' ? { ...next, receivers: [...state.receivers, agent] } : next;
    case 'speech.said':
      return { ...next, utterances: withUtterance(state.utterances, { at: event.occurredAt, role: event.by ?? 'agent' }) };
    case 'call.ended':
      return { ...next, endedAt: event.occurredAt };
    case 'interaction.closed':
      return { ...next, closedAt: event.occurredAt };
    case 'case.linked':
      return typeof event.fields['case'] === 'string' ? { ...next, case: event.fields['case'] } : next;
    default:
      return next;
  }
}
