import { ownersFor, seatOfOwner, seatOwner } from '@threerings/core/experts/seats';
import { permits } from '@threerings/core/people/permissions';
import type { WorkCalendar } from '@threerings/core/promises/calendar';
import { promiseCounts } from '@threerings/core/promises/kept-rate';
import type { PromiseCommand } from '@threerings/core/promises/lifecycle';
import type { PromiseKind } from '@threerings/core/promises/state';
import { isOfKind, leftWord } from '@threerings/core/promises/view';
import { textOf } from '@threerings/core/timeline/decider';
import type { TimelineEvent } from '@threerings/core/timeline/event';
import type { PromiseView } from '@threerings/core/wire/desk';
import type { HotlinePlan } from '@threerings/core/wire/hotline-plan';
import type { NewPromise, PromiseDetail, PromiseFigures, WordLeft } from '@threerings/core/wire/ledger';
import { recordingOf } from '../interactions/recordings-read-model.ts';
import type { Sight } from '../interactions/sight.ts';
import type { PeopleStore } from '../people/people-store.ts';
import type { Person } from '../session/sessions.ts';
import type { Database } from '../store/database.ts';
import type { EventStore } from '../store/event-store.ts';
import { findPromises, type PromiseRow } from '../store/promise-rows.ts';
import { type PromiseBook, streamOfPromise } from './promise-book.ts';

/** `taken`: what somebody else keeps that this person promised first. */
export const ledgerViews = ['mine', 'taken', 'team', 'overdue', 'settled'] as const;
export type LedgerView = (typeof ledgerViews)[number];

export interface LedgerParts {
  readonly db: Database;
  readonly book: PromiseBook;
  readonly store: Pick<EventStore, 'load' | 'loadInteraction' | 'withTexts'>;
  readonly calendar: WorkCalendar;
  /** tries after which a promise may be given up */
  readonly tries: number;
  readonly people: Pick<PeopleStore, 'people'>;
  /** as it is in force: expert seats own promises */
  plan(): Pick<HotlinePlan, 'experts'>;
  /** a unit and all below it */
  unitsBelow(unit: string): Promise<readonly string[]>;
  /** who may hear what */
  readonly sight: Pick<Sight, 'mayHear'>;
  readonly now: () => number;
  read(references: readonly string[]): Promise<ReadonlyMap<string, string>>;
}

const figureDays = 30;
const mostSettled = 200;
/** The hotline itself owns what was promised while nobody was there: every leader sees it. */
const houseOwner = 'leader';

/** What people may see of the promises: their own, or those of their unit and the units below it. */
export class Ledger {
  readonly parts: LedgerParts;

  constructor(parts: LedgerParts) {
    this.parts = parts;
  }

  /** `kind`: only promises of it. */
  async list(person: Person, view: LedgerView, kind?: PromiseKind): Promise<readonly PromiseView[]> {
    const { book, now } = this.parts;
    const owners = await this.#owners(person, view === 'mine' ? 'mine' : 'team');
    if (view === 'settled') return this.#settled(owners, person.agent, kind);
    const all = book.open().filter((promise) => kind === undefined || isOfKind(promise, kind));
    if (view === 'taken') return all.filter(({ owner, firstReceiver }) => firstReceiver === person.agent && owner !== person.agent);
    const open = all.filter(({ owner }) => owners.has(owner));
    return view === 'overdue' ? open.filter(({ state, dueAt }) => state === 'missed' || dueAt < now()) : open;
  }

  async figures(person: Person, of: 'mine' | 'team'): Promise<PromiseFigures> {
    const { db, now } = this.parts;
    const owners = [...(await this.#owners(person, of))];
    const from = now() - figureDays * 86_400_000;
    const rows = await findPromises(db, { state: 'counted', owners, from, limit: 20_000 });
    return { days: figureDays, ...promiseCounts(rows.map(standingOf), now()) };
  }

  /** Undefined when there is none that this person may see. */
  async detail(person: Person, promise: string): Promise<PromiseDetail | undefined> {
    const view = this.parts.book.find(promise) ?? (await this.#settledOne(promise));
    const taken = view?.firstReceiver === person.agent;
    if (view === undefined || !(taken || (await this.#owners(person, 'team')).has(view.owner))) return undefined;
    const events = await this.parts.store.load(streamOfPromise(promise));
    const reference = events.map((event) => textOf(event, 'number')).find((each) => each !== undefined);
    const number = reference === undefined ? undefined : (await this.parts.read([reference])).get(reference);
    return { view, ...(number === undefined ? {} : { number }), steps: events.map(stepOf) };
  }

  /** Word that the caller left: undefined where there is none, or this person may not hear it. */
  async wordLeft(person: Person, promise: string): Promise<(WordLeft & { readonly interaction: string }) | undefined> {
    const { db, book, sight, store } = this.parts;
    const view = book.find(promise) ?? (await this.#settledOne(promise));
    const { interaction, owner, channel } = view ?? {};
    if (interaction === undefined || channel !== leftWord || !(await sight.mayHear(person, { agent: owner }))) return undefined;
    const recording = await recordingOf(db, interaction);
    if (recording === undefined) return undefined;
    const spoken = (await store.loadInteraction(interaction)).filter(({ type, by }) => type === 'speech.said' && by === 'customer');
    const said = (await store.withTexts(spoken)).flatMap(({ text }) => text ?? []).join('');
    const { startedAt: at, durationMs } = recording;
    const known = { ...(durationMs === undefined ? {} : { durationMs }), ...(said === '' ? {} : { said }) };
    return { interaction, recording: recording.recording, at, ...known };
  }

  async worksHere(agent: string): Promise<boolean> {
    return (
      agent === houseOwner ||
      seatOfOwner(this.parts.plan(), agent) !== undefined ||
      (await this.parts.people.people()).some((one) => one.active && one.agent === agent)
    );
  }

  makeOf(body: NewPromise, person: Person): PromiseCommand {
    const { promise, what, dueAt: due, owner = person.agent, about, number, customer, proposal, soothed, readBack, interaction } = body;
    const subject = `customer-${customer ?? interaction ?? `promise-${promise}`}`;
    const personal = (value: string | undefined) => (value === undefined || value.trim() === '' ? undefined : { subject, value });
    const from = { customer, proposal, soothed, readBack, agent: person.agent, first: person.agent, by: 'agent' } as const;
    return { kind: 'make', promise, what, due, owner, ...from, number: personal(number), about: personal(about), at: this.parts.now() };
  }

  async #owners(person: Person, of: 'mine' | 'team'): Promise<ReadonlySet<string>> {
    const own = ownersFor(this.parts.plan(), person.agent);
    if (of === 'mine' || !permits(person.roles, 'promises.see-unit')) return new Set(own);
    const units = new Set(await this.parts.unitsBelow(person.unit));
    const people = (await this.parts.people.people()).filter(({ unit }) => units.has(unit));
    const seats = (this.parts.plan().experts ?? []).map(({ seat }) => seatOwner(seat));
    return new Set([...own, houseOwner, ...seats, ...people.map(({ agent }) => agent)]);
  }

  async #settled(owners: ReadonlySet<string>, first: string, kind: PromiseKind | undefined): Promise<readonly PromiseView[]> {
    const rows = await findPromises(this.parts.db, { state: 'settled', owners: [...owners], first, kind, limit: mostSettled });
    const texts = await this.parts.read(rows.flatMap(({ about_ref }) => about_ref ?? []));
    return rows.map((row) => viewOfRow(row, texts.get(row.about_ref ?? '')));
  }

  async #settledOne(promise: string): Promise<PromiseView | undefined> {
    const row = await this.parts.db.selectFrom('promises').selectAll().where('promise', '=', promise).executeTakeFirst();
    if (row === undefined) return undefined;
    const texts = row.about_ref === null ? new Map<string, string>() : await this.parts.read([row.about_ref]);
    return viewOfRow(row, texts.get(row.about_ref ?? ''));
  }
}

function standingOf(row: PromiseRow) {
  const late = row.state === 'kept' && (row.settled_at ?? 0) > row.first_due_at;
  return { state: late ? ('kept-late' as const) : row.state, firstDue: row.first_due_at, due: row.due_at };
}

/** A stored row as lists show it. `about`: only for who may read it. */
export function viewOfRow(row: PromiseRow, about: string | undefined): PromiseView {
  const optional = {
    interaction: row.interaction,
    ticket: row.ticket,
    customer: row.customer,
    outage: row.outage,
    channel: row.channel,
    seenAt: row.seen_at,
    about,
  };
  return {
    promise: row.promise,
    kind: row.kind,
    owner: row.owner,
    firstReceiver: row.first,
    dueAt: row.due_at,
    firstDueAt: row.first_due_at,
    madeAt: row.made_at,
    attempts: row.attempts,
    escalated: row.escalated,
    state: standingOf(row).state,
    ...Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== null && value !== undefined)),
    ...(row.last_attempt_at === null ? {} : { lastAttempt: { at: row.last_attempt_at, outcome: row.last_outcome ?? '' } }),
  };
}

const shownFacts = ['outcome', 'reason', 'to', 'from', 'level', 'due', 'told', 'agent', 'owner', 'attempt'];

function stepOf({ occurredAt: at, type, by, fields }: TimelineEvent): PromiseDetail['steps'][number] {
  const facts = Object.fromEntries(shownFacts.flatMap((name) => (fields[name] === undefined ? [] : [[name, String(fields[name])]])));
  return { at, type, ...(by === undefined ? {} : { by }), facts };
}
