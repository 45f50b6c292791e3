import { type Happened, textOf } from '../timeline/decider.ts';
import { type Board, type BoardPlan, type CallOnBoard, noCounts, type QueueCounts } from './state.ts';

/**
 * Counts of the day by queue. A call is offered once in each queue that it comes to, and diverted where it goes on to another; it is answered in time when its
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
  const all = counted === counts ? queues : { ...queues, [queue]: counted };
  // Who asked for a queue that is closed waits at the night desk and is offered there.
  const asked = before?.queue;
  if (event.type !== 'call.queued' || textOf(event, 'reason') !== 'night' || asked === undefined || asked === queue) return all;
  const left = all[asked] ?? noCounts;
  return { ...all, [asked]: { ...left, diverted: left.diverted + 1 } };
}

function countEvent(counts: QueueCounts, before: CallOnBoard | undefined, event: Happened, wait: number, plan: BoardPlan): QueueCounts {
  switch (event.type) {
    case 'call.offered':
    case 'call.queued': {
      const isNew = before?.queue === undefined || (event.type === 'call.queued' && before.queue !== textOf(event, 'queue'));
      return isNew ? { ...counts, offered: counts.offered + 1 } : counts;
    }
    case 'call.dequeued': {
      const wentOn = textOf(event, 'outcome') === 'overflow' && before?.answered !== true;
      return wentOn ? { ...counts, diverted: counts.diverted + 1 } : counts;
    }
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
