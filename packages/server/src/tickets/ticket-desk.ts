import { mostPauses, type PauseReason, pauseRules, ticketDue } from '@threerings/core/tickets/clock';
import { mayDo, maySeeTicket, offeredActs, type TicketStanding } from '@threerings/core/tickets/rights';
import type { Ticket } from '@threerings/core/tickets/state';
import { textOf } from '@threerings/core/timeline/decider';
import type { TimelineEvent } from '@threerings/core/timeline/event';
import type { TicketAct, TicketDetail, TicketRowOnWire } from '@threerings/core/wire/tickets';
import type { PeopleStore } from '../people/people-store.ts';
import type { Person } from '../session/sessions.ts';
import type { Database } from '../store/database.ts';
import { findTicket, findTickets, type TicketRow } from '../store/ticket-rows.ts';
import type { TicketBook } from './ticket-book.ts';

export const ticketViews = ['mine', 'unit', 'overdue', 'exceptions', 'closed'] as const;
export type TicketView = (typeof ticketViews)[number];

export interface TicketDeskParts {
  readonly db: Database;
  readonly book: TicketBook;
  readonly people: Pick<PeopleStore, 'people' | 'units'>;
  unitsBelow(unit: string): Promise<readonly string[]>;
  readonly now: () => number;
  read(references: readonly string[]): Promise<ReadonlyMap<string, string>>;
}

const mostListed = 300;

/** Who sees and does what with tickets: owners, departments, and those who watch over a unit. */
export class TicketDesk {
  readonly parts: TicketDeskParts;

  constructor(parts: TicketDeskParts) {
    this.parts = parts;
  }

  async list(person: Person, view: TicketView, kind?: string): Promise<TicketRowOnWire[]> {
    const { db, now } = this.parts;
    const units = await this.parts.unitsBelow(person.unit);
    const people = await this.parts.people.people();
    const below = people.filter(({ unit }) => units.includes(unit)).map(({ agent }) => agent);
    const wide = person.roles.some((role) => role === 'leader' || role === 'operations');
    const own = view === 'mine' || !wide ? [person.agent] : below;
    const departments = person.roles.includes('department') || (wide && view !== 'mine') ? units : [];
    const rows = await findTickets(db, {
      limit: mostListed,
      closed: view === 'closed',
      people: own,
      departments,
      kind,
      overdueAt: view === 'overdue' ? now() : undefined,
    });
    const wanted = view === 'exceptions' ? rows.filter(({ exception }) => exception !== null) : rows;
    return this.#onWire(wanted);
  }

  /** Undefined when there is none that this person may see: a secret ticket is not even hinted at. */
  async detail(person: Person, ticket: string): Promise<TicketDetail | undefined> {
    const found = await this.find(person, ticket);
    if (found === undefined) return undefined;
    const { row, state, events, standing } = found;
    const references = [row.about_ref, row.answer_ref, ...events.map((event) => textOf(event, 'note') ?? null)];
    const texts = await this.parts.read(references.flatMap((each) => each ?? []));
    const [listed] = await this.#onWire([row]);
    if (listed === undefined) return undefined;
    const about = texts.get(row.about_ref ?? '');
    const answer = texts.get(row.answer_ref ?? '');
    const { exception } = state;
    return {
      row: listed,
      ...(about === undefined ? {} : { about }),
      ...(answer === undefined ? {} : { answer }),
      missing: [...state.missing],
      ...(exception === undefined
        ? {}
        : {
            exception: {
              exception: exception.exception,
              reason: exception.reason,
              by: exception.by,
              ...(exception.due === undefined ? {} : { dueAt: exception.due }),
            },
          }),
      pauseRules: Object.entries(pauseRules).map(([reason, { mostMs }]) => ({ reason: reason as PauseReason, mostMs })),
      pausesLeft: Math.max(0, mostPauses - state.pauses),
      steps: events.map((event) => stepOf(event, texts)),
      may: offeredActs(state, standing),
    };
  }

  async find(person: Person, ticket: string) {
    const row = await findTicket(this.parts.db, ticket);
    if (row === undefined) return undefined;
    const { state, events } = await this.parts.book.load(ticket);
    const standing = await this.standing(person, state);
    return maySeeTicket(state, standing) ? { row, state, events, standing } : undefined;
  }

  mayDo(state: Ticket, standing: TicketStanding, act: TicketAct): boolean {
    return mayDo(state, standing).has(act);
  }

  async isUnit(unit: string): Promise<boolean> {
    return (await this.parts.people.units()).some((one) => one.unit === unit);
  }

  async worksHere(agent: string): Promise<boolean> {
    return (await this.parts.people.people()).some((one) => one.active && one.agent === agent);
  }

  async standing(person: Person, { department, owner }: Pick<Ticket, 'department' | 'owner'>): Promise<TicketStanding> {
    const units = await this.parts.unitsBelow(person.unit);
    const unit = (await this.parts.people.people()).find(({ agent }) => agent === owner)?.unit;
    // A person of the department's unit or of a unit below it.
    const inDepartment = department !== undefined && (await this.parts.unitsBelow(department)).includes(person.unit);
    return { agent: person.agent, roles: person.roles, inDepartment, overOwner: unit !== undefined && units.includes(unit) };
  }

  async #onWire(rows: readonly TicketRow[]): Promise<TicketRowOnWire[]> {
    const titles = await this.parts.read(rows.flatMap(({ title_ref }) => title_ref ?? []));
    const names = new Map((await this.parts.people.units()).map(({ unit, name }) => [unit, name]));
    return rows.map((row) => rowOnWire(row, titles.get(row.title_ref ?? ''), names.get(row.department ?? ''), this.parts.now()));
  }
}

/** @param title only for who may read it */
export function rowOnWire(row: TicketRow, title: string | undefined, departmentName: string | undefined, now: number): TicketRowOnWire {
  const paused = row.paused_at === null ? undefined : { at: row.paused_at, reason: row.pause_reason ?? '' };
  const dueAt = ticketDue({ due: row.due_at ?? undefined, paused }, now);
  const { department, exception, result, score, customer, interaction, value, award, first_due_at: firstDueAt } = row;
  const optional = {
    title,
    department,
    departmentName,
    dueAt,
    firstDueAt,
    paused,
    exception,
    result,
    score,
    customer,
    interaction,
    value,
    award,
  };
  return {
    ticket: row.ticket,
    kind: row.kind,
    stage: row.stage,
    owner: row.owner,
    firstReceiver: row.first,
    madeAt: row.made_at,
    returns: row.returns,
    urged: row.urged,
    supervised: row.supervised,
    reopened: row.reopened,
    secret: row.secret,
    ...Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== null && value !== undefined)),
  };
}

const shownFacts = [
  'department',
  'category',
  'reason',
  'because',
  'missing',
  'due',
  'exception',
  'approved',
  'result',
  'channel',
  'resolved',
  'score',
  'to',
  'from',
  'paused',
  'value',
  'award',
];

function stepOf({ occurredAt: at, type, fields }: TimelineEvent, texts: ReadonlyMap<string, string>): TicketDetail['steps'][number] {
  const facts = Object.fromEntries(shownFacts.flatMap((name) => (fields[name] === undefined ? [] : [[name, String(fields[name])]])));
  const agent = fields['agent'] ?? (type === 'ticket.created' ? fields['first'] : undefined);
  const note = texts.get(String(fields['note'] ?? ''));
  return { at, type, facts, ...(agent === undefined ? {} : { agent: String(agent) }), ...(note === undefined ? {} : { note }) };
}
