import { type Happened, textOf } from '../timeline/decider.ts';
import type { PresenceCommand } from './lifecycle.ts';

/** A presence command and whom it is for. */
export interface Following {
  readonly agent: string;
  readonly command: PresenceCommand;
}

/** What must be known of the call besides the event. */
export interface CallParties {
  /** whom the call is being offered to */
  readonly offered?: string | undefined;
  /** who talks to the caller */
  readonly talking?: string | undefined;
  /** the colleague who is rung or spoken to about the caller */
  readonly consulted?: string | undefined;
  /** who calls somebody */
  readonly dialling?: string | undefined;
}

/**
 * The policy that makes presence follow a call: an offered agent rings, an answer talks, a hold holds, the end of the call
 * is followed by wrap-up and wrap-up by ready. Who was rung and did not answer is paused; who declined, or whose device
 * could not be reached, is paused with that reason, so that the same call is not offered in a circle. A colleague who is
 * asked to take a caller over rings and talks as well, and is free again unless the caller came along. Who calls somebody is
 * engaged from the dialling on.
 * `parties` are those before the event.
 */
export function presenceAfter(event: Happened, parties: CallParties): readonly Following[] {
  const at = event.occurredAt;
  const agent = textOf(event, 'agent');
  const follow = (who: string | undefined, state: Extract<PresenceCommand, { kind: 'follow' }>['state']): readonly Following[] =>
    who === undefined ? [] : [{ agent: who, command: { kind: 'follow', state, at } }];
  switch (event.type) {
    case 'call.agent-offered':
      return follow(agent, 'ringing');
    case 'outbound.dialled':
      return follow(agent, 'talking');
    case 'outbound.failed':
      return follow(parties.dialling, 'ready');
    case 'call.answered':
      return event.by === 'customer' ? [] : follow(agent, 'talking');
    case 'call.ring-stopped':
      return ringStopped(textOf(event, 'outcome'), parties.offered, at);
    case 'hold.started':
      return follow(parties.talking, 'hold');
    case 'hold.resumed':
      return follow(parties.talking, 'talking');
    case 'transfer.completed':
      return follow(agent, 'talking');
    case 'consult.started':
      return follow(agent, 'ringing');
    case 'consult.answered':
      return follow(agent, 'talking');
    case 'consult.ended':
      return parties.consulted === parties.talking ? [] : follow(parties.consulted, 'ready');
    case 'wrapup.started':
    case 'writeup.started':
      return follow(agent, 'wrap-up');
    case 'wrapup.ended':
    case 'writeup.ended':
      return follow(agent, 'ready');
    default:
      return [];
  }
}

function ringStopped(outcome: string | undefined, agent: string | undefined, at: number): readonly Following[] {
  if (agent === undefined || outcome === 'answered') return [];
  if (outcome === 'cancelled') return [{ agent, command: { kind: 'follow', state: 'ready', at } }];
  return [{ agent, command: { kind: 'pause', reason: outcome ?? 'no-answer', at } }];
}
