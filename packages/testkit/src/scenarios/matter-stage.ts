import { type PromiseChange, promiseChange } from '@threerings/core/wire/desk';
import { type NewTicket, newTicket, type TicketChange, ticketChange } from '@threerings/core/wire/tickets';
import type { Instant } from '@threerings/norms/trace';
import type { MatterAct } from './steps.ts';

/** Numbers of tickets, the same from every driver. */
export class TicketNumbers {
  readonly #ofCustomer = new Map<string, string[]>();

  next(customer: string): string {
    const own = this.#ofCustomer.get(customer) ?? [];
    const ticket = `ticket-${customer}-${own.length + 1}`;
    this.#ofCustomer.set(customer, [...own, ticket]);
    return ticket;
  }

  newest(customer: string): string {
    return this.#ofCustomer.get(customer)?.at(-1) ?? 'none';
  }

  get all(): readonly string[] {
    return [...this.#ofCustomer.values()].flat();
  }
}

/** The ticket as the page sends it. */
export function newTicketOf(
  act: Extract<MatterAct, { does: 'writes-ticket' }>,
  at: { readonly ticket: string; readonly interaction: string; readonly now: Instant },
): NewTicket {
  const { does: _, department, inMs = 0, about = '', ...rest } = act;
  const dispatch = department === undefined ? {} : { dispatch: { department, dueAt: at.now + inMs } };
  return newTicket.parse({ ...rest, about, ticket: at.ticket, interaction: at.interaction, ...dispatch });
}

export function promiseChangeOf({ change, inMs }: Extract<MatterAct, { does: 'changes-promise' }>, now: Instant): PromiseChange {
  return promiseChange.parse({ ...change, ...(inMs === undefined ? {} : { due: now + inMs }) });
}

export function ticketChangeOf({ change, inMs }: Extract<MatterAct, { does: 'changes-ticket' }>, now: Instant): TicketChange {
  return ticketChange.parse({ ...change, ...(inMs === undefined ? {} : { dueAt: now + inMs }) });
}
