import { fact } from '../timeline/decider.ts';
import type { NewEvent } from '../timeline/event.ts';
import type { Call } from './state.ts';
import type { Turn } from './turn.ts';

const prefix = 'agent-number-';

export function isAgentNumber(prompt: string): prompt is `agent-number-${string}` {
  return prompt.startsWith(prefix);
}

/**
 * An agent has answered a caller: the two hear each other, at once or, where the hotline wants it (`settings.agentNumberFirst`), after the
 * caller has heard who answers (S1a-16). A number that nobody recorded is passed over, so that nobody waits for it. Who was called by us is
 * told by the agent.
 */
export function meetsCaller(turn: Turn, call: Call, agent: string): void {
  const wanted = turn.hotline.settings.agentNumberFirst === 1 && call.interaction.dial === undefined;
  if (wanted) turn.announce(call.id, `${prefix}${agent}`);
  else joins(turn, call, agent);
}

/**
 * The number was heard, or cannot be played: now the agent is heard. Whatever was done with the caller meanwhile stands, and where it broke
 * the number off (`interrupted`), it decides who is heard; the call is recorded all the same.
 */
export function afterAgentNumber(turn: Turn, call: Call, interrupted: boolean): void {
  const { phase, talk } = call.interaction;
  if (phase !== 'talking' || talk === undefined) return;
  if (interrupted || call.hold.open !== undefined || call.transfers.open !== undefined) records(turn, call, talk.agent);
  else joins(turn, call, talk.agent);
}

/** A prompt that was heard, as the timeline knows it: whose number it was stands in the answer. */
export function heardNumber(at: number, playedMs: number, interrupted: boolean): NewEvent {
  return fact('prompt.played', at, { prompt: 'agent-number', leg: 'caller', duration: playedMs, interrupted });
}

function joins(turn: Turn, call: Call, agent: string): void {
  turn.effect({ interaction: call.id, kind: 'connect', agent });
  records(turn, call, agent);
}

function records(turn: Turn, call: Call, agent: string): void {
  // Law: nobody is recorded who was not told.
  if (call.noticePlayed && call.recording === undefined)
    turn.effect({ interaction: call.id, kind: 'record', recording: `rec-${call.id}`, agent });
}
