import { isRefusal } from '../errors/refusal.ts';
import { announcedOutage, noticeDue, type OutageNotice, promiseOfNotice } from '../outages/notice.ts';
import { decidePromise } from '../promises/lifecycle.ts';
import { noPromise } from '../promises/state.ts';
import type { Call, Hotline } from './state.ts';
import type { Turn } from './turn.ts';

/** The outage that this caller is to be told of before waiting; undefined = none. */
export function outageOfCall({ outages }: Pick<Hotline, 'outages'>, { interaction, queueing }: Call): OutageNotice | undefined {
  return announcedOutage(outages, { queue: interaction.queue, called: queueing.called });
}

/**
 * The caller wants to be told when this outage is over: the hotline itself promises it, to the calling number, in the same
 * commit. Asked twice in one call it is promised once; false when it was promised before in this turn's state or cannot be.
 */
export function promiseRestoration(turn: Turn, call: Call, notice: OutageNotice): boolean {
  const promise = promiseOfNotice(notice.outage, call.id);
  if (turn.planned.some(({ stream }) => stream === `promise-${promise}`) || turn.world.promise?.(promise) !== undefined) return false;
  const due = noticeDue(notice, turn.hotline.settings, turn.at);
  const who = { owner: 'leader', by: 'system', outage: notice.outage } as const;
  const decision = decidePromise({ kind: 'make', what: 'notify', promise, due, ...who, at: turn.at }, noPromise);
  if (isRefusal(decision)) return false;
  for (const event of decision) turn.planned.push({ stream: `promise-${promise}`, interaction: call.id, event });
  return true;
}
