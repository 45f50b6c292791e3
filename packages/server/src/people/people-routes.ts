import { addPersonBody, changeOwnPasswordBody, changePersonBody, personRow, setPasswordBody } from '@threerings/core/wire/people';
import { z } from 'zod';
import type { App, Feature } from '../http/app.ts';
import { personOf } from '../http/guard.ts';
import { refuseFrom } from '../http/refusals.ts';
import { hashPassword, passwordFlaw, verifyPassword } from '../session/password.ts';
import type { Sessions } from '../session/sessions.ts';
import { peopleRefusals } from './people-refusals.ts';
import type { Audit, PeopleStore } from './people-store.ts';

export interface PeopleParts {
  readonly people: PeopleStore;
  readonly audit: Audit;
  readonly sessions: Sessions;
  readonly now: () => number;
}

const inPath = z.object({ agent: z.string().min(1).max(64) });
const changed = z.object({ ok: z.literal(true) });
const manage = { config: { permission: 'users.manage' } } as const;

/** Accounts and roles: an administrator's work. A person is never deleted, because the timeline names who did what. */
export function peopleFeature(parts: PeopleParts): Feature {
  return {
    name: 'people',
    routes(app) {
      listAndAdd(app, parts);
      change(app, parts);
      passwords(app, parts);
    },
  };
}

function listAndAdd(app: App, { people, audit, now }: PeopleParts): void {
  app.get('/api/people', { ...manage, schema: { response: { 200: z.array(personRow) } } }, async () => [...(await people.people())]);

  app.post('/api/people', { ...manage, schema: { body: addPersonBody, response: { 201: changed } } }, async (request, reply) => {
    const { password, ...person } = request.body;
    const flaw = passwordFlaw(password, person.login);
    if (flaw !== undefined) return refuseFrom(peopleRefusals, `password.${flaw}`, request, reply);
    const refused = await people.addPerson({ ...person, passwordHash: await hashPassword(password) }, now());
    if (refused !== undefined) return refuseFrom(peopleRefusals, refused, request, reply, { agent: person.agent, unit: person.unit });
    const actor = personOf(request).person.agent;
    await audit.record({
      at: now(),
      action: 'person.added',
      actor,
      about: person.agent,
      facts: { unit: person.unit, roles: person.roles },
    });
    return reply.code(201).send({ ok: true });
  });
}

function change(app: App, { people, audit, sessions, now }: PeopleParts): void {
  const schema = { params: inPath, body: changePersonBody, response: { 200: changed } };
  app.patch('/api/people/:agent', { ...manage, schema }, async (request, reply) => {
    const { agent } = request.params;
    const refused = await people.changePerson(agent, request.body, now());
    if (refused !== undefined) return refuseFrom(peopleRefusals, refused, request, reply, { agent, unit: request.body.unit ?? '' });
    const { name, ...facts } = request.body;
    const listed = Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));
    const renamed = name === undefined ? {} : { renamed: true };
    await audit.record({
      at: now(),
      action: 'person.changed',
      actor: personOf(request).person.agent,
      about: agent,
      facts: { ...listed, ...renamed },
    });
    await sessions.closeAllOf(agent);
    return { ok: true as const };
  });
}

function passwords(app: App, { people, audit, sessions, now }: PeopleParts): void {
  const set = async (agent: string, password: string) => people.changePerson(agent, { passwordHash: await hashPassword(password) }, now());

  const schema = { params: inPath, body: setPasswordBody, response: { 200: changed } };
  app.put('/api/people/:agent/password', { ...manage, schema }, async (request, reply) => {
    const { agent } = request.params;
    const person = await people.person(agent);
    if (person === undefined) return refuseFrom(peopleRefusals, 'person.unknown', request, reply, { agent });
    const flaw = passwordFlaw(request.body.password, person.login);
    if (flaw !== undefined) return refuseFrom(peopleRefusals, `password.${flaw}`, request, reply);
    await set(agent, request.body.password);
    await audit.record({ at: now(), action: 'password.set', actor: personOf(request).person.agent, about: agent });
    await sessions.closeAllOf(agent);
    return { ok: true as const };
  });

  const own = { config: { permission: 'signed-in' }, schema: { body: changeOwnPasswordBody, response: { 200: changed } } } as const;
  app.put('/api/session/password', own, async (request, reply) => {
    const { agent } = personOf(request).person;
    const { login } = (await people.person(agent)) ?? { login: '' };
    const known = await people.forSignIn(login);
    if (!(await verifyPassword(request.body.current, known?.passwordHash)))
      return refuseFrom(peopleRefusals, 'password.wrong', request, reply);
    const flaw = passwordFlaw(request.body.password, login);
    if (flaw !== undefined) return refuseFrom(peopleRefusals, `password.${flaw}`, request, reply);
    await set(agent, request.body.password);
    await audit.record({ at: now(), action: 'password.changed', actor: agent, about: agent });
    await sessions.closeAllOf(agent);
    return { ok: true as const };
  });
}
