import { callFactOf, countedCallEvents } from '@threerings/core/reports/call-facts';
import type { TimelineEvent } from '@threerings/core/timeline/event';
import { type Insertable, type Selectable, sql } from 'kysely';
import type { Projector } from '../store/append-batch.ts';
import type { Database } from '../store/database.ts';
import { eventOf } from '../store/event-rows.ts';
import type { Schema } from '../store/schema.ts';

export type CallFactRow = Selectable<Schema['call_facts']>;

/** Who called, as a keyed hash: which calls are of one number can be told, the number cannot. */
export interface Callers {
  /** values of the vault by reference; one that was erased is absent */
  read(references: readonly string[]): Promise<ReadonlyMap<string, string>>;
  tokenOf(number: string): Buffer | undefined;
}

/** Conversations in writing, by what their first event says. */
export const chatChannels: readonly string[] = ['chat', 'web', 'wechat', 'wecom', 'qq'];
/** Grows when calls are counted otherwise: rows of an earlier way are made anew. */
const countedNow = 3;
/** Calls whose events are read together. */
const atOnce = 500;

/**
 * Brings the rows of calls that began in `[from, to)` and are over up to their events. Again is harmless; what has no new event is not
 * read again. Live calls never wait for this: it runs when somebody asks for a report.
 */
export async function bringCallFactsUp(db: Database, callers: Callers, from: number, to: number): Promise<void> {
  for (;;) {
    const behind = await sql<Behind>`
      select i.interaction, i.origin, s.n from interactions i
      join streams s on s.stream = 'interaction-' || i.interaction
      left join call_facts f on f.interaction = i.interaction
      where i.started_at >= ${from} and i.started_at < ${to} and i.closed_at is not null and i.channel <> all(${chatChannels})
        and (f.n is null or f.n < s.n or f.way < ${countedNow})
      order by i.started_at limit ${atOnce}`.execute(db);
    if (behind.rows.length === 0) return;
    await foldSome(db, callers, behind.rows);
    if (behind.rows.length < atOnce) return;
  }
}

async function foldSome(db: Database, callers: Callers, calls: readonly Behind[]): Promise<void> {
  const events = await countedEventsOf(db, calls, countedCallEvents);
  const numberOf = (interaction: string) => textOf(events.get(interaction)?.[0], 'number');
  const numbers = await callers.read(calls.flatMap(({ interaction }) => numberOf(interaction) ?? []));
  const rows = calls.map(({ interaction, origin, n }) => {
    const number = numbers.get(numberOf(interaction) ?? '');
    const caller = number === undefined ? undefined : callers.tokenOf(number);
    return { ...rowOf(interaction, origin, n, events.get(interaction) ?? []), caller: caller ?? null, way: countedNow };
  });
  await db
    .insertInto('call_facts')
    .values(rows)
    .onConflict((conflict) =>
      conflict.column('interaction').doUpdateSet((given) => ({
        n: given.ref('excluded.n'),
        asked_at: given.ref('excluded.asked_at'),
        queue: given.ref('excluded.queue'),
        agent: given.ref('excluded.agent'),
        outcome: given.ref('excluded.outcome'),
        wait_ms: given.ref('excluded.wait_ms'),
        talk_ms: given.ref('excluded.talk_ms'),
        hold_ms: given.ref('excluded.hold_ms'),
        wrap_up_ms: given.ref('excluded.wrap_up_ms'),
        invited: given.ref('excluded.invited'),
        score: given.ref('excluded.score'),
        transfers: given.ref('excluded.transfers'),
        message: given.ref('excluded.message'),
        blocked: given.ref('excluded.blocked'),
        caller: given.ref('excluded.caller'),
        way: given.ref('excluded.way'),
      })),
    )
    .execute();
}

export interface Behind {
  readonly interaction: string;
  readonly origin: string;
  readonly n: number;
}

/** What is counted of these conversations, in order: of their own streams, and what callers said of them. */
export async function countedEventsOf(
  db: Database,
  conversations: readonly Behind[],
  types: readonly string[],
): Promise<ReadonlyMap<string, readonly TimelineEvent[]>> {
  const stored = await db
    .selectFrom('events')
    .selectAll()
    .where('interaction', '=', sql<string>`any(${conversations.map(({ interaction }) => interaction)})`)
    .where('type', '=', sql<string>`any(${[...types]})`)
    .where((or) => or.or([or('stream', '=', sql<string>`'interaction-' || interaction`), or('type', 'like', 'survey.%')]))
    .orderBy('occurred_at')
    .orderBy('seq')
    .execute();
  const events = new Map<string, TimelineEvent[]>(conversations.map(({ interaction }) => [interaction, []]));
  for (const row of stored) events.get(row.interaction ?? '')?.push(eventOf(row));
  return events;
}

function textOf(event: TimelineEvent | undefined, field: string): string | undefined {
  const value = event?.fields[field];
  return typeof value === 'string' ? value : undefined;
}

/** Callers rate a call when it is over, in a stream of its own: its row is made anew. */
export const projectRatings: Projector = async (tx, appended) => {
  const rated = appended.flatMap(({ type, interaction }) => (type.startsWith('survey.') && interaction !== undefined ? [interaction] : []));
  if (rated.length === 0) return;
  await tx.deleteFrom('call_facts').where('interaction', '=', sql<string>`any(${rated})`).execute();
  await tx.deleteFrom('chat_facts').where('interaction', '=', sql<string>`any(${rated})`).execute();
};

/** What is no call (a stream that begins otherwise) stands there as one that asked for nobody, so that it is not read again. */
function rowOf(interaction: string, origin: string, n: number, events: readonly TimelineEvent[]): Insertable<Schema['call_facts']> {
  const fact = callFactOf(events);
  const { at = events[0]?.occurredAt ?? 0, direction = 'in', test = false, outcome = 'other' } = fact ?? {};
  return {
    ...{ interaction, origin, n, at, direction, test, outcome },
    asked_at: fact?.askedAt ?? null,
    queue: fact?.queue ?? null,
    agent: fact?.agent ?? null,
    wait_ms: fact?.waitMs ?? null,
    talk_ms: fact?.talkMs ?? 0,
    hold_ms: fact?.holdMs ?? 0,
    wrap_up_ms: fact?.wrapUpMs ?? 0,
    invited: fact?.invited ?? false,
    score: fact?.score ?? null,
    transfers: fact?.transfers ?? 0,
    message: fact?.message ?? false,
    blocked: fact?.blocked ?? false,
  };
}
