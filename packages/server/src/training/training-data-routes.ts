import { permits } from '@threerings/core/people/permissions';
import { trainingData, trainingErased } from '@threerings/core/wire/training';
import { z } from 'zod';
import type { App } from '../http/app.ts';
import { personOf } from '../http/guard.ts';
import { refuseFrom } from '../http/refusals.ts';
import { eraseTrainingData, trainingDataOf } from './training-data-read-model.ts';
import type { TrainingHouse } from './training-house.ts';
import { trainingRouteRefusals } from './training-refusals.ts';

const params = z.object({ agent: z.string().min(1).max(64) });
const reading = { permission: ['training.practise', 'users.manage'] } as const;
const erasing = { permission: 'users.manage' } as const;

/** What trainings hold of a person: taken along by themselves, handed out or erased by who manages people. Both are audited. */
export function trainingDataRoutes(app: App, house: () => TrainingHouse): void {
  app.get(
    '/api/training/people/:agent/data',
    { config: reading, schema: { params, response: { 200: trainingData } } },
    async (request, reply) => {
      const { person } = personOf(request);
      const { agent } = request.params;
      const { audit, desk } = house();
      const own = person.agent === agent;
      if (!own && !permits(person.roles, 'users.manage')) return refuseFrom(trainingRouteRefusals, 'training.not-own', request, reply);
      if (!own) await audit.record({ at: desk.parts.now(), action: 'training.exported', actor: person.agent, about: agent });
      return reply.header('cache-control', 'private, no-store').send(await trainingDataOf(desk.parts.db, agent));
    },
  );
  const response = { 200: trainingErased };
  app.delete('/api/training/people/:agent/data', { config: erasing, schema: { params, response } }, async (request) => {
    const { agent } = request.params;
    const { audit, desk } = house();
    const gone = await eraseTrainingData(desk.parts.db, agent);
    desk.forget(agent);
    const facts = { tries: gone.tries, readings: gone.readings };
    await audit.record({ at: desk.parts.now(), action: 'training.erased', actor: personOf(request).person.agent, about: agent, facts });
    return gone;
  });
}
