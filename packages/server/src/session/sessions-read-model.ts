import { role } from '@threerings/core/wire/session';
import type { Database } from '../store/database.ts';
import type { SessionStore } from './sessions.ts';

/** Sessions in the table of the same name, found together with their person in one query. */
export function sessionsInDatabase(db: Database): SessionStore {
  const hashOf = (id: string) => Buffer.from(id, 'hex');
  return {
    async add({ id, agent, createdAt, seenAt }) {
      await db
        .insertInto('sessions')
        .values({ token_hash: hashOf(id), person: agent, created_at: createdAt, seen_at: seenAt })
        .execute();
    },
    async find(id) {
      const found = await db
        .selectFrom('sessions')
        .innerJoin('people', 'people.person', 'sessions.person')
        .select(['people.person', 'name', 'unit', 'roles', 'sessions.created_at', 'seen_at'])
        .where('token_hash', '=', hashOf(id))
        .where('active', '=', true)
        .executeTakeFirst();
      if (found === undefined) return undefined;
      const roles = found.roles.flatMap((each) => role.safeParse(each).data ?? []);
      return {
        session: { id, agent: found.person, createdAt: found.created_at, seenAt: found.seen_at },
        person: { agent: found.person, name: found.name, unit: found.unit, roles },
      };
    },
    async touch(id, seenAt) {
      await db.updateTable('sessions').set({ seen_at: seenAt }).where('token_hash', '=', hashOf(id)).execute();
    },
    async remove(id) {
      await db.deleteFrom('sessions').where('token_hash', '=', hashOf(id)).execute();
    },
    async removeAllOf(agent) {
      const gone = await db.deleteFrom('sessions').where('person', '=', agent).returning('token_hash').execute();
      return gone.map((row) => row.token_hash.toString('hex'));
    },
    async removeStale(seenBefore, createdBefore) {
      await db
        .deleteFrom('sessions')
        .where((where) => where.or([where('seen_at', '<', seenBefore), where('created_at', '<', createdBefore)]))
        .execute();
    },
  };
}
