import type { Instant } from '@threerings/norms/trace';
import { isRefusal } from '../errors/refusal.ts';
import { decideInteraction } from '../interactions/lifecycle.ts';
import { decidePromise } from '../promises/lifecycle.ts';
import { noPromise } from '../promises/state.ts';
import { fact } from '../timeline/decider.ts';
import type { PromptName } from './effects.ts';
import { type Call, type Hotline, withCall } from './state.ts';
import type { Turn } from './turn.ts';

/** The key that leaves a spoken message, where that is offered, and the one that ends it. */
export const messageKey = '2';
const endKey = '#';

/** What is offered to a caller whom nobody can answer: a callback, or word left as well. */
export function offerOf({ plan }: Pick<Hotline, 'plan'>, call: Call): PromptName {
  return plan.voicemail !== undefined && call.noticePlayed ? 'message-offer' : 'callback-offer';
}

/** A caller who waits for nobody leaves word: only who was told that the call is recorded. */
export function beginMessage(turn: Turn, call: Call): void {
  if (turn.hotline.plan.voicemail === undefined || !call.noticePlayed || call.queueing.messageSince !== undefined) return;
  turn.announce(call.id, 'message-greeting');
}

/** The greeting is over: what is said now is kept, and somebody answers it. */
export function recordMessage(turn: Turn, call: Call): void {
  const promise = `voicemail-${call.id}`;
  const due = turn.at + turn.hotline.settings.voicemailReplyMs;
  const make = { kind: 'make', what: 'callback', promise, due, owner: 'leader', by: 'system', channel: 'voicemail', at: turn.at } as const;
  const decision = decidePromise(make, noPromise);
  if (isRefusal(decision)) return;
  if (!call.queueing.promised)
    for (const event of decision) turn.planned.push({ stream: `promise-${promise}`, interaction: call.id, event });
  turn.hotline = withCall(turn.hotline, { ...call, queueing: { ...call.queueing, promised: true, messageSince: turn.at } });
  turn.effect({ interaction: call.id, kind: 'record', recording: `rec-${call.id}` });
}

/** True while the caller speaks a message. */
export function isLeavingWord({ interaction, queueing }: Call): boolean {
  return queueing.messageSince !== undefined && (interaction.phase === 'offered' || interaction.phase === 'queued');
}

/** When the longest message is over; undefined where none is being left. */
export function messageEnds({ plan }: Pick<Hotline, 'plan'>, call: Call): Instant | undefined {
  const { messageSince } = call.queueing;
  return isLeavingWord(call) && messageSince !== undefined ? messageSince + (plan.voicemail?.maxMs ?? 0) : undefined;
}

/** The caller has said it, pressed the key that ends it, or hung up: the call is over, and a callback is owed. */
export function endMessage(turn: Turn, call: Call): void {
  const { recording } = call;
  const { messageSince = turn.at } = call.queueing;
  // Nothing of a call follows its closing, which comes at once: what was recorded is as long as it was spoken.
  const after =
    recording === undefined
      ? call
      : turn.record(call, [fact('recording.stopped', turn.at, { recording, duration: turn.at - messageSince })]);
  if (recording !== undefined) turn.effect({ interaction: call.id, kind: 'stop-recording', recording });
  turn.decide(after, decideInteraction({ kind: 'dismiss', because: 'callback', at: turn.at }, after.interaction, turn.hotline.settings));
}

/** A key pressed while a message is being left. */
export function keyInMessage(turn: Turn, call: Call, key: string): void {
  if (key === endKey) endMessage(turn, call);
}
