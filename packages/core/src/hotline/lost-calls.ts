import type { Instant } from '@threerings/norms/trace';
import { isRefusal } from '../errors/refusal.ts';
import { decidePromise } from '../promises/lifecycle.ts';
import { noPromise } from '../promises/state.ts';
import { type Happened, numberOf } from '../timeline/decider.ts';
import type { Call } from './state.ts';
import type { Turn } from './turn.ts';

/**
 * A caller who gave up waiting is to be called back, and a caller whose line dropped in the talk is to be redialled by the agent:
 * tasks with a due time, not words that anybody gave. Only who called by telephone can be called, and nobody who asked not to be.
 */
export function lostCall(turn: Turn, before: Call, event: Happened): void {
  const { interaction, queueing, conversation } = before;
  const { settings } = turn.hotline;
  if (interaction.channel !== 'phone' || queueing.promised || conversation.flags.includes('unsafe-to-call')) return;
  const at = event.occurredAt;
  if (event.type === 'call.abandoned') {
    const waited = interaction.phase === 'queued' && (numberOf(event, 'wait') ?? 0) > settings.shortAbandonMs;
    if (waited)
      task(turn, before, {
        promise: `abandoned-${before.id}`,
        owner: 'leader',
        channel: 'abandoned',
        due: at + settings.abandonedCallbackMs,
      });
  } else if (interaction.phase === 'talking' && event.fields['side'] !== 'agent' && settings.redialTries > 0) {
    const owner = interaction.talk?.agent ?? 'leader';
    task(turn, before, { promise: redialOf(before.id), owner, channel: 'redial', due: at + settings.redialWithinMs });
  }
}

/** The promise to take up a call again whose line dropped. */
export const redialOf = (interaction: string): string => `redial-${interaction}`;
export const isRedial = (promise: string): boolean => promise.startsWith('redial-');

interface Task {
  readonly promise: string;
  readonly owner: string;
  readonly channel: string;
  readonly due: Instant;
}

function task(turn: Turn, call: Call, given: Task): void {
  const decision = decidePromise({ kind: 'make', what: 'callback', by: 'system', at: turn.at, ...given }, noPromise);
  if (isRefusal(decision)) return;
  for (const event of decision) turn.planned.push({ stream: `promise-${given.promise}`, interaction: call.id, event });
}
