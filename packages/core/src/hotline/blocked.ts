import { decideInteraction } from '../interactions/lifecycle.ts';
import { fact } from '../timeline/decider.ts';
import type { PromptName } from './effects.ts';
import type { BlockedBy } from './inputs.ts';
import type { Call } from './state.ts';
import type { Turn } from './turn.ts';
import { beginMessage, recordMessage } from './voicemail.ts';

/** The key that a blocked caller presses in an emergency. */
export const emergencyKey = '1';
/** After the announcement a key is waited for so long, ms. */
export const blockedWaitMs = 5000;

/** Notes that a caller's number is on the blocklist, before anybody is rung. */
export function blockCall(turn: Turn, call: Call, { entry, offer }: BlockedBy): void {
  turn.record(call, [fact('call.blocked', turn.at, { entry, offer })]);
}

export const isBlocked = ({ interaction, queueing }: Call): boolean => queueing.blocked !== undefined && interaction.phase === 'offered';

/**
 * What follows a prompt for a blocked caller: the notice, the announcement with its key for emergencies, then word may be left or the
 * call ends. Where nobody recorded the announcement the caller is let through: nobody is turned away in silence. True: let through now.
 */
export function afterBlockedPrompt(turn: Turn, call: Call, prompt: PromptName): boolean {
  const { blocked } = call.queueing;
  if (prompt === 'recording-notice') turn.announce(call.id, 'blocked');
  else if (prompt === 'message-greeting') recordMessage(turn, call);
  else if (prompt === 'blocked') {
    if (blocked?.heard === undefined) return letThrough(turn, call, 'unannounced');
    if (blocked.offer === 'message') beginMessage(turn, call);
  }
  return false;
}

/** A key of a blocked caller. True: let through now. */
export function keyOfBlocked(turn: Turn, call: Call, key: string): boolean {
  return key === emergencyKey && call.playing !== 'recording-notice' && letThrough(turn, call, 'emergency');
}

/** The caller was told, and pressed nothing. */
export function endBlocked(turn: Turn, call: Call): void {
  turn.decide(call, decideInteraction({ kind: 'dismiss', because: 'nobody', at: turn.at }, call.interaction, turn.hotline.settings));
}

function letThrough(turn: Turn, call: Call, reason: 'emergency' | 'unannounced'): true {
  turn.record(call, [fact('call.unblocked', turn.at, { entry: call.queueing.blocked?.entry ?? '', reason })]);
  return true;
}
