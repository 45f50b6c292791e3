import type { PromiseCommand } from '@threerings/core/promises/lifecycle';
import { type CallerPromise, isSettled } from '@threerings/core/promises/state';
import { ticketDue } from '@threerings/core/tickets/clock';
import type { Ticket } from '@threerings/core/tickets/state';

/** A ticket that was reopened owes its answer anew: a promise of its own. */
export function promiseOfTicket(ticket: string, { reopened }: Pick<Ticket, 'reopened'>): string {
  return reopened === 0 ? `ticket-${ticket}` : `ticket-${ticket}-${reopened}`;
}

interface Standing {
  readonly ticket: string;
  readonly promise: string;
  readonly state: Ticket;
  readonly known: CallerPromise;
  readonly at: number;
}

/** So far ahead lies the due time of a pause: until then its longest counts. */
const endOfPause = Number.MAX_SAFE_INTEGER;

/** What brings the promise of a ticket nearer to what the ticket says; undefined = they agree. */
export function promiseStepOf({ ticket, promise, state, known, at }: Standing): PromiseCommand | undefined {
  const due = ticketDue(state, endOfPause);
  if (state.stage === 'none' || state.stage === 'draft' || due === undefined) return undefined;
  const who = { promise, at } as const;
  const done = state.stage === 'told' || state.stage === 'closed';
  if (known.state === 'none') {
    // Dispatched and answered before anybody looked, or looked at late: the ledger counts what is still owed.
    if (done || due <= at) return undefined;
    const { owner, first, customer } = state;
    return { ...who, kind: 'make', what: 'ticket', due, owner, first, by: 'system', ticket, customer };
  }
  if (isSettled(known)) return undefined;
  if (done) return { ...who, kind: 'keep', by: 'agent' };
  if (known.owner !== state.owner) return { ...who, kind: 'reassign', by: 'system', to: state.owner, reason: '工单变更责任人' };
  if (known.due !== due && due > at) return { ...who, kind: 'move', due, told: false, reason: '工单期限变更' };
  return undefined;
}
