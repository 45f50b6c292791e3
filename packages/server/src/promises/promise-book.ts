import { isRefusal, type Refusal } from '@threerings/core/errors/refusal';
import type { WorkCalendar } from '@threerings/core/promises/calendar';
import type { PromisePolicy } from '@threerings/core/promises/clockwork';
import { decidePromise, type PromiseCommand } from '@threerings/core/promises/lifecycle';
import { type CallerPromise, evolvePromise, isSettled, noPromise } from '@threerings/core/promises/state';
import { promiseViewOf } from '@threerings/core/promises/view';
import { type CallWindows, nextTry } from '@threerings/core/promises/windows';
import { textOf } from '@threerings/core/timeline/decider';
import type { TimelineEvent } from '@threerings/core/timeline/event';
import type { PromiseView } from '@threerings/core/wire/desk';
import { handle, type Lifecycle } from '../runtime/handle.ts';
import { isAppendRefusal } from '../store/append-request.ts';
import type { EventStore } from '../store/event-store.ts';

export interface PromiseBookParts {
  readonly store: Pick<EventStore, 'append' | 'load'>;
  readonly policy: PromisePolicy;
  readonly windows: CallWindows;
  readonly calendar: WorkCalendar;
  /** personal values by reference */
  read(references: readonly string[]): Promise<ReadonlyMap<string, string>>;
  changed(promise: PromiseView): void;
}

interface Kept {
  readonly state: CallerPromise;
  /** position of the last event of its stream */
  readonly n: number;
  readonly interaction: string | undefined;
  readonly about: string | undefined;
}

const lifecycle: Lifecycle<CallerPromise, PromiseCommand> = { initial: noPromise, evolve: evolvePromise, decide: decidePromise };

export const streamOfPromise = (promise: string): string => `promise-${promise}`;

/** The promises that are open or missed, as this process knows them. The rows in the store are the same fold. */
export class PromiseBook {
  readonly #parts: PromiseBookParts;
  readonly #promises = new Map<string, Kept>();

  constructor(parts: PromiseBookParts) {
    this.#parts = parts;
  }

  /** When people are told of a promise. */
  get policy(): PromisePolicy {
    return this.#parts.policy;
  }

  /** Open and missed promises by due time; of these owners where any are named. */
  open(...owners: readonly string[]): readonly PromiseView[] {
    return [...this.#promises]
      .filter(([, kept]) => owners.length === 0 || owners.includes(kept.state.owner))
      .flatMap(([promise, kept]) => this.#view(promise, kept) ?? [])
      .sort((one, other) => one.dueAt - other.dueAt);
  }

  find(promise: string): PromiseView | undefined {
    const kept = this.#promises.get(promise);
    return kept && this.#view(promise, kept);
  }

  /** Takes committed events of promise streams; others are passed over. */
  readonly take = (events: readonly TimelineEvent[]): void => {
    for (const event of events) if (event.stream.startsWith('promise-') && event.type.startsWith('promise.')) this.#happened(event);
  };

  /** Its timer has rung. Safe to repeat and to be early or late: what is due is told once, dated to when it was due. */
  async due(promise: string, at: number): Promise<void> {
    const wake: PromiseCommand = { kind: 'wake', promise, at, policy: this.#parts.policy };
    const kept = this.#promises.get(promise);
    const decision = kept === undefined ? [] : decidePromise(wake, kept.state);
    if (isRefusal(decision) || kept === undefined || decision.length === 0) return;
    const destination = { stream: streamOfPromise(promise), interaction: kept.interaction };
    const answer = await this.#parts.store.append({ ...destination, events: decision, after: kept.n });
    if (!isAppendRefusal(answer)) return;
    // Somebody changed the promise meanwhile: decided again on what stands now.
    const again = await handle(this.#parts.store, lifecycle, destination, wake);
    if ('refused' in again) throw new Error(`${promise}: ${again.refused}`);
  }

  /** An open or missed promise as it stands. */
  stateOf(promise: string): CallerPromise | undefined {
    return this.#promises.get(promise)?.state;
  }

  /** The interaction in which an open or missed promise was made. */
  interactionOf(promise: string): string | undefined {
    return this.#promises.get(promise)?.interaction;
  }

  /** Who answers for an open or missed promise. */
  ownerOf(promise: string): string | undefined {
    return this.#promises.get(promise)?.state.owner;
  }

  /** Carries a command out on what is stored. `not-stored`: the database did not take it; nothing has changed. */
  async carryOut(command: PromiseCommand, interaction?: string): Promise<'stored' | 'not-stored' | Refusal> {
    const { promise } = command;
    const place = this.#promises.get(promise)?.interaction ?? interaction;
    const answer = await handle(this.#parts.store, lifecycle, { stream: streamOfPromise(promise), interaction: place }, command);
    if ('events' in answer) return 'stored';
    return isDomain(answer) ? answer : 'not-stored';
  }

  #happened(event: TimelineEvent): void {
    const promise = textOf(event, 'promise');
    if (promise === undefined) return;
    const before = this.#promises.get(promise);
    const state = evolvePromise(before?.state ?? noPromise, event);
    const kept: Kept = { state, n: event.n, interaction: before?.interaction ?? event.interaction, about: before?.about };
    this.#promises.set(promise, kept);
    const about = textOf(event, 'about');
    if (event.type === 'promise.made' && about !== undefined) void this.#readAbout(promise, about);
    this.#tell(promise, kept);
    if (isSettled(state)) this.#promises.delete(promise);
  }

  async #readAbout(promise: string, reference: string): Promise<void> {
    const about = (await this.#parts.read([reference])).get(reference);
    const kept = this.#promises.get(promise);
    if (kept === undefined || about === undefined) return;
    const known = { ...kept, about };
    this.#promises.set(promise, known);
    this.#tell(promise, known);
  }

  #tell(promise: string, kept: Kept): void {
    const view = this.#view(promise, kept);
    if (view !== undefined) this.#parts.changed(view);
  }

  #view(promise: string, { state, interaction, about }: Kept): PromiseView | undefined {
    return promiseViewOf(state, { promise, interaction, about, nextTryAt: this.#nextTry(state) });
  }

  #nextTry({ lastAttempt }: CallerPromise): number | undefined {
    if (lastAttempt === undefined || lastAttempt.outcome === 'reached') return undefined;
    return nextTry(lastAttempt.at, this.#parts.windows, this.#parts.calendar);
  }
}

/** A refusal of the promise itself, not of the store. */
function isDomain(answer: { readonly refused: string }): answer is Refusal {
  return answer.refused.startsWith('promise.');
}
