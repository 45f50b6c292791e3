import { setTimeout as sleep } from 'node:timers/promises';
import { streamOfInteraction, type TimelineEvent } from '@threerings/core/timeline/event';
import { inTimelineOrder } from '@threerings/core/timeline/order';
import { isReference } from '@threerings/core/timeline/reference';
import { sql } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import { type Appending, appendBatch, type Projector } from './append-batch.ts';
import { AppendQueue } from './append-queue.ts';
import { type AppendAnswer, type Appended, type AppendRequest, faultOf } from './append-request.ts';
import type { Database } from './database.ts';
import { eventOf } from './event-rows.ts';
import type { Group, RecordedGroup } from './record-group.ts';
import { type AppendRefusal, refuseAppend } from './stream-refusals.ts';
import { StreamStates } from './stream-states.ts';
import type { Vault } from './vault.ts';

export interface EventStoreOptions {
  readonly db: Database;
  readonly vault: Vault;
  /** ms UTC */
  readonly now: () => number;
  /** views that are written in the transaction of the events */
  readonly projectors?: readonly Projector[];
  /**
   * Told of events after their commit, before the appender is: in order per interaction, each event once. Must not throw
   * and must not wait (`runtime/dispatch.ts` queues for those who take long).
   */
  readonly committed?: (events: readonly TimelineEvent[]) => void;
  /** ids of events; default UUIDv7 */
  readonly newId?: () => string;
}

type GroupAnswer = Appended[] | AppendRefusal;

/** Four transactions at once keep the disk busy while the next batch gathers. */
const limits = { lanes: 4, batch: 64, waiting: 10_000 };
const repeats = 3;

/**
 * Append-only streams. INVARIANT (acknowledged): an append that was answered, and an event that `committed` was told of,
 * stands in the database; nobody is told before. Streams are unique on (stream, n), chained by hash, and ordered per
 * interaction.
 */
export class EventStore {
  readonly #appending: Appending;
  readonly #committed: (events: readonly TimelineEvent[]) => void;
  readonly #newId: () => string;
  readonly #queue: AppendQueue<Group, GroupAnswer>;

  constructor(options: EventStoreOptions) {
    const { db, vault, now, projectors = [] } = options;
    this.#appending = { db, vault, now, projectors, states: new StreamStates() };
    this.#committed = options.committed ?? (() => {});
    this.#newId = options.newId ?? uuidv7;
    this.#queue = new AppendQueue(limits, (batch) => this.#write(batch));
  }

  /**
   * Appends events to one stream: all in one transaction with what `within` writes. Resolves after the commit. Repeating a
   * request whose events carry ids is harmless: the answer is the same. Refusals are values; it rejects when the database
   * does not answer, and then the caller does not know.
   */
  async append(request: AppendRequest): Promise<AppendAnswer> {
    const answer = await this.appendTogether([request]);
    if (!Array.isArray(answer)) return answer;
    const [appended] = answer;
    if (!appended) throw new Error('an append was not answered');
    return appended;
  }

  /** Appends to several streams, in the given order, all or nothing. The answers are those of the requests. */
  async appendTogether(requests: readonly AppendRequest[]): Promise<Appended[] | AppendRefusal> {
    const fault = requests.map(faultOf).find((each) => each !== undefined);
    if (fault) return fault;
    if (this.#queue.isFull) return refuseAppend('store.busy');
    const group = requests.map((request) => ({
      ...request,
      events: request.events.map((event) => ({ ...event, id: event.id ?? this.#newId() })),
      mayRepeat: request.events.some((event) => event.id !== undefined),
    }));
    const keys = new Set(group.flatMap(({ stream, interaction }) => (interaction === undefined ? [stream] : [stream, interaction])));
    return this.#queue.submit([...keys], group);
  }

  /** Settles when every append that was asked for has been answered. */
  drained(): Promise<void> {
    return this.#queue.drained();
  }

  /** The events of a stream in order of position, from `after` (exclusive) on. */
  async load(stream: string, after = 0): Promise<TimelineEvent[]> {
    const rows = await this.#appending.db
      .selectFrom('events')
      .selectAll()
      .where('stream', '=', stream)
      .where('n', '>', after)
      .orderBy('n')
      .execute();
    return rows.map(eventOf);
  }

  /** Several streams at once, each in order of position; streams in no order. */
  async loadMany(streams: readonly string[]): Promise<TimelineEvent[]> {
    const { db } = this.#appending;
    const rows = await db
      .selectFrom('events')
      .selectAll()
      .where('stream', '=', sql<string>`any(${streams})`)
      .orderBy('stream')
      .orderBy('n')
      .execute();
    return rows.map(eventOf);
  }

  /** Events of the streams whose names begin so, from an instant on, in the order in which they were appended. */
  async loadSince(prefix: string, from: number, limit: number): Promise<TimelineEvent[]> {
    const { db } = this.#appending;
    const rows = await db
      .selectFrom('events')
      .selectAll()
      .where('stream', '>=', prefix)
      .where('stream', '<', `${prefix}\u{10FFFF}`)
      .where('occurred_at', '>=', from)
      .orderBy('pos')
      .limit(limit)
      .execute();
    return rows.map(eventOf);
  }

  /** The timeline of one interaction in timeline order. Personal fields are references; `withTexts` fills in speech. */
  async loadInteraction(interaction: string): Promise<TimelineEvent[]> {
    return (await this.load(streamOfInteraction(interaction))).sort(inTimelineOrder);
  }

  /** The timelines of several interactions, in timeline order each. */
  async loadInteractions(interactions: readonly string[]): Promise<ReadonlyMap<string, TimelineEvent[]>> {
    const found = new Map<string, TimelineEvent[]>(interactions.map((interaction) => [interaction, []]));
    const rows = await this.#appending.db
      .selectFrom('events')
      .selectAll()
      .where('stream', '=', sql<string>`any(${interactions.map(streamOfInteraction)})`)
      .orderBy('stream')
      .orderBy('n')
      .execute();
    for (const row of rows) found.get(row.interaction ?? '')?.push(eventOf(row));
    for (const events of found.values()) events.sort(inTimelineOrder);
    return found;
  }

  /** Fills in what was said or written where it still exists; erased texts stay absent. */
  async withTexts(events: readonly TimelineEvent[]): Promise<TimelineEvent[]> {
    const references = events.map(textReference).filter((reference) => reference !== undefined);
    const texts = await this.#appending.vault.read(this.#appending.db, references);
    return events.map((event) => {
      const text = texts.get(textReference(event) ?? '');
      return text === undefined ? event : { ...event, text };
    });
  }

  async #write(batch: readonly Group[]): Promise<readonly PromiseSettledResult<GroupAnswer>[]> {
    const since = this.#appending.now();
    try {
      const answers = this.#tell(await appendBatch(this.#appending, batch));
      return answers.map((value) => ({ status: 'fulfilled', value }));
    } catch (error) {
      // One request that the database refuses, or a deadlock, must not fail those that share its transaction.
      const settled: PromiseSettledResult<GroupAnswer>[] = [];
      for (const group of batch) settled.push(...(await Promise.allSettled([this.#repeat(group, since, error)])));
      return settled;
    }
  }

  /** The first commit may have happened although its answer was lost: events recorded since then are told as new. */
  async #repeat(group: Group, since: number, first: unknown): Promise<GroupAnswer> {
    let error = first;
    for (let attempt = 1; attempt <= repeats; attempt += 1) {
      try {
        const [recorded] = await appendBatch(this.#appending, [group.map((request) => ({ ...request, mayRepeat: true }))]);
        if (!recorded) break;
        const { answer } = recorded;
        if ('facts' in answer) return answer;
        const events = answer.flatMap((appended) => appended.events);
        this.#tell([{ ...recorded, fresh: events.filter((event) => event.recordedAt >= since) }]);
        return [...answer];
      } catch (again) {
        error = again;
        if (!isTransient(again)) break;
        await sleep(50 * attempt);
      }
    }
    throw error;
  }

  #tell(recorded: readonly RecordedGroup[]): GroupAnswer[] {
    const fresh = recorded.flatMap((each) => each.fresh);
    if (fresh.length > 0) this.#committed(fresh);
    return recorded.map(({ answer }) => ('facts' in answer ? answer : [...answer]));
  }
}

/** Deadlock, serialisation, and connections that broke: worth another try. */
function isTransient(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return /^(40001|40P01|57P0\d|08\w{3}|ECONN\w+|EPIPE)$/.test(code) || /terminated|timeout/i.test(String(error));
}

function textReference(event: TimelineEvent): string | undefined {
  const text = event.fields['text'];
  return isReference(text) ? text : undefined;
}
