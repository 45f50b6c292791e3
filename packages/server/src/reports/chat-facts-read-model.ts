import { type ChatFact, chatFactOf, countedChatEvents } from '@threerings/core/reports/chat-facts';
import type { Filed } from '@threerings/core/reports/report';
import { sql } from 'kysely';
import type { Database } from '../store/database.ts';
import { type Behind, chatChannels, countedEventsOf } from './call-facts-read-model.ts';
import { mostRows, type Wanted } from './report-read-model.ts';

/** Chats whose events are read together. */
const atOnce = 500;

/** As `bringCallFactsUp`, of chats that began in `[from, to)` and are over. */
export async function bringChatFactsUp(db: Database, from: number, to: number): Promise<void> {
  for (;;) {
    const behind = await sql<Behind>`
      select i.interaction, i.origin, s.n from interactions i
      join streams s on s.stream = 'interaction-' || i.interaction
      left join chat_facts f on f.interaction = i.interaction
      where i.started_at >= ${from} and i.started_at < ${to} and i.closed_at is not null and i.channel = any(${chatChannels})
        and (f.n is null or f.n < s.n)
      order by i.started_at limit ${atOnce}`.execute(db);
    if (behind.rows.length === 0) return;
    await foldSome(db, behind.rows);
    if (behind.rows.length < atOnce) return;
  }
}

async function foldSome(db: Database, chats: readonly Behind[]): Promise<void> {
  const events = await countedEventsOf(db, chats, countedChatEvents);
  const rows = chats.map(({ interaction, origin, n }) => {
    const told = events.get(interaction) ?? [];
    const fact = chatFactOf(told);
    return {
      ...{ interaction, origin, n, at: fact?.at ?? told[0]?.occurredAt ?? 0, outcome: fact?.outcome ?? ('abandoned' as const) },
      ...{ queue: fact?.queue ?? null, agent: fact?.agent ?? null, first_reply_ms: fact?.firstReplyMs ?? null },
      ...{ silence_ms: fact?.silenceMs ?? 0, transfers: fact?.transfers ?? 0, invited: fact?.invited ?? false, score: fact?.score ?? null },
    };
  });
  await db
    .insertInto('chat_facts')
    .values(rows)
    .onConflict((conflict) =>
      conflict.column('interaction').doUpdateSet((given) => ({
        n: given.ref('excluded.n'),
        queue: given.ref('excluded.queue'),
        agent: given.ref('excluded.agent'),
        outcome: given.ref('excluded.outcome'),
        first_reply_ms: given.ref('excluded.first_reply_ms'),
        silence_ms: given.ref('excluded.silence_ms'),
        transfers: given.ref('excluded.transfers'),
        invited: given.ref('excluded.invited'),
        score: given.ref('excluded.score'),
      })),
    )
    .execute();
}

export async function readChatFacts(db: Database, { from, to, origins }: Wanted): Promise<Filed<ChatFact>[]> {
  const rows = await db
    .selectFrom('chat_facts')
    .selectAll()
    .where('at', '>=', from)
    .where('at', '<', to)
    .where('origin', '=', sql<string>`any(${origins})`)
    .orderBy('at')
    .limit(mostRows)
    .execute();
  return rows.map((row) => {
    const [queue, agent] = [row.queue ?? undefined, row.agent ?? undefined];
    const fact: ChatFact = {
      ...{ at: row.at, queue, agent, outcome: row.outcome, firstReplyMs: row.first_reply_ms ?? undefined },
      ...{ silenceMs: row.silence_ms, transfers: row.transfers, invited: row.invited, score: row.score ?? undefined },
    };
    return { id: row.interaction, interaction: row.interaction, at: row.at, queue, agent, row: fact };
  });
}
