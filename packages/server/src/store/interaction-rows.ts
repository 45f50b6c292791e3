import { streamOfInteraction, type TimelineEvent } from '@threerings/core/timeline/event';
import type { InteractionRow } from '@threerings/core/wire/interactions';
import { type Insertable, type Selectable, sql } from 'kysely';
import type { Projector } from './append-batch.ts';
import type { Database } from './database.ts';
import type { Schema } from './schema.ts';

/** Keeps the row of an interaction up to date in the transaction of its events. */
export const projectInteractions: Projector = async (tx, appended, origin) => {
  const [first] = appended;
  if (first?.interaction === undefined || first.stream !== streamOfInteraction(first.interaction)) return;
  const changes = appended.reduce(changed, {});
  if (first.n === 1) {
    const row: Insertable<Schema['interactions']> = {
      interaction: first.interaction,
      origin,
      channel: text(first, 'channel') ?? (first.type.startsWith('chat.') ? 'chat' : 'phone'),
      started_at: first.occurredAt,
      ...changes,
    };
    await tx.insertInto('interactions').values(row).execute();
  } else if (Object.keys(changes).length > 0) {
    await tx.updateTable('interactions').set(changes).where('interaction', '=', first.interaction).execute();
  }
};

type Changes = Partial<
  Pick<Selectable<Schema['interactions']>, 'queue' | 'agent' | 'answered_at' | 'ended_at' | 'closed_at' | 'outcome' | 'talk_ms'>
>;

function changed(changes: Changes, event: TimelineEvent): Changes {
  const at = event.occurredAt;
  const agent = text(event, 'agent');
  switch (event.type) {
    case 'call.offered':
    case 'call.queued': {
      const queue = text(event, 'queue');
      return queue === undefined ? changes : { ...changes, queue };
    }
    case 'call.answered':
    case 'chat.accepted':
      return { ...changes, answered_at: changes.answered_at ?? at, ...(agent === undefined ? {} : { agent }) };
    case 'transfer.completed':
    case 'chat.transferred':
      return agent === undefined ? changes : { ...changes, agent };
    case 'call.ended': {
      const talk = event.fields['talk'];
      return { ...changes, ended_at: at, outcome: text(event, 'outcome') ?? null, talk_ms: typeof talk === 'number' ? talk : 0 };
    }
    case 'chat.ended':
      return { ...changes, ended_at: at, outcome: text(event, 'outcome') ?? null };
    case 'interaction.closed':
      return { ...changes, closed_at: at };
    default:
      return changes;
  }
}

function text(event: TimelineEvent, field: string): string | undefined {
  const value = event.fields[field];
  return typeof value === 'string' ? value : undefined;
}

export interface InteractionFilter {
  /** the last row of the page before; absent = from the newest */
  readonly after?: { readonly startedAt: number; readonly interaction: string } | undefined;
  /** at most 500 */
  readonly limit: number;
  readonly agent?: string | undefined;
  /** only agents of these units; calls that nobody answered, or nobody of a unit here, are included */
  readonly units?: readonly string[] | undefined;
  readonly origin?: InteractionRow['origin'] | undefined;
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  /** true: only those with a broken norm */
  readonly broken?: boolean | undefined;
}

/** Newest first. The next page begins after the last row of this one. */
export async function listInteractions(db: Database, filter: InteractionFilter): Promise<InteractionRow[]> {
  let query = selectRows(db).orderBy('started_at', 'desc').orderBy('interaction', 'desc').limit(Math.min(filter.limit, 500));
  const { after, agent, units, origin, from, to } = filter;
  if (after) query = query.where(sql<boolean>`(started_at, interaction) < (${after.startedAt}, ${after.interaction})`);
  if (agent !== undefined) query = query.where('agent', '=', agent);
  if (units)
    query = query.where((where) => where.or([where('people.unit', '=', sql<string>`any(${units})`), where('people.unit', 'is', null)]));
  if (origin) query = query.where('origin', '=', origin);
  if (from !== undefined) query = query.where('started_at', '>=', from);
  if (to !== undefined) query = query.where('started_at', '<', to);
  if (filter.broken) query = query.where('broken', '>', 0);
  return (await query.execute()).map(rowOf);
}

/** The row of one interaction, and the unit of its agent (for permissions). */
export async function findInteraction(db: Database, interaction: string) {
  const found = await selectRows(db).where('interaction', '=', interaction).executeTakeFirst();
  return found && { row: rowOf(found), unit: found.unit ?? undefined };
}

/** When an interaction was closed and how it came here; undefined where it is unknown or goes on. */
export async function closedInteraction(db: Database, interaction: string) {
  const row = await db.selectFrom('interactions').select(['origin', 'closed_at']).where('interaction', '=', interaction).executeTakeFirst();
  return row === undefined || row.closed_at === null ? undefined : { origin: row.origin, closedAt: row.closed_at };
}

/** Interactions among which those that were closed last are looked for. */
const newestLookedAt = 2000;

/** Interactions that had not been closed when the process ended: what a restarted hotline takes up again. */
export async function openInteractions(db: Database): Promise<string[]> {
  const rows = await db
    .selectFrom('interactions')
    .select('interaction')
    .where('closed_at', 'is', null)
    .where('origin', '=', 'live')
    .orderBy('started_at')
    .execute();
  return rows.map((row) => row.interaction);
}

/**
 * Of the newest interactions those that were closed last, within `withinMs` of each other: when the process ended, they may not have been
 * judged to their end.
 */
export async function lastClosed(db: Database, withinMs: number): Promise<string[]> {
  const newest = db.selectFrom('interactions').select(['interaction', 'closed_at']).where('origin', '=', 'live');
  const rows = await newest.orderBy('started_at', 'desc').limit(newestLookedAt).execute();
  const closed = rows.flatMap(({ interaction, closed_at: at }) => (at === null ? [] : [{ interaction, at }]));
  const last = closed.reduce((latest, { at }) => Math.max(latest, at), 0);
  return closed.filter(({ at }) => at >= last - withinMs).map(({ interaction }) => interaction);
}

function selectRows(db: Database) {
  return db
    .selectFrom('interactions')
    .leftJoin('people', 'people.person', 'interactions.agent')
    .selectAll('interactions')
    .select(['people.name as agent_name', 'people.unit as unit']);
}

type Found = Awaited<ReturnType<ReturnType<typeof selectRows>['execute']>>[number];

function rowOf(row: Found): InteractionRow {
  return {
    interaction: row.interaction,
    startedAt: row.started_at,
    channel: row.channel,
    origin: row.origin,
    talkMs: row.talk_ms,
    kept: row.kept,
    broken: row.broken,
    unknown: row.unknown,
    moot: row.moot,
    ...(row.ended_at === null ? {} : { endedAt: row.ended_at }),
    ...(row.agent === null ? {} : { agent: row.agent }),
    ...(row.agent_name === null ? {} : { agentName: row.agent_name }),
    ...(row.queue === null ? {} : { queue: row.queue }),
    ...(row.outcome === null ? {} : { outcome: row.outcome }),
  };
}
