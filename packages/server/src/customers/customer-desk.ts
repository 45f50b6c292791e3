import { type CaseCommand, type CaseFile, decideCase, evolveCase, noCase } from '@threerings/core/cases/lifecycle';
import { isRefusal, type Refusal } from '@threerings/core/errors/refusal';
import { permits } from '@threerings/core/people/permissions';
import type { CaseView, CustomerFile, CustomerHit } from '@threerings/core/wire/customers';
import { viewOfRow } from '../promises/ledger.ts';
import { handle, type Lifecycle } from '../runtime/handle.ts';
import type { Person } from '../session/sessions.ts';
import { type CaseRow, casesOf, owedTo } from '../store/case-rows.ts';
import { allIdsOf, type CustomerRow, contactsOf, findCustomer, findCustomers, lastContacts } from '../store/customer-rows.ts';
import type { Database } from '../store/database.ts';
import type { EventStore } from '../store/event-store.ts';
import { findInteraction } from '../store/interaction-rows.ts';
import { promisesOfCustomer } from '../store/promise-rows.ts';
import { findTickets } from '../store/ticket-rows.ts';
import { rowOnWire } from '../tickets/ticket-desk.ts';
import { maskedName, maskedNumber, type SearchTokens } from './search-tokens.ts';

export interface CustomerDeskParts {
  readonly db: Database;
  readonly store: Pick<EventStore, 'append' | 'load'>;
  readonly tokens: SearchTokens;
  readonly now: () => number;
  read(references: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** may this person see this ticket? A secret one is not even counted for others. */
  maySeeTicket(person: Person, ticket: string): Promise<boolean>;
}

const lifecycle: Lifecycle<CaseFile, CaseCommand> = { initial: noCase, evolve: evolveCase, decide: decideCase };

const mostHits = 20;
const mostListed = 100;
/** An agent who confirmed who is calling may look into that file for the rest of the day's work. */
const confirmedForMs = 12 * 3_600_000;
/** A case that owes nothing and was not spoken of for so long is over: the next contact begins another. */
const restingMs = 7 * 86_400_000;

/** Customers over all their calls, promises and tickets. No content before identity is confirmed. */
export class CustomerDesk {
  readonly parts: CustomerDeskParts;

  constructor(parts: CustomerDeskParts) {
    this.parts = parts;
  }

  /** Masked, whoever asks: a household number may be shared. */
  async search(person: Person, typed: string): Promise<CustomerHit[]> {
    const token = this.parts.tokens.query(typed);
    if (token === undefined) return [];
    const rows = await findCustomers(this.parts.db, token, mostHits);
    const texts = await this.#texts(rows);
    const spoken = await lastContacts(
      this.parts.db,
      rows.map(({ customer }) => customer),
    );
    return Promise.all(
      rows.map(async (row) => {
        const lastContactAt = spoken.get(row.customer);
        return {
          customer: row.customer,
          name: maskedName(texts.get(row.name_ref ?? '') ?? '?'),
          numbers: row.number_refs.flatMap((ref) => texts.get(ref) ?? []).map(maskedNumber),
          open: await this.mayOpen(person, row.customer),
          ...(lastContactAt === undefined ? {} : { lastContactAt }),
        };
      }),
    );
  }

  /** Who leads; who confirmed the identity in a call of these hours; who owes this customer something. */
  async mayOpen(person: Person, customer: string): Promise<boolean> {
    if (permits(person.roles, 'customers.see-all')) return true;
    const { db, now } = this.parts;
    const ids = await allIdsOf(db, customer);
    const contacts = await contactsOf(db, ids, mostListed);
    const confirmed = contacts.some(
      ({ agent, at, result }) => agent === person.agent && at > now() - confirmedForMs && (result === 'owner' || result === 'authorised'),
    );
    if (confirmed) return true;
    const promises = await promisesOfCustomer(db, ids, mostListed);
    if (promises.some(({ owner, settled_at }) => owner === person.agent && settled_at === null)) return true;
    const tickets = await findTickets(db, { limit: mostListed, closed: false, customers: ids });
    return tickets.some(({ owner, first }) => owner === person.agent || first === person.agent);
  }

  async file(person: Person, row: CustomerRow): Promise<CustomerFile> {
    const { db, now } = this.parts;
    const ids = await allIdsOf(db, row.customer);
    const promises = await promisesOfCustomer(db, ids, mostListed);
    const tickets = await this.#ticketsFor(person, ids);
    const contacts = await contactsOf(db, ids, mostListed);
    const interactions = await Promise.all(contacts.map(({ interaction }) => findInteraction(db, interaction)));
    const cases = await casesOf(db, ids, mostListed);
    const texts = await this.#texts([row]);
    const more = await this.parts.read([
      ...promises.flatMap(({ about_ref }) => about_ref ?? []),
      ...tickets.flatMap(({ title_ref }) => title_ref ?? []),
    ]);
    return {
      customer: row.customer,
      name: texts.get(row.name_ref ?? '') ?? '',
      numbers: row.number_refs.flatMap((ref) => texts.get(ref) ?? []),
      unsafe: row.unsafe,
      createdAt: row.created_at,
      merged: ids.slice(1),
      cases: await Promise.all(cases.map((each) => this.#caseView(each))),
      promises: promises.map((each) => viewOfRow(each, more.get(each.about_ref ?? ''))),
      tickets: tickets.map((each) => rowOnWire(each, more.get(each.title_ref ?? ''), undefined, now())),
      contacts: interactions.flatMap((each) => (each === undefined ? [] : [each.row])),
    };
  }

  /** The caller is this customer: the contact joins the open case, or opens one whose first receiver this agent is. */
  async joinCase(customer: string, interaction: string, agent: string, newId: () => string): Promise<string> {
    const { db, now } = this.parts;
    const ids = await allIdsOf(db, customer);
    const open = (await casesOf(db, ids, mostListed)).find(({ state }) => state === 'open');
    if (open !== undefined && !(await this.#isResting(open, ids))) {
      await this.carryOut({ kind: 'link', case: open.case, interaction, agent, at: now() });
      return open.case;
    }
    if (open !== undefined) await this.carryOut({ kind: 'close', case: open.case, owed: 0, agent, at: now() });
    const id = newId();
    await this.carryOut({ kind: 'open', case: id, customer, interaction, agent, at: now() });
    return id;
  }

  /** A call that we placed belongs to a case that is open; where there is no such case, nothing is written. */
  async joinOpenCase(id: string | undefined, interaction: string, agent: string): Promise<void> {
    const row = id === undefined ? undefined : await this.caseRow(id);
    if (row?.state === 'open') await this.carryOut({ kind: 'link', case: row.case, interaction, agent, at: this.parts.now() });
  }

  async carryOut(command: CaseCommand): Promise<'stored' | 'not-stored' | Refusal> {
    const answer = await handle(this.parts.store, lifecycle, { stream: `case-${command.case}`, case: command.case }, command);
    if ('events' in answer) return 'stored';
    return isRefusal(answer) && answer.refused.startsWith('case.') ? (answer as Refusal) : 'not-stored';
  }

  async caseRow(id: string): Promise<CaseRow | undefined> {
    return this.parts.db.selectFrom('cases').selectAll().where('case', '=', id).executeTakeFirst();
  }

  async owed(customer: string): Promise<number> {
    return owedTo(this.parts.db, await allIdsOf(this.parts.db, customer));
  }

  find(customer: string): Promise<CustomerRow | undefined> {
    return findCustomer(this.parts.db, customer);
  }

  async #isResting(open: CaseRow, ids: readonly string[]): Promise<boolean> {
    const { db, now } = this.parts;
    const [last] = await contactsOf(db, ids, 1);
    if ((last?.at ?? open.opened_at) > now() - restingMs) return false;
    const state = (await this.parts.store.load(`case-${open.case}`)).reduce(evolveCase, noCase);
    const told = state.notices.every(({ items, told: done }) => items.every((item) => done.includes(item)));
    return told && (await owedTo(db, ids)) === 0;
  }

  async #ticketsFor(person: Person, ids: readonly string[]) {
    const { db } = this.parts;
    const rows = [
      ...(await findTickets(db, { limit: mostListed, closed: false, customers: ids })),
      ...(await findTickets(db, { limit: mostListed, closed: true, customers: ids })),
    ];
    const visible = await Promise.all(rows.map(async (row) => !row.secret || (await this.parts.maySeeTicket(person, row.ticket))));
    return rows.filter((_, at) => visible[at]);
  }

  async #caseView(row: CaseRow): Promise<CaseView> {
    const state = (await this.parts.store.load(`case-${row.case}`)).reduce(evolveCase, noCase);
    return {
      case: row.case,
      state: row.state,
      first: row.first,
      openedAt: row.opened_at,
      contacts: state.interactions.length,
      notices: state.notices.map(({ notice, items, told }) => ({ notice, items: [...items], told: [...told] })),
      ...(row.closed_at === null ? {} : { closedAt: row.closed_at }),
    };
  }

  #texts(rows: readonly CustomerRow[]): Promise<ReadonlyMap<string, string>> {
    return this.parts.read(rows.flatMap(({ name_ref, number_refs }) => [...(name_ref === null ? [] : [name_ref]), ...number_refs]));
  }
}
