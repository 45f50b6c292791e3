import type { Instant } from '@threerings/norms/trace';
import { type Happened, textOf } from '../timeline/decider.ts';
import type { MonitorMode } from '../wire/monitoring.ts';

/** One stretch in which a leader was on a call. */
export interface MonitoredStretch {
  readonly leader: string;
  readonly agent: string;
  readonly mode: MonitorMode;
  readonly since: Instant;
  readonly until?: Instant | undefined;
}

/** Leaders on one call. Plain data; a fold of the call's events. */
export interface Monitoring {
  /** who has the caller */
  readonly talking?: string | undefined;
  readonly open?: MonitoredStretch | undefined;
  /** oldest first, the newest ones at most */
  readonly past: readonly MonitoredStretch[];
}

export const notMonitored: Monitoring = { past: [] };
const mostPast = 20;

/** The monitoring after one more event of the call. */
export function evolveMonitoring(state: Monitoring, event: Happened): Monitoring {
  const at = event.occurredAt;
  const agent = textOf(event, 'agent');
  switch (event.type) {
    case 'call.answered':
    case 'transfer.completed':
      return event.by === 'customer' ? state : { ...state, talking: agent };
    case 'monitor.started':
    case 'monitor.changed': {
      const mode = textOf(event, 'mode');
      const stretch: MonitoredStretch = {
        leader: textOf(event, 'leader') ?? '',
        agent: agent ?? '',
        mode: mode === 'whisper' || mode === 'barge' ? mode : 'listen',
        since: at,
      };
      return { ...closed(state, at), open: stretch };
    }
    case 'monitor.ended':
      return closed(state, at);
    case 'call.ended':
      return { ...closed(state, at), talking: undefined };
    default:
      return state;
  }
}

function closed(state: Monitoring, until: Instant): Monitoring {
  if (state.open === undefined) return state;
  return { ...state, open: undefined, past: [...state.past, { ...state.open, until }].slice(-mostPast) };
}

/** The stretches that this agent may know of now: joining and whispering at once, listening when the own part is over. */
export function shownToAgent({ open, past }: Monitoring, agent: string, over: boolean): readonly MonitoredStretch[] {
  const all = [...past, ...(open === undefined ? [] : [open])].filter((one) => one.agent === agent);
  return over ? all : all.filter((one) => one === open && one.mode !== 'listen');
}
