import type { Happened } from '../timeline/decider.ts';
import { type Board, type BoardPlan, type CallOnBoard, noCounts, type QueueCounts } from './state.ts';

/**
 * Counts of the day by queue. A call is offered once, when it first waits in the queue; it is answered in time when its
 * caller waited at most `serviceLevelMs` since the first alert, however many agents were rung.
 */
export function countsAfter(
  queues: Board['queues'],
  before: CallOnBoard | undefined,
  after: CallOnBoard,
  event: Happened,
  plan: BoardPlan,
): Board['queues'] {
  const queue = after.queue;
  if (queue === undefined) return queues;
  const counts = queues[queue] ?? noCounts;
  const counted = countEvent(counts, before, event, event.occurredAt - after.callerSince, plan);
  return counted === counts ? queues : { ...queues, [queue]: counted };
}

function countEvent(counts: QueueCounts, before: CallOnBoard | undefined, event: Happened, wait: number, plan: BoardPlan): QueueCounts {
  switch (event.type) {
    case 'call.offered':
    case 'call.queued':
      return before?.queue === undefined ? { ...counts, offered: counts.offered + 1 } : counts;
    case 'call.answered': {
      if (before?.answered === true || event.by === 'customer') return counts;
      const inTime = wait <= plan.serviceLevelMs ? 1 : 0;
      return { ...counts, answered: counts.answered + 1, answeredInTime: counts.answeredInTime + inTime };
    }
    case 'call.abandoned': {
      const short = wait <= plan.shortAbandonMs ? 1 : 0;
      return { ...counts, abandoned: counts.abandoned + 1, abandonedShort: counts.abandonedShort + short };
    }
    default:
      return counts;
  }
}
