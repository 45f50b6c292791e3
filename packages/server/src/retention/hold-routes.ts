import { holdRelease, newHold, retentionPeriods } from '@threerings/core/wire/retention';
import { z } from 'zod';
import type { Feature } from '../http/app.ts';
import { personOf } from '../http/guard.ts';
import { type RefusalTable, refuseFrom } from '../http/refusals.ts';
import { searchHolds } from './hold-search-read-model.ts';
import type { RetentionParts } from './retention-keeper.ts';
import { addHold, findHold, listHolds, releaseHold } from './retention-read-model.ts';

export const holdRefusals = {
  'hold.taken': {
    status: 409,
    zh: '这个编号的留存已经存在',
    en: 'there is a hold of this id already',
    remedy: { zh: '请刷新列表', en: 'reload the list' },
  },
  'hold.gone': {
    status: 404,
    zh: '没有这条生效中的留存',
    en: 'there is no such hold in force',
    remedy: { zh: '请刷新列表', en: 'reload the list' },
  },
} as const satisfies RefusalTable;

const config = { permission: 'holds.set' } as const;
const ok = z.object({ ok: z.literal(true) });
const mostListed = 500;

/** `/api/retention`: how long what is kept, and what is held beyond it, by whom and why. */
export function retentionFeature(parts: () => RetentionParts, now: () => number): Feature {
  return {
    name: 'retention',
    routes(app) {
      const listing = { querystring: z.object({ q: z.string().trim().min(1).max(60).optional() }), response: { 200: retentionPeriods } };
      app.get('/api/retention', { config, schema: listing }, async (request) => {
        const { db, audit, search, settings } = parts();
        const { audioDays, transcriptDays, caseDays } = settings();
        const { q } = request.query;
        // What was typed may be a name: the audit says that somebody looked, and how much was found.
        const holds = q === undefined ? await listHolds(db, mostListed) : await searchHolds({ db, ...search }, q, mostListed);
        const actor = personOf(request).person.agent;
        if (q !== undefined) await audit.record({ at: now(), action: 'holds.searched', actor, facts: { found: holds.length } });
        return { audioDays, transcriptDays, caseDays, holds };
      });
      app.post('/api/retention/holds', { config, schema: { body: newHold, response: { 201: ok } } }, async (request, reply) => {
        const { agent } = personOf(request).person;
        const { hold, interaction, customer, reason } = request.body;
        const before = await findHold(parts().db, hold);
        if (before !== undefined && (before.interaction !== interaction || before.customer !== customer || before.reason !== reason))
          return refuseFrom(holdRefusals, 'hold.taken', request, reply);
        if (before === undefined) {
          await addHold(parts().db, request.body, agent, now());
          await parts().audit.record({
            at: now(),
            action: 'hold.set',
            actor: agent,
            about: interaction ?? customer,
            facts: { hold, reason },
          });
        }
        return reply.code(201).send({ ok: true as const });
      });
      const releasing = { params: z.object({ hold: z.string().min(1).max(64) }), body: holdRelease, response: { 200: ok } };
      app.post('/api/retention/holds/:hold/release', { config, schema: releasing }, async (request, reply) => {
        const { agent } = personOf(request).person;
        const { hold } = request.params;
        const released = await releaseHold(parts().db, hold, agent, request.body.note, now());
        if (!released) return refuseFrom(holdRefusals, 'hold.gone', request, reply);
        await parts().audit.record({ at: now(), action: 'hold.released', actor: agent, facts: { hold, note: request.body.note } });
        return { ok: true as const };
      });
    },
  };
}
