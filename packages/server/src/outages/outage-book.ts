import { isRefusal, type Refusal } from '@threerings/core/errors/refusal';
import { decideOutage, evolveOutage, noOutage, type Outage, type OutageCommand } from '@threerings/core/outages/lifecycle';
import { noticeDue, type OutageNotice, promiseOfNotice } from '@threerings/core/outages/notice';
import type { Settings } from '@threerings/core/settings/defaults';
import { textOf } from '@threerings/core/timeline/decider';
import type { TimelineEvent } from '@threerings/core/timeline/event';
import type { PromiseBook } from '../promises/promise-book.ts';
import { handle, type Lifecycle } from '../runtime/handle.ts';
import type { Database } from '../store/database.ts';
import type { EventStore } from '../store/event-store.ts';
import { callersOf, findOutage, keepTelling, listOutages, type OutageRow, outagesToTell } from '../store/outage-rows.ts';
import type { PromiseRow } from '../store/promise-rows.ts';
import { promiseOfMessage, Restoration, type RestorationParts } from './restoration.ts';

export interface OutageBookParts extends RestorationParts {
  readonly db: Database;
  readonly events: Pick<EventStore, 'append' | 'load' | 'loadInteraction'>;
  readonly promises: Pick<PromiseBook, 'carryOut'>;
  readonly settings: () => Settings;
  readonly now: () => number;
  /** what goes on now, for the hotline itself */
  changed(outages: readonly OutageNotice[]): Promise<unknown>;
  onError(outage: string, error: unknown): void;
}

const lifecycle: Lifecycle<Outage, OutageCommand> = { initial: noOutage, evolve: evolveOutage, decide: decideOutage };

export const streamOfOutage = (outage: string): string => `outage-${outage}`;

/** Outages as streams; who asked to be told is a promise of the ledger, and is told when the outage is over, once. */
export class OutageBook {
  readonly #parts: OutageBookParts;
  readonly #restoration: Restoration;
  /** one after the other */
  #working: Promise<void> = Promise.resolve();

  constructor(parts: OutageBookParts) {
    this.#parts = parts;
    this.#restoration = new Restoration(parts);
  }

  /** What goes on is told to the hotline, and who was not told of what is over is told now: safe to repeat. */
  async restore(): Promise<void> {
    await this.#parts.changed(await this.open());
    for (const outage of await outagesToTell(this.#parts.db)) this.#tell(outage);
  }

  async open(): Promise<readonly OutageNotice[]> {
    const rows = await listOutages(this.#parts.db, Number.MAX_SAFE_INTEGER);
    return rows.map(noticeOf);
  }

  async carryOut(command: OutageCommand): Promise<'stored' | 'not-stored' | Refusal> {
    const answer = await handle(this.#parts.events, lifecycle, { stream: streamOfOutage(command.outage) }, command);
    if ('events' in answer) return 'stored';
    return isRefusal(answer) && answer.refused.startsWith('outage.') ? (answer as Refusal) : 'not-stored';
  }

  /** It is over: everybody who asked is told. `owners`: 工号 of who calls those who get no message. */
  async over(outage: string, agent: string, tell: 'sms' | 'call', owners: readonly string[]): Promise<'stored' | 'not-stored' | Refusal> {
    const waiting = (await callersOf(this.#parts.db, outage)).filter(isOpen).length;
    const answer = await this.carryOut({ kind: 'restore', outage, agent, callers: waiting, at: this.#parts.now() });
    if (answer !== 'stored') return answer;
    await keepTelling(this.#parts.db, outage, tell, owners);
    this.#tell(outage);
    return 'stored';
  }

  /** Somebody asked in this call to be told. Asked twice in one call, it is promised once. */
  async join(
    outage: string,
    interaction: string,
    agent: string,
    number: string | undefined,
  ): Promise<'stored' | 'not-stored' | 'over' | 'gone' | Refusal> {
    const row = await findOutage(this.#parts.db, outage);
    if (row === undefined) return 'gone';
    if (row.state !== 'open') return 'over';
    const at = this.#parts.now();
    const subject = `customer-${interaction}`;
    const own = number === undefined || number.trim() === '' ? {} : { number: { subject, value: number.trim() } };
    const about = { subject, value: row.title };
    const due = noticeDue(noticeOf(row), this.#parts.settings(), at);
    const make = { kind: 'make', what: 'notify', promise: promiseOfNotice(outage, interaction), owner: agent, agent, outage } as const;
    return this.#parts.promises.carryOut({ ...make, due, at, by: 'agent', about, ...own }, interaction);
  }

  /** A subscriber of the dispatch. */
  readonly take = (events: readonly TimelineEvent[]): void => {
    const own = events.filter(({ type, stream }) => type.startsWith('outage.') && stream.startsWith('outage-'));
    if (own.length === 0) return;
    this.#next('', async () => void (await this.#parts.changed(await this.open())));
    const moved = new Set(own.filter(({ type }) => type === 'outage.changed').flatMap((event) => textOf(event, 'outage') ?? []));
    for (const outage of moved) this.#next(outage, () => this.#moveCallers(outage));
  };

  /** A text message to somebody who is to be told was sent, or given up. */
  sent(message: string): void {
    const promise = promiseOfMessage(message);
    if (promise !== undefined) this.#next(promise, () => this.#restoration.settle(promise));
  }

  async settled(): Promise<void> {
    for (let working: Promise<void> | undefined; working !== this.#working; ) {
      working = this.#working;
      await working;
    }
  }

  #tell(outage: string): void {
    this.#next(outage, () => this.#restoration.tell(outage));
  }

  /** The restoration was promised anew: what callers were promised moves with it, and says that they were not told. */
  async #moveCallers(outage: string): Promise<void> {
    const row = await findOutage(this.#parts.db, outage);
    if (row?.state !== 'open' || row.due_at === null) return;
    const at = this.#parts.now();
    const due = noticeDue(noticeOf(row), this.#parts.settings(), at);
    for (const { promise, due_at } of (await callersOf(this.#parts.db, outage)).filter(isOpen)) {
      if (due_at === due) continue;
      const answer = await this.#parts.promises.carryOut({ kind: 'move', promise, at, due, told: false, reason: '预计恢复时间更新' });
      if (answer === 'not-stored') throw new Error(`${promise}: not stored`);
    }
  }

  #next(what: string, work: () => Promise<void>): void {
    this.#working = this.#working.then(work).catch((error: unknown) => this.#parts.onError(what, error));
  }
}

export function isOpen({ state }: Pick<PromiseRow, 'state'>): boolean {
  return state === 'open' || state === 'missed';
}

function noticeOf(row: OutageRow): OutageNotice {
  const { outage, title, areas, queues, numbers, announced, opened_at: openedAt, due_at } = row;
  return { outage, title, areas, queues, numbers, announced, openedAt, ...(due_at === null ? {} : { dueAt: due_at }) };
}
