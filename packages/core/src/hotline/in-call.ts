import { type Refusal, refuse } from '../errors/refusal.ts';
import type { AskReason } from '../wire/desk.ts';
import type { NormAsk } from './inputs.ts';
import type { Call } from './state.ts';

/** Why this agent does not have the caller; undefined = the agent has. */
export function talksTo(call: Call, agent: string): Refusal | undefined {
  const { talk, phase } = call.interaction;
  if (phase !== 'talking' || talk === undefined) return refuse('call.not-talking');
  return talk.agent === agent ? undefined : refuse('call.not-yours');
}

/** What a norm wants explained, as the desk asks it. */
export function question({ norm, cites, message, missing }: NormAsk): AskReason {
  return { ask: 'reason', norm, cites: [...cites], message, missing: [...missing] };
}
