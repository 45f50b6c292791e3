import { leftToCall, messageTo, type Restored, restoredReasons, restoredText } from '@threerings/core/outages/restoration';
import type { Settings } from '@threerings/core/settings/defaults';
import { fact, textOf } from '@threerings/core/timeline/decider';
import { type PromiseBook, streamOfPromise } from '../promises/promise-book.ts';
import type { Senders } from '../sending/outbox.ts';
import { findMessage, isUnsafe, queueMessage } from '../sending/outbox-read-model.ts';
import { isAppendRefusal } from '../store/append-request.ts';
import type { Database } from '../store/database.ts';
import type { EventStore } from '../store/event-store.ts';
import { callersOf, findOutage, type OutageRow } from '../store/outage-rows.ts';
import type { PromiseRow } from '../store/promise-rows.ts';
import type { Vault } from '../store/vault.ts';

export interface RestorationParts {
  readonly db: Database;
  readonly vault: Vault;
  readonly events: Pick<EventStore, 'append' | 'loadInteraction'>;
  readonly promises: Pick<PromiseBook, 'carryOut'>;
  senders(): Senders;
  readonly settings: () => Settings;
  readonly now: () => number;
  /** what the hotline calls itself in a message */
  readonly hotlineName: string;
  /** a message was queued: the runner need not sleep on */
  wake(): void;
}

/** INVARIANT (derived ids): the message of a promise is one, however often it is looked at. */
export const messageOf = (promise: string): string => promise.replace(/^notify-/, 'restored-').slice(0, 64);

/** The promise that a message settles; undefined for messages of another kind. */
export const promiseOfMessage = (message: string): string | undefined =>
  message.startsWith('restored-') ? message.replace(/^restored-/, 'notify-') : undefined;

/**
 * Tells everybody who asked that an outage is over, each number once: a text message where that was chosen, a gateway and a mobile
 * number are there and nobody asked not to be written to; a call out of the ledger otherwise. Safe to repeat after a crash.
 */
export class Restoration {
  readonly #parts: RestorationParts;

  constructor(parts: RestorationParts) {
    this.#parts = parts;
  }

  async tell(outage: string): Promise<void> {
    const row = await findOutage(this.#parts.db, outage);
    if (row?.state !== 'restored') return;
    const callers = (await callersOf(this.#parts.db, outage)).filter(({ state }) => state === 'open' || state === 'missed');
    const numbers = await this.#numbersOf(callers);
    const seen = new Set<string>();
    for (const [index, caller] of callers.entries()) {
      const number = numbers.get(caller.promise);
      if (number !== undefined && seen.has(number)) await this.#isTwice(caller);
      else await this.#tellOne(row, caller, number, index);
      if (number !== undefined) seen.add(number);
    }
  }

  /** The message of this promise went, or was given up: then somebody calls. */
  async settle(promise: string): Promise<void> {
    const caller = await this.#parts.db.selectFrom('promises').selectAll().where('promise', '=', promise).executeTakeFirst();
    if (caller?.outage == null || (caller.state !== 'open' && caller.state !== 'missed')) return;
    const row = await findOutage(this.#parts.db, caller.outage);
    const message = await findMessage(this.#parts.db, messageOf(promise));
    if (row === undefined || message === undefined) return;
    if (message.state === 'sent') await this.#done(await this.#keep(promise), promise);
    else if (message.state === 'dead') await this.#leaveToCall(row, caller, 0);
  }

  async #tellOne(row: OutageRow, caller: PromiseRow, number: string | undefined, index: number): Promise<void> {
    const { promise, interaction, customer } = caller;
    await this.#noteRestored(row, caller);
    if ((await findMessage(this.#parts.db, messageOf(promise))) !== undefined) return this.settle(promise);
    const { db, vault, senders, now, hotlineName } = this.#parts;
    const unsafe = await isUnsafe(db, customer ?? undefined, interaction ?? undefined);
    const to = messageTo({ number, unsafe }, this.#restoredOf(row), senders().sms !== undefined);
    if (to === undefined) return this.#leaveToCall(row, caller, index);
    const personal = `customer-${customer ?? interaction ?? promise}`;
    const text = restoredText(row.title, hotlineName);
    const place = { interaction: interaction ?? undefined, customer: customer ?? undefined, personal, by: row.restored_by ?? '' };
    await queueMessage(db, vault, { message: messageOf(promise), channel: 'sms', to, subject: undefined, text, ...place }, now());
    this.#parts.wake();
  }

  /** The case of the call hears of it: norms of restoration count from here. */
  async #noteRestored({ outage, restored_at }: OutageRow, { promise, interaction }: PromiseRow): Promise<void> {
    const at = restored_at ?? this.#parts.now();
    const event = { ...fact('outage.restored', at, { outage, callers: 1 }), id: `restored-${promise}` };
    const answer = await this.#parts.events.append({
      ...{ stream: streamOfPromise(promise), interaction: interaction ?? undefined, events: [event] },
    });
    if (isAppendRefusal(answer) && answer.refused !== 'stream.id-taken') throw new Error(`${promise}: ${answer.refused}`);
  }

  async #leaveToCall(row: OutageRow, { promise, owner, due_at: due }: PromiseRow, index: number): Promise<void> {
    const { promises, settings, now } = this.#parts;
    const [at, reason, by] = [now(), restoredReasons.call, row.restored_by ?? 'system'];
    const left = leftToCall({ owner, due }, this.#restoredOf(row), { index, at, settings: settings() });
    if (left.owner !== undefined)
      await this.#done(await promises.carryOut({ kind: 'reassign', promise, by: 'leader', to: left.owner, reason, at }), promise);
    if (left.due !== undefined)
      await this.#done(await promises.carryOut({ kind: 'move', promise, due: left.due, told: false, reason, agent: by, at }), promise);
  }

  #restoredOf({ restored_at, restored_by, tell, owners }: OutageRow): Restored {
    return { restoredAt: restored_at ?? this.#parts.now(), by: restored_by ?? 'system', tell: tell === 'sms' ? 'sms' : 'call', owners };
  }

  async #isTwice({ promise }: PromiseRow): Promise<void> {
    const at = this.#parts.now();
    const withdraw = { kind: 'withdraw', promise, by: 'system', byCustomer: false, reason: restoredReasons.toldBefore, at } as const;
    await this.#done(await this.#parts.promises.carryOut(withdraw), promise);
  }

  #keep(promise: string) {
    return this.#parts.promises.carryOut({ kind: 'keep', promise, by: 'system', at: this.#parts.now() });
  }

  async #done(answer: Awaited<ReturnType<PromiseBook['carryOut']>>, promise: string): Promise<void> {
    if (answer === 'not-stored') throw new Error(`${promise}: not stored`);
  }

  /** The number that was left, else the one that the call came from. */
  async #numbersOf(callers: readonly PromiseRow[]): Promise<ReadonlyMap<string, string>> {
    const { db, vault, events } = this.#parts;
    const references = new Map<string, string>();
    for (const { promise, number_ref, interaction } of callers) {
      const offered =
        number_ref !== null || interaction === null
          ? undefined
          : (await events.loadInteraction(interaction))
              .map((event) => (event.type === 'call.offered' ? textOf(event, 'number') : undefined))
              .find((one) => one !== undefined);
      const reference = number_ref ?? offered;
      if (reference !== undefined) references.set(promise, reference);
    }
    const values = await vault.read(db, [...references.values()]);
    const found = [...references].flatMap(([promise, reference]) => {
      const value = values.get(reference);
      return value === undefined ? [] : [[promise, value.replaceAll(/[\s-]/g, '')] as const];
    });
    return new Map(found);
  }
}
