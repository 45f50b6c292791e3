import type { AnsweredCommand } from '../hotline/floor.ts';
import type { AppendRequest } from './append-request.ts';
import type { Database } from './database.ts';

/** A page asks again within minutes, if at all. */
const keptMs = 24 * 3_600_000;

/**
 * Writes what desk commands were answered into the transaction of what they led to: after a crash a command that is sent again finds
 * its answer, or it had no effect.
 */
export function rememberAnswers(requests: readonly AppendRequest[], answered: readonly AnsweredCommand[], now: number): AppendRequest[] {
  const [first, ...others] = requests;
  if (first === undefined || answered.length === 0) return [...requests];
  const rows = answered.map(({ command, agent, answer }) => ({
    command,
    person: agent,
    answer: JSON.stringify(answer),
    answered_at: now,
  }));
  const remembered: AppendRequest = {
    ...first,
    async within(tx, appended) {
      await first.within?.(tx, appended);
      await tx
        .insertInto('answered_commands')
        .values(rows)
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    },
  };
  return [remembered, ...others];
}

/** What this command was answered before; undefined when it never was, or was somebody else's. */
export async function answerOf(db: Database, person: string, command: string): Promise<AnsweredCommand['answer'] | undefined> {
  const query = db.selectFrom('answered_commands').select('answer').where('command', '=', command).where('person', '=', person);
  const row = await query.executeTakeFirst();
  // Written by `rememberAnswers` alone, as JSON of this very type.
  return row?.answer as AnsweredCommand['answer'] | undefined;
}

/** Forgets what nobody asks again. */
export async function forgetAnswers(db: Database, now: number): Promise<void> {
  await db
    .deleteFrom('answered_commands')
    .where('answered_at', '<', now - keptMs)
    .execute();
}
