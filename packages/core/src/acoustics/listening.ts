import { textOf } from '../timeline/decider.ts';
import type { TimelineEvent } from '../timeline/event.ts';

/** What of a call may be listened to, as far as its events tell. Plain data; a fold of the call's events. */
export interface Listening {
  /** who of the staff has the caller, and the leg that the call's events name for it */
  readonly agent?: string | undefined;
  readonly leg?: string | undefined;
  /** caller and agent hear each other */
  readonly together: boolean;
  /** what the agent says reaches the caller, or would: never what is said at the desk during a hold */
  readonly agentHeard: boolean;
  /** the caller was told that the call is recorded: only then may words be written down */
  readonly informed: boolean;
  /** the recording stands still: nothing may be heard */
  readonly paused: boolean;
  readonly over: boolean;
  readonly closed: boolean;
  /** sources that nobody was there to observe from the beginning on */
  readonly absent: readonly string[];
}

export const notListening: Listening = {
  ...{ together: false, agentHeard: false, informed: false, paused: false, over: false, closed: false },
  absent: [],
};

/** After one more event of the call. */
export function evolveListening(listening: Listening, event: Pick<TimelineEvent, 'type' | 'by' | 'fields'>): Listening {
  const agent = textOf(event, 'agent');
  switch (event.type) {
    case 'source.gap-started': {
      const source = textOf(event, 'source') ?? '';
      return textOf(event, 'reason') === 'no-engine' ? { ...listening, absent: [...listening.absent, source] } : listening;
    }
    case 'prompt.played':
      return textOf(event, 'about') === 'recording-notice' && event.fields['interrupted'] !== true
        ? { ...listening, informed: true }
        : listening;
    case 'call.answered':
      if (agent === undefined || event.by === 'customer') return listening;
      return { ...listening, agent, leg: textOf(event, 'leg') ?? agent, together: true, agentHeard: true };
    case 'transfer.completed':
      return agent === undefined
        ? { ...listening, agent: undefined, together: false, agentHeard: false }
        : { ...listening, agent, leg: textOf(event, 'leg') ?? agent, together: true, agentHeard: true };
    case 'music.started':
    case 'hold.started':
      return { ...listening, together: false, agentHeard: false };
    case 'hold.speak-started':
      return { ...listening, agentHeard: true };
    case 'hold.speak-ended':
      return { ...listening, agentHeard: false };
    case 'hold.resumed':
      return textOf(event, 'outcome') === 'agent' ? { ...listening, together: true, agentHeard: true } : listening;
    case 'music.stopped':
      return listening.agent === undefined || listening.over ? listening : { ...listening, together: true, agentHeard: true };
    case 'recording.paused':
      return { ...listening, paused: true };
    case 'recording.resumed':
      return { ...listening, paused: false };
    case 'call.ended':
      return { ...listening, together: false, agentHeard: false, over: true };
    case 'interaction.closed':
      return { ...listening, over: true, closed: true };
    default:
      return listening;
  }
}
