import { noVerdicts } from '../observance/rates.ts';
import { type Happened, textOf } from '../timeline/decider.ts';
import type { CallOnBoard } from './state.ts';

/** Closed calls that stay in view; older ones are found in the list of interactions. */
export const mostClosedCalls = 20;

/** A call on the board after one more of its events; undefined while it has not arrived. */
export function callAfter(
  before: CallOnBoard | undefined,
  event: Happened,
  interaction: string,
  origin: CallOnBoard['origin'],
): CallOnBoard | undefined {
  const at = event.occurredAt;
  if (before === undefined)
    return arrivals.includes(event.type) ? callAfter(arriving(event, interaction, origin), event, interaction, origin) : undefined;
  switch (event.type) {
    case 'call.queued':
      return { ...before, queue: textOf(event, 'queue') ?? before.queue };
    case 'call.agent-offered':
    case 'call.ringing':
      return textOf(event, 'target') === 'customer'
        ? before
        : { ...before, ...standing(before, 'ringing', at), agent: textOf(event, 'agent') ?? before.agent };
    case 'outbound.dialled':
      return { ...before, agent: textOf(event, 'agent') };
    case 'call.ring-stopped':
      return before.answered || !before.waiting ? before : { ...before, ...standing(before, 'queued', at), agent: undefined };
    case 'call.answered':
      if (event.by === 'customer') return before;
      return { ...before, state: 'talking', since: at, agent: textOf(event, 'agent') ?? before.agent, waiting: false, answered: true };
    case 'transfer.completed':
      return { ...before, agent: textOf(event, 'agent') ?? before.agent };
    case 'music.started':
    case 'hold.started':
      return { ...before, state: 'hold', since: at };
    case 'music.stopped':
    case 'hold.resumed':
      return { ...before, state: 'talking', since: at };
    case 'monitor.started':
    case 'monitor.changed':
      return { ...before, monitor: { leader: textOf(event, 'leader') ?? '', mode: modeOf(event) } };
    case 'monitor.ended':
      return { ...before, monitor: undefined };
    case 'call.ended':
    case 'wrapup.started':
      return { ...before, state: 'wrap-up', since: at, waiting: false, duties: event.type === 'call.ended' ? [] : before.duties };
    case 'interaction.closed':
      return { ...before, state: 'closed', since: at, waiting: false, duties: [] };
    default:
      return before;
  }
}

function modeOf(event: Happened): 'listen' | 'whisper' | 'barge' {
  const mode = textOf(event, 'mode');
  return mode === 'whisper' || mode === 'barge' ? mode : 'listen';
}

/** A stored timeline can begin in the middle of a call: any of these brings it onto the board. */
const arrivals = ['call.offered', 'call.queued', 'call.agent-offered', 'call.ringing', 'call.answered'];

function arriving(event: Happened, interaction: string, origin: CallOnBoard['origin']): CallOnBoard {
  const at = event.occurredAt;
  const fresh = {
    interaction,
    origin,
    test: event.fields['test'] === true,
    since: at,
    callerSince: at,
    tally: noVerdicts,
    broken: [],
    duties: [],
  };
  // Whom we call does not wait for us.
  if (textOf(event, 'direction') === 'out') return { ...fresh, state: 'ringing', waiting: false, answered: false };
  return { ...fresh, queue: textOf(event, 'queue'), state: 'queued', waiting: true, answered: false };
}

function standing(before: CallOnBoard, state: CallOnBoard['state'], at: number): Pick<CallOnBoard, 'state' | 'since'> {
  return before.state === state ? { state, since: before.since } : { state, since: at };
}
