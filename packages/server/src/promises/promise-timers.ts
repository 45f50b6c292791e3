import type { Clock } from '../clock.ts';
import type { Dispatch } from '../runtime/dispatch.ts';
import type { Database } from '../store/database.ts';
import { promiseDue, wakeAfter } from '../store/promise-rows.ts';
import { TimerRunner } from '../store/timer-runner.ts';
import type { ClaimedTimer } from '../store/timers.ts';
import type { PromiseBook } from './promise-book.ts';

export interface PromiseTimerParts {
  readonly db: Database;
  readonly clock: Clock;
  readonly promises: PromiseBook;
  readonly dispatch: Dispatch;
  onError(error: unknown, timer?: ClaimedTimer): void;
}

/** Wakes every promise at what comes next, from the timers in the database; what this process commits is known at once. */
export function runPromiseTimers({ db, clock, promises, dispatch, onError }: PromiseTimerParts): TimerRunner {
  const timers = new TimerRunner({
    db,
    clock,
    handlers: { [promiseDue]: ({ payload }) => promises.due(String(payload['promise']), clock.now()) },
    onError,
  });
  timers.start();
  const { remindAheadMs, escalateAfterMs } = promises.policy;
  dispatch.subscribe('timers', (events) => {
    for (const event of events) {
      const wake = wakeAfter(event, remindAheadMs, escalateAfterMs);
      if (typeof wake === 'number') timers.set(wake);
    }
  });
  return timers;
}
