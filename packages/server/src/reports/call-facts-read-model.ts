import { callFactOf, countedEvents } from '@threerings/core/reports/call-facts';
import type { TimelineEvent } from '@threerings/core/timeline/event';
import { type Insertable, type Selectable, sql } from 'kysely';
import type { Projector } from '../store/append-batch.ts';
import type { Database } from '../store/database.ts';
import { eventOf } from '../store/event-rows.ts';
import type { Schema } from '../store/schema.ts';

export type CallFactRow = Selectable<Schema['call_facts']>;

/** Calls whose events are read together. */
const atOnce = 500;

/**
 * Brings the rows of calls that began in `[from, to)` and are over up to their events. Again is harmless; what has no new event is not
 * read again. Live calls never wait for this: it runs when somebody asks for a report.
 */
export async function bringCallFactsUp(db: Database, from: number, to: number): Promise<void> {
  for (;;) {
    const behind = await sql<{ interaction: string; origin: string; n: number }>`
      select i.interaction, i.origin, s.n from interactions i
      join streams s on s.stream = 'interaction-' || i.interaction
      left join call_facts f on f.interaction = i.interaction
      where i.started_at >= ${from} and i.started_at < ${to} and i.closed_at is not null and i.channel <> 'chat'
        and (f.n is null or f.n < s.n)
      order by i.started_at limit ${atOnce}`.execute(db);
    if (behind.rows.length === 0) return;
    await foldSome(db, behind.rows);
    if (behind.rows.length < atOnce) return;
  }
}

async function foldSome(db: Database, calls: readonly { interaction: string; origin: string; n: number }[]): Promise<void> {
  const stored = await db
    .selectFrom('events')
    .selectAll()
    .where('interaction', '=', sql<string>`any(${calls.map(({ interaction }) => interaction)})`)
    .where('type', '=', sql<string>`any(${[...countedEvents]})`)
    .where((or) => or.or([or('stream', '=', sql<string>`'interaction-' || interaction`), or('type', 'like', 'survey.%')]))
    .orderBy('occurred_at')
    .orderBy('seq')
    .execute();
  const events = new Map<string, TimelineEvent[]>(calls.map(({ interaction }) => [interaction, []]));
  for (const row of stored) events.get(row.interaction ?? '')?.push(eventOf(row));
  const rows = calls.map(({ interaction, origin, n }) => rowOf(interaction, origin, n, events.get(interaction) ?? []));
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
      })),
    )
    .execute();
}

/** Callers rate a call when it is over, in a stream of its own: its row is made anew. */
export const projectRatings: Projector = async (tx, appended) => {
  const rated = appended.flatMap(({ type, interaction }) => (type.startsWith('survey.') && interaction !== undefined ? [interaction] : []));
  if (rated.length > 0) await tx.deleteFrom('call_facts').where('interaction', '=', sql<string>`any(${rated})`).execute();
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
  };
}
