import type { Instant } from '@threerings/norms/trace';
import { isRefusal, refuse } from '../errors/refusal.ts';
import { decideSupport, nextInSupport, type SupportCommand, type SupportOutcome } from '../support/lifecycle.ts';
import type { HotlineAnswer } from './inputs.ts';
import { type Call, type Hotline, streamOfSupport, withSupportEvent } from './state.ts';
import type { Turn } from './turn.ts';

const done = { ok: true } as const;

/** Somebody experienced is asked to come to the desk, in the call or while it is written up. */
export function asksSupport(turn: Turn, call: Call, agent: string, topic: string): HotlineAnswer {
  if (!call.conversation.handlers.includes(agent)) return refuse('call.not-yours');
  return decide(turn, call.id, { kind: 'request', support: turn.world.newId(), agent, topic, at: turn.at });
}

/** The agent says what came of it; the call may be long over. */
export function closesSupport(turn: Turn, interaction: string, agent: string, outcome: SupportOutcome): HotlineAnswer {
  return decide(turn, interaction, { kind: 'close', agent, outcome, at: turn.at });
}

/** A leader goes there, or says that nobody can now. */
export function answersSupport(turn: Turn, interaction: string, leader: string, comes: boolean): HotlineAnswer {
  return decide(turn, interaction, comes ? { kind: 'come', helper: leader, at: turn.at } : { kind: 'busy', at: turn.at });
}

/** Does what is due of this request: afterwards the same is not due any more. */
export function supportDue(turn: Turn, interaction: string): void {
  while ((supportWakes(turn.hotline, interaction) ?? Number.POSITIVE_INFINITY) <= turn.at)
    decide(turn, interaction, { kind: 'wake', at: turn.at });
}

export function supportWakes({ supports, settings }: Hotline, interaction: string): Instant | undefined {
  const support = supports.get(interaction);
  return support && nextInSupport(support, settings)?.at;
}

function decide(turn: Turn, interaction: string, command: SupportCommand): HotlineAnswer {
  const state = turn.hotline.supports.get(interaction);
  const decision = decideSupport(command, state, turn.hotline.settings);
  if (isRefusal(decision)) return decision;
  for (const event of decision) {
    turn.planned.push({ stream: streamOfSupport(interaction), interaction, event });
    turn.hotline = withSupportEvent(turn.hotline, interaction, event);
  }
  return done;
}
