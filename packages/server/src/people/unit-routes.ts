import { addUnitBody, changeUnitBody, unitRow } from '@threerings/core/wire/people';
import { z } from 'zod';
import type { Feature } from '../http/app.ts';
import { personOf } from '../http/guard.ts';
import { refuseFrom } from '../http/refusals.ts';
import { peopleRefusals } from './people-refusals.ts';
import type { PeopleParts } from './people-routes.ts';

const changed = z.object({ ok: z.literal(true) });
const manage = { config: { permission: 'users.manage' } } as const;

/** The organisation as a tree: every figure rolls up it, and who watches over a unit watches over those below it. */
export function unitFeature({ people, audit, now }: Omit<PeopleParts, 'sessions'>): Feature {
  return {
    name: 'units',
    routes(app) {
      app.get('/api/units', { config: { permission: 'signed-in' }, schema: { response: { 200: z.array(unitRow) } } }, async () => [
        ...(await people.units()),
      ]);

      app.post('/api/units', { ...manage, schema: { body: addUnitBody, response: { 201: changed } } }, async (request, reply) => {
        const { unit, parent } = request.body;
        const refused = await people.addUnit(request.body);
        if (refused !== undefined)
          return refuseFrom(peopleRefusals, refused, request, reply, { unit: refused === 'unit.unknown' ? (parent ?? '') : unit });
        const facts = parent === undefined ? {} : { parent };
        await audit.record({ at: now(), action: 'unit.added', actor: personOf(request).person.agent, about: unit, facts });
        return reply.code(201).send({ ok: true });
      });

      const schema = { params: z.object({ unit: z.string().min(1).max(64) }), body: changeUnitBody, response: { 200: changed } };
      app.patch('/api/units/:unit', { ...manage, schema }, async (request, reply) => {
        const { unit } = request.params;
        const { parent, name } = request.body;
        const refused = await people.changeUnit(unit, request.body);
        if (refused !== undefined) return refuseFrom(peopleRefusals, refused, request, reply, { unit });
        const facts = { ...(parent === undefined ? {} : { parent: parent ?? '' }), ...(name === undefined ? {} : { name }) };
        await audit.record({ at: now(), action: 'unit.changed', actor: personOf(request).person.agent, about: unit, facts });
        return { ok: true as const };
      });
    },
  };
}
