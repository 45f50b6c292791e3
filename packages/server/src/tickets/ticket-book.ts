import { isRefusal, type Refusal } from '@threerings/core/errors/refusal';
import { decidePromise, type PromiseCommand } from '@threerings/core/promises/lifecycle';
import { evolvePromise, noPromise } from '@threerings/core/promises/state';
import type { TicketCommand } from '@threerings/core/tickets/commands';
import { decideTicket } from '@threerings/core/tickets/lifecycle';
import { evolveTicket, noTicket, type Ticket } from '@threerings/core/tickets/state';
import { textOf } from '@threerings/core/timeline/decider';
import type { TimelineEvent } from '@threerings/core/timeline/event';
import { handle, type Lifecycle } from '../runtime/handle.ts';
import type { EventStore } from '../store/event-store.ts';
import { promiseOfTicket, promiseStepOf } from './ticket-promise.ts';

export interface TicketBookParts {
  readonly store: Pick<EventStore, 'append' | 'load'>;
  readonly now: () => number;
  onError(ticket: string, error: unknown): void;
}

const lifecycle: Lifecycle<Ticket, TicketCommand> = { initial: noTicket, evolve: evolveTicket, decide: decideTicket };
const promises: Lifecycle<typeof noPromise, PromiseCommand> = { initial: noPromise, evolve: evolvePromise, decide: decidePromise };

export const streamOfTicket = (ticket: string): string => `ticket-${ticket}`;

/** A promise can take several steps to where its ticket is: handed over, moved, kept. */
const mostSteps = 4;

/** The tickets as streams, and for each dispatched one a promise in the ledger, so that its due time reminds, is missed and reported like any other. */
export class TicketBook {
  readonly #parts: TicketBookParts;
  /** one after the other for each ticket */
  readonly #following = new Map<string, Promise<void>>();

  constructor(parts: TicketBookParts) {
    this.#parts = parts;
  }

  async load(ticket: string): Promise<{ readonly state: Ticket; readonly events: readonly TimelineEvent[] }> {
    const events = await this.#parts.store.load(streamOfTicket(ticket));
    return { state: events.reduce<Ticket>(evolveTicket, noTicket), events };
  }

  async carryOut(command: TicketCommand, interaction?: string): Promise<'stored' | 'not-stored' | Refusal> {
    const { ticket } = command;
    const destination = { stream: streamOfTicket(ticket), interaction };
    const answer = await handle(this.#parts.store, lifecycle, destination, command);
    if ('events' in answer) return 'stored';
    return isRefusal(answer) && answer.refused.startsWith('ticket.') ? (answer as Refusal) : 'not-stored';
  }

  /** A subscriber of the dispatch: the ledger follows what happens to tickets. */
  readonly take = (events: readonly TimelineEvent[]): void => {
    const touched = new Set(events.flatMap((event) => (event.type.startsWith('ticket.') ? (textOf(event, 'ticket') ?? []) : [])));
    for (const ticket of touched) this.follow(ticket);
  };

  /** Brings the promise of a ticket in line with it. Safe to repeat, also after a crash between the two. */
  follow(ticket: string): void {
    const running = (this.#following.get(ticket) ?? Promise.resolve())
      .then(() => this.#align(ticket))
      .catch((error: unknown) => this.#parts.onError(ticket, error))
      .finally(() => {
        if (this.#following.get(ticket) === running) this.#following.delete(ticket);
      });
    this.#following.set(ticket, running);
  }

  async settled(): Promise<void> {
    while (this.#following.size > 0) await Promise.all(this.#following.values());
  }

  async #align(ticket: string): Promise<void> {
    const { state, events } = await this.load(ticket);
    const promise = promiseOfTicket(ticket, state);
    const stream = `promise-${promise}`;
    for (let step = 0; step < mostSteps; step += 1) {
      const known = (await this.#parts.store.load(stream)).reduce(evolvePromise, noPromise);
      const command = promiseStepOf({ ticket, promise, state, known, at: this.#parts.now() });
      if (command === undefined) return;
      const answer = await handle(this.#parts.store, promises, { stream, interaction: events[0]?.interaction }, command);
      if ('refused' in answer) throw new Error(`${ticket}: ${answer.refused}`);
    }
  }
}
