import { auditRow } from '@threerings/core/wire/people';
import type { Database } from '../store/database.ts';
import type { Audit } from './people-store.ts';

/** The append-only table `audit`; the database itself refuses to change or delete a row. */
export function auditInDatabase(db: Database): Audit {
  return {
    async record({ at, action, actor, about, facts }) {
      await db
        .insertInto('audit')
        .values({ at, action, actor: actor ?? null, about: about ?? null, facts: JSON.stringify(facts ?? {}) })
        .execute();
    },
    async entries(before, limit) {
      const newest = db.selectFrom('audit').selectAll().orderBy('entry', 'desc').limit(limit);
      const found = await (before === 0 ? newest : newest.where('entry', '<', before)).execute();
      return found.map(({ actor, about, ...rest }) =>
        auditRow.parse({ ...rest, ...(actor === null ? {} : { actor }), ...(about === null ? {} : { about }) }),
      );
    },
  };
}
