import { decidePromise } from '../promises/lifecycle.ts';
import { noPromise } from '../promises/state.ts';
import { callerNumber } from './inputs.ts';
import { type Call, withCall } from './state.ts';
import type { Turn } from './turn.ts';

/** The hotline itself promises: owner and first receiver are the hotline's leaders. `number` absent = the calling number. */
export function promiseCallback(turn: Turn, call: Call, number: string | undefined): void {
  const { phase } = call.interaction;
  if ((phase !== 'queued' && phase !== 'offered') || call.queueing.promised) return;
  const promise = `callback-${call.id}`;
  const due = turn.at + turn.hotline.settings.nobodyCallbackMs;
  const personal = number === undefined ? {} : { number: callerNumber(call.id, number) };
  const make = { kind: 'make', what: 'callback', promise, due, owner: 'leader', by: 'system', at: turn.at, ...personal } as const;
  const decision = decidePromise(make, noPromise);
  if ('refused' in decision) return;
  for (const event of decision) turn.planned.push({ stream: `promise-${promise}`, interaction: call.id, event });
  turn.hotline = withCall(turn.hotline, { ...call, queueing: { ...call.queueing, promised: true } });
  turn.announce(call.id, 'callback-promised');
}
