import { isRefusal, type Refusal, refuse, speak } from '@threerings/core/errors/refusal';
import type { Hotline } from '@threerings/core/hotline/state';
import { callWindows, checkOrder, isCallingTime, type OutboundOrder, type OutboundScene } from '@threerings/core/outbound/order';
import { nextCallingTime } from '@threerings/core/promises/windows';
import { textOf } from '@threerings/core/timeline/decider';
import type { TimelineEvent } from '@threerings/core/timeline/event';
import type { OutboundPreview, OutboundRequest } from '@threerings/core/wire/outbound';
import type { CustomerDesk } from '../customers/customer-desk.ts';
import type { Ledger } from '../promises/ledger.ts';
import type { Person } from '../session/sessions.ts';
import { findCustomers } from '../store/customer-rows.ts';
import type { EventStore } from '../store/event-store.ts';
import { findInteraction } from '../store/interaction-rows.ts';

export interface OutboundDeskParts {
  readonly ledger: Ledger;
  readonly customers: CustomerDesk;
  readonly events: Pick<EventStore, 'loadInteraction'>;
  /** a line to the telephone network is configured */
  readonly hasLine: boolean;
  hotline(): Hotline;
  read(references: readonly string[]): Promise<ReadonlyMap<string, string>>;
}

/** Of whom a call of ours is: found by a promise, by a call that dropped, or typed. */
interface Whom {
  readonly number?: string | undefined;
  readonly about?: string | undefined;
  readonly promise?: string | undefined;
  readonly redials?: string | undefined;
  readonly customer?: string | undefined;
  /** the call in which it was promised, or which dropped */
  readonly source?: string | undefined;
}

/** A dropped call is taken up again without preparation within this time; later it is a callback like others, ms. */
const freshDropMs = 10 * 60_000;
const mostCustomers = 20;

/** Looks up what an order needs: the number of a promise or of a dropped call, the case, and whether this person may be called at all. */
export class OutboundDesk {
  readonly parts: OutboundDeskParts;

  constructor(parts: OutboundDeskParts) {
    this.parts = parts;
  }

  /** The order as the hotline takes it, or why there is none. */
  async orderOf(person: Person, request: OutboundRequest): Promise<OutboundOrder | Refusal> {
    if (!this.parts.hasLine) return refuse('dial.no-line');
    const whom = await this.#whom(person, request);
    if (isRefusal(whom)) return whom;
    const { number, promise, redials, customer, source } = whom;
    if (number === undefined) return refuse('dial.no-number');
    const { interaction, purpose, note, override } = request;
    const events = source === undefined ? [] : await this.parts.events.loadInteraction(source);
    const unsafe = events.some(asksNotToBeCalled) || (await this.#isUnsafe(number, customer));
    const linked = source === undefined ? undefined : (events.findLast((event) => event.case !== undefined)?.case ?? source);
    return { interaction, number, purpose, note, promise, redials, customer, unsafe, override, ...(linked && { case: linked }) };
  }

  /** What is known before the call. Nothing is dialled. */
  async preview(
    person: Person,
    asked: Partial<Pick<OutboundRequest, 'promise' | 'redials' | 'number'>>,
  ): Promise<OutboundPreview | Refusal> {
    const whom = await this.#whom(person, { ...asked, purpose: 'other', interaction: 'preview' });
    if (isRefusal(whom)) return whom;
    const { hotline, ledger } = this.parts;
    const { settings } = hotline();
    const view = whom.promise === undefined ? undefined : ledger.parts.book.find(whom.promise);
    const order = await this.orderOf(person, { ...asked, purpose: 'other', interaction: 'preview', note: '-', override: '-' });
    const scene = this.#scene(whom.promise);
    const checked = isRefusal(order) ? order : checkOrder(order, scene);
    const callingTime = isCallingTime(scene) || whom.redials !== undefined;
    const nextTime = callingTime ? undefined : nextCallingTime(scene.at, callWindows(settings), scene.zoneOffsetMs);
    return {
      purpose: whom.redials !== undefined ? 'redial' : whom.promise !== undefined ? 'promised' : 'other',
      tried: view?.attempts ?? 0,
      tries: settings.callbackTries,
      callingTime,
      ...(nextTime === undefined ? {} : { nextTime }),
      ...(whom.number === undefined ? {} : { number: whom.number }),
      ...(whom.about === undefined ? {} : { about: whom.about }),
      ...('refused' in checked ? { refused: spoken(checked) } : {}),
    };
  }

  #scene(promise: string | undefined): OutboundScene {
    const { hotline, ledger } = this.parts;
    const { plan, settings, calendar } = hotline();
    const zoneOffsetMs = calendar.zone[0]?.offsetMs ?? 0;
    const state = promise === undefined ? undefined : ledger.parts.book.stateOf(promise);
    return { at: ledger.parts.now(), plan, settings, zoneOffsetMs, promise: state };
  }

  async #whom(person: Person, { promise, redials, number, customer }: OutboundRequest): Promise<Whom | Refusal> {
    if (promise !== undefined) return this.#promised(person, promise);
    if (redials !== undefined) return this.#dropped(person, redials);
    return { number, customer };
  }

  async #promised(person: Person, promise: string): Promise<Whom | Refusal> {
    const { ledger } = this.parts;
    const found = await ledger.detail(person, promise);
    if (found === undefined) return refuse('promise.unknown');
    const { view, number } = found;
    const source = view.interaction;
    const called =
      number ?? (source === undefined ? undefined : await this.#numberOf(source)) ?? (await this.#numberOnFile(person, view.customer));
    const fresh = promise === `redial-${source}` && (view.madeAt ?? 0) > ledger.parts.now() - freshDropMs;
    return { promise, source, number: called, about: view.about, customer: view.customer, ...(fresh ? { redials: source } : {}) };
  }

  /** Only who talked in it takes a dropped call up again. */
  async #dropped(person: Person, interaction: string): Promise<Whom | Refusal> {
    const { ledger } = this.parts;
    const own = this.parts.hotline().calls.get(interaction)?.interaction.talk?.agent;
    const row = own === undefined ? await findInteraction(ledger.parts.db, interaction) : undefined;
    if ((own ?? row?.row.agent) !== person.agent) return refuse('call.not-yours');
    const promise = `redial-${interaction}`;
    const open = ledger.parts.book.stateOf(promise) !== undefined;
    return { redials: interaction, source: interaction, number: await this.#numberOf(interaction), ...(open ? { promise } : {}) };
  }

  /** The number that the call came from, or that was called. */
  async #numberOf(interaction: string): Promise<string | undefined> {
    const events = await this.parts.events.loadInteraction(interaction);
    const reference = events.map((event) => (event.type === 'call.offered' ? textOf(event, 'number') : undefined)).find((each) => each);
    return reference === undefined ? undefined : (await this.parts.read([reference])).get(reference);
  }

  async #numberOnFile(person: Person, customer: string | undefined): Promise<string | undefined> {
    const { customers } = this.parts;
    const row = customer === undefined ? undefined : await customers.find(customer);
    if (row === undefined || !(await customers.mayOpen(person, row.customer))) return undefined;
    const [reference] = row.number_refs;
    return reference === undefined ? undefined : (await this.parts.read([reference])).get(reference);
  }

  /** Whoever has this number, or this file, asked not to be called. */
  async #isUnsafe(number: string, customer: string | undefined): Promise<boolean> {
    const { customers } = this.parts;
    const named = customer === undefined ? undefined : await customers.find(customer);
    const token = customers.parts.tokens.query(number);
    const having = token === undefined ? [] : await findCustomers(customers.parts.db, token, mostCustomers);
    return [...having, ...(named === undefined ? [] : [named])].some(({ unsafe }) => unsafe);
  }
}

function spoken(refusal: Refusal): NonNullable<OutboundPreview['refused']> {
  const [zh, en] = [speak(refusal, 'zh'), speak(refusal, 'en')];
  return { code: refusal.refused, message: { zh: zh.message, en: en.message }, remedy: { zh: zh.remedy, en: en.remedy } };
}

function asksNotToBeCalled(event: TimelineEvent): boolean {
  return event.type === 'flag.set' && textOf(event, 'flag') === 'unsafe-to-call';
}
