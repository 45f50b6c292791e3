import type { TimelineEvent } from '@threerings/core/timeline/event';
import { sql } from 'kysely';
import type { Database } from '../store/database.ts';
import { eventOf } from '../store/event-rows.ts';
import { topicEvents } from './anomaly-watch.ts';

/** Most that is read: beyond it calls are many in any case. */
const mostEvents = 5000;

/** What calls of this hotline that began since a while before `from` were about, since `from`, in order; the newest ones where there are more. */
export async function topicsSince(db: Database, from: number): Promise<TimelineEvent[]> {
  const rows = await db
    .selectFrom('events')
    .selectAll()
    .where('interaction', 'in', (calls) =>
      calls
        .selectFrom('interactions')
        .select('interaction')
        .where('started_at', '>=', from - longestCallMs)
        .where('origin', '<>', 'import'),
    )
    .where('type', '=', sql<string>`any(${[...topicEvents]})`)
    .where('occurred_at', '>=', from)
    .orderBy('occurred_at', 'desc')
    .orderBy('seq', 'desc')
    .limit(mostEvents)
    .execute();
  return rows.reverse().map(eventOf);
}

/** A matter is set within a call, which may have begun earlier, ms. */
const longestCallMs = 6 * 3_600_000;
