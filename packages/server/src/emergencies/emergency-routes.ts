import { isRefusal } from '@threerings/core/errors/refusal';
import { emergencyChange, emergencyPlan, emergencyView } from '@threerings/core/wire/registers';
import { z } from 'zod';
import type { Feature } from '../http/app.ts';
import { personOf } from '../http/guard.ts';
import { refuseDomain, refuseFrom } from '../http/refusals.ts';
import type { Audit } from '../people/people-store.ts';
import type { EmergencyDesk } from './emergency-desk.ts';
import { emergencyRefusals } from './emergency-refusals.ts';

const config = { permission: 'emergencies.work' } as const;
const ok = z.object({ ok: z.literal(true) });
const byId = z.object({ emergency: z.string().min(1).max(150) });

/** `/api/emergencies`: the register of emergencies, and the plans by which they are worked. */
export function emergencyFeature(desk: () => EmergencyDesk, audit: Audit): Feature {
  return {
    name: 'emergencies',
    routes(app) {
      app.get('/api/emergencies', { config, schema: { response: { 200: z.array(emergencyView) } } }, async (request) => {
        await audit.record({ at: desk().parts.now(), action: 'emergencies.read', actor: personOf(request).person.agent });
        return desk().list();
      });
      const change = { config, schema: { params: byId, body: emergencyChange, response: { 200: ok } } };
      app.post('/api/emergencies/:emergency', change, async (request, reply) => {
        const answer = await desk().change(personOf(request).person, request.params.emergency, request.body);
        if (answer === 'done') return { ok: true as const };
        if (!isRefusal(answer)) return refuseFrom(emergencyRefusals, answer, request, reply);
        return refuseDomain(request, reply, answer, answer.refused === 'emergency.no-step' ? 422 : 409);
      });
      app.get('/api/emergency-plans', { config, schema: { response: { 200: z.array(emergencyPlan) } } }, async () => desk().plans());
      app.post('/api/emergency-plans', { config, schema: { body: emergencyPlan, response: { 201: ok } } }, async (request, reply) => {
        const { agent } = personOf(request).person;
        await desk().keepPlan(request.body, agent);
        await audit.record({ at: desk().parts.now(), action: 'emergency-plan.written', actor: agent, about: request.body.plan });
        return reply.code(201).send({ ok: true as const });
      });
    },
  };
}
