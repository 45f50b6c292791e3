import type { Instant } from '@threerings/norms/trace';
import { isRefusal, type Refusal } from '../errors/refusal.ts';
import type { Sha256 } from './chain.ts';
import type { NewEvent, TimelineEvent } from './event.ts';
import { complete, record } from './record.ts';
import { emptyStream, evolveStream, type StreamIdentity } from './stream-state.ts';

/** What recording needs of the platform. */
export interface RecordingTools {
  readonly sha256: Sha256;
  /** id of the n-th event, n from 1 */
  readonly id: (n: number) => string;
  /** when it is recorded, ms UTC; absent = the moment it occurred */
  readonly now?: Instant | undefined;
}

/** The event that was refused (index from 0), and why. */
export interface RefusedAt {
  readonly index: number;
  readonly refusal: Refusal;
}

/**
 * Records a whole stream without storing it, for judging a file or replaying a call: events that the laws drop are left
 * out, personal values get references of no vault, and what was said stays beside the event as `text`.
 */
export function recordInMemory(
  identity: StreamIdentity,
  events: readonly NewEvent[],
  tools: RecordingTools,
): { readonly events: readonly TimelineEvent[] } | RefusedAt {
  let state = emptyStream(identity, tools.sha256);
  const recorded: TimelineEvent[] = [];
  for (const [index, event] of events.entries()) {
    const answer = record(state, event, tools.now ?? event.occurredAt);
    if (isRefusal(answer)) return { index, refusal: answer };
    if ('dropped' in answer) continue;
    const { personal } = answer.draft;
    const references = Object.fromEntries(Object.keys(personal).map((name) => [name, `vault:memory.${state.n + 1}.${name}`]));
    const finished = complete(answer.draft, { id: tools.id(state.n + 1), references }, tools.sha256);
    state = evolveStream(state, finished);
    recorded.push(personal['text'] === undefined ? finished : { ...finished, text: personal['text'].value });
  }
  return { events: recorded };
}
