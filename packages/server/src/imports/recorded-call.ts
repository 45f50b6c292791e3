import { speak } from '@threerings/core/errors/refusal';
import { type NewEvent, streamOfInteraction, type TimelineEvent } from '@threerings/core/timeline/event';
import { recordInMemory } from '@threerings/core/timeline/record-in-memory';
import { sha256 } from '../store/sha256.ts';

/**
 * The events of an imported call as the recorder places them, without storing them; what was said stands beside them. The
 * store would record them alike, so verdicts on these are verdicts on those.
 * @param now ms UTC; absent = each event is recorded when it occurred
 */
export function recordedCall(
  interaction: string,
  events: readonly NewEvent[],
  now?: number,
): { readonly events: readonly TimelineEvent[] } | { readonly refused: string } {
  const identity = { stream: streamOfInteraction(interaction), interaction };
  const recorded = recordInMemory(identity, events, { sha256, id: (n) => `${interaction}.${n}`, now });
  if ('events' in recorded) return recorded;
  const { message, remedy } = speak(recorded.refusal, 'en');
  return { refused: `${message}: ${remedy}` };
}
