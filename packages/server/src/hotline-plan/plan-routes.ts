import { type PlanFault, readPlan } from '@threerings/core/routing/plan';
import { hotlinePlan, skillLevels } from '@threerings/core/wire/hotline-plan';
import { z } from 'zod';
import type { Feature } from '../http/app.ts';
import { personOf } from '../http/guard.ts';
import { type RefusalTable, refuseFrom } from '../http/refusals.ts';
import { peopleRefusals } from '../people/people-refusals.ts';
import type { Audit, PeopleStore } from '../people/people-store.ts';
import type { Database } from '../store/database.ts';
import { plainPlan, readStoredPlan, storePlan } from './plan-read-model.ts';

export const planRefusals = {
  'plan.invalid': {
    status: 422,
    zh: '热线配置的“{place}”不正确：应为 {expected}，实为 {found}',
    en: 'the hotline plan is not as expected at {place}: expected {expected}, found {found}',
    remedy: { zh: '请改正后再试；未作任何更改', en: 'correct it and send it again; nothing was changed' },
  },
} as const satisfies RefusalTable;

export interface PlanParts {
  readonly db: Database;
  readonly people: PeopleStore;
  readonly audit: Audit;
  readonly now: () => number;
}

const done = z.object({ ok: z.literal(true) });
const config = { permission: 'settings.change' } as const;

/** Queues, numbers, menu and settings of the hotline, and who can do what. In force some seconds after the answer. */
export function planFeature(parts: PlanParts): Feature {
  return {
    name: 'hotline plan',
    routes(app) {
      const { db, people, audit, now } = parts;
      app.get('/api/hotline', { config, schema: { response: { 200: hotlinePlan } } }, async () => (await readStoredPlan(db)) ?? plainPlan);

      app.put(
        '/api/hotline',
        { config, schema: { body: z.record(z.string(), z.unknown()), response: { 200: done } } },
        async (request, reply) => {
          const plan = readPlan(request.body);
          if ('faults' in plan) return refuseFrom(planRefusals, 'plan.invalid', request, reply, factsOf(plan.faults));
          const { agent } = personOf(request).person;
          await storePlan(db, plan, agent, now());
          await audit.record({
            at: now(),
            action: 'hotline.configured',
            actor: agent,
            facts: { queues: plan.queues.map(({ queue }) => queue) },
          });
          return { ok: true as const };
        },
      );

      const schema = { params: z.object({ agent: z.string().min(1).max(64) }), body: skillLevels, response: { 200: done } };
      app.put('/api/people/:agent/skills', { config, schema }, async (request, reply) => {
        const { agent } = request.params;
        const refused = await people.setSkills(agent, request.body, now());
        if (refused !== undefined) return refuseFrom(peopleRefusals, refused, request, reply, { agent });
        const facts = { skills: Object.entries(request.body).map(([skill, level]) => `${skill}=${level}`) };
        await audit.record({ at: now(), action: 'skills.set', actor: personOf(request).person.agent, about: agent, facts });
        return { ok: true as const };
      });
    },
  };
}

function factsOf([first]: readonly PlanFault[]): Readonly<Record<string, string>> {
  return { place: first?.place ?? '', expected: first?.expected ?? '', found: first?.found ?? '' };
}
