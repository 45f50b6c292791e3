import { isRefusal, type Refusal } from '@threerings/core/errors/refusal';
import { type CallerPromise, decidePromise, evolvePromise, noPromise, type PromiseCommand } from '@threerings/core/promises/lifecycle';
import { promiseViewOf } from '@threerings/core/promises/view';
import { textOf } from '@threerings/core/timeline/decider';
import type { TimelineEvent } from '@threerings/core/timeline/event';
import type { PromiseChange, PromiseView } from '@threerings/core/wire/desk';
import { type AppendAnswer, type AppendRequest, isAppendRefusal } from '../store/append-request.ts';

export interface PromiseBookParts {
  append(request: AppendRequest): Promise<AppendAnswer>;
  /** personal values by reference */
  read(references: readonly string[]): Promise<ReadonlyMap<string, string>>;
  changed(promise: PromiseView): void;
}

interface Kept {
  readonly state: CallerPromise;
  readonly interaction: string | undefined;
  readonly about: string | undefined;
}

/** The promises that are open or missed, as this process knows them. The rows in the store are the same fold. */
export class PromiseBook {
  readonly #parts: PromiseBookParts;
  readonly #promises = new Map<string, Kept>();

  constructor(parts: PromiseBookParts) {
    this.#parts = parts;
  }

  /** Open and missed promises by due time; of one owner where one is named. */
  open(owner?: string): readonly PromiseView[] {
    return [...this.#promises.keys()]
      .flatMap((promise) => this.#view(promise) ?? [])
      .filter((view) => (view.state === 'open' || view.state === 'missed') && (owner === undefined || view.owner === owner))
      .sort((one, other) => one.dueAt - other.dueAt);
  }

  /** Takes committed events of promise streams; others are passed over. */
  readonly take = (events: readonly TimelineEvent[]): void => {
    for (const event of events) if (event.stream.startsWith('promise-') && event.type.startsWith('promise.')) this.#happened(event);
  };

  /** The due time has come. Safe to repeat: a promise that was kept, moved or missed already stays as it is. */
  async due(promise: string, at: number): Promise<void> {
    const kept = this.#promises.get(promise);
    if (kept === undefined) return;
    const decision = decidePromise({ kind: 'miss', promise, at }, kept.state);
    if ('refused' in decision || decision.length === 0) return;
    const events = decision.map((event) => ({ ...event, id: `missed-${promise}-${kept.state.due}`.slice(0, 64) }));
    await this.#parts.append({ stream: `promise-${promise}`, interaction: kept.interaction, events });
  }

  /** Who answers for an open or missed promise. */
  ownerOf(promise: string): string | undefined {
    return this.#promises.get(promise)?.state.owner;
  }

  /** What became of it. `not-stored`: the database did not take it; nothing has changed. */
  async change(promise: string, change: PromiseChange, by: 'agent' | 'leader', at: number): Promise<'stored' | 'not-stored' | Refusal> {
    const kept = this.#promises.get(promise);
    const decision = decidePromise(commandOf(change, { promise, by, at }), kept?.state ?? noPromise);
    if (isRefusal(decision)) return decision;
    if (decision.length === 0) return 'stored';
    const answer = await this.#parts.append({ stream: `promise-${promise}`, interaction: kept?.interaction, events: decision });
    return isAppendRefusal(answer) ? 'not-stored' : 'stored';
  }

  #happened(event: TimelineEvent): void {
    const promise = textOf(event, 'promise');
    if (promise === undefined) return;
    const before = this.#promises.get(promise);
    const state = evolvePromise(before?.state ?? noPromise, event);
    this.#promises.set(promise, { state, interaction: before?.interaction ?? event.interaction, about: before?.about });
    const about = textOf(event, 'about');
    if (event.type === 'promise.made' && about !== undefined) void this.#readAbout(promise, about);
    this.#tell(promise);
    if (state.state !== 'open' && state.state !== 'missed') this.#promises.delete(promise);
  }

  async #readAbout(promise: string, reference: string): Promise<void> {
    const about = (await this.#parts.read([reference])).get(reference);
    const kept = this.#promises.get(promise);
    if (kept === undefined || about === undefined) return;
    this.#promises.set(promise, { ...kept, about });
    this.#tell(promise);
  }

  #tell(promise: string): void {
    const view = this.#view(promise);
    if (view !== undefined) this.#parts.changed(view);
  }

  #view(promise: string): PromiseView | undefined {
    const kept = this.#promises.get(promise);
    return kept && promiseViewOf(kept.state, { promise, interaction: kept.interaction, about: kept.about });
  }
}

function commandOf(change: PromiseChange, who: { readonly promise: string; readonly by: string; readonly at: number }): PromiseCommand {
  const { promise, by, at } = who;
  switch (change.do) {
    case 'keep':
      return { kind: 'keep', promise, by, at };
    case 'attempt':
      return { kind: 'attempt', promise, by, at, outcome: change.outcome };
    case 'move':
      return { kind: 'move', promise, at, due: change.due, told: change.told, reason: change.reason };
    case 'withdraw':
      return { kind: 'withdraw', promise, by, at, byCustomer: change.byCustomer, reason: change.reason };
  }
}
