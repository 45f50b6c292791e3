import { type Me, me, signInBody } from '@threerings/core/wire/session';
import { z } from 'zod';
import type { App, Feature } from '../http/app.ts';
import type { Exposure } from '../http/exposure.ts';
import { personOf } from '../http/guard.ts';
import { refuseRequest } from '../http/refusals.ts';
import type { Audit, PeopleStore } from '../people/people-store.ts';
import { verifyPassword } from './password.ts';
import { sessionCookie } from './session-cookie.ts';
import type { Sessions, SignedIn } from './sessions.ts';
import type { SignInThrottle } from './sign-in-throttle.ts';

export interface SessionParts {
  readonly sessions: Sessions;
  readonly people: PeopleStore;
  readonly audit: Audit;
  readonly throttle: SignInThrottle;
  readonly exposure: Exposure;
  readonly hotline: Me['hotline'];
  readonly demo: boolean;
  readonly now: () => number;
}

/** Signing in, signing out, and who I am. */
export function sessionFeature(parts: SessionParts): Feature {
  return {
    name: 'session',
    routes(app) {
      signIn(app, parts);
      signOut(app, parts);
      app.get('/api/session', { config: { permission: 'signed-in' }, schema: { response: { 200: me } } }, (request) =>
        describe(personOf(request), parts),
      );
    },
  };
}

function signIn(app: App, parts: SessionParts): void {
  const { sessions, people, audit, throttle, exposure, now } = parts;
  const route = { config: { permission: 'public' }, schema: { body: signInBody, response: { 200: me } } } as const;
  app.post('/api/session', route, async (request, reply) => {
    const { login, password } = request.body;
    const locked = throttle.lockedUntil(login, request.ip, now());
    if (locked !== undefined) {
      const wait = locked - now();
      reply.header('retry-after', Math.ceil(wait / 1000));
      return refuseRequest(request, reply, 'sign-in.locked', { minutes: Math.ceil(wait / 60_000) });
    }
    throttle.begin(login, request.ip, now());
    const known = await people.forSignIn(login);
    const right = await verifyPassword(password, known?.passwordHash);
    if (!right || known === undefined || !known.person.active) {
      await audit.record({ at: now(), action: 'session.refused', about: known?.person.agent, facts: { address: request.ip } });
      return refuseRequest(request, reply, 'sign-in.refused');
    }
    throttle.succeeded(login, request.ip);
    const token = await sessions.open(known.person.agent);
    const signedIn = await sessions.find(token);
    if (signedIn === undefined) return refuseRequest(request, reply, 'sign-in.refused');
    await audit.record({
      at: now(),
      action: 'session.opened',
      actor: known.person.agent,
      about: known.person.agent,
      facts: { address: request.ip },
    });
    // A session that this browser still holds is not left behind under a cookie that is now overwritten.
    if (request.signedIn !== null) await sessions.close(request.signedIn.session);
    reply.header('set-cookie', sessionCookie(token, exposure));
    return describe(signedIn, parts);
  });
}

function signOut(app: App, { sessions, audit, exposure, now }: SessionParts): void {
  const route = { config: { permission: 'signed-in' }, schema: { response: { 200: z.object({ ok: z.literal(true) }) } } } as const;
  app.delete('/api/session', route, async (request, reply) => {
    const { session, person } = personOf(request);
    await sessions.close(session);
    await audit.record({ at: now(), action: 'session.closed', actor: person.agent, about: person.agent });
    reply.header('set-cookie', sessionCookie(undefined, exposure));
    return { ok: true as const };
  });
}

async function describe({ person, csrf }: SignedIn, { people, hotline, demo }: SessionParts): Promise<Me> {
  const units = new Map((await people.units()).map((unit) => [unit.unit, unit]));
  const path: { id: string; name: string }[] = [];
  for (let unit = units.get(person.unit); unit !== undefined; unit = units.get(unit.parent ?? ''))
    path.unshift({ id: unit.unit, name: unit.name });
  return { agent: person.agent, name: person.name, roles: [...person.roles], unit: path, hotline, csrf, demo };
}
