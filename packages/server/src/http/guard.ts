import { type ListName, listsOfRequest } from '@threerings/core/wire/lists';
import type { FastifyRequest } from 'fastify';
import { tokenFromCookie } from '../session/session-cookie.ts';
import { csrfMatches, type Sessions, type SignedIn } from '../session/sessions.ts';
import type { App } from './app.ts';
import type { Exposure } from './exposure.ts';
import { refuseRequest } from './refusals.ts';
import { mayUse } from './route-access.ts';
import { hostAllowed, originAllowed } from './site-identity.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** set by the guard on every route that is not public, and on public ones if somebody is signed in */
    signedIn: SignedIn | null;
  }
}

const reads = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Before a body is read: host → origin → session → role → csrf. What a state allows is the feature's to say. */
export function guardRequests(
  app: App,
  exposure: Exposure,
  sessions: Sessions,
  changed: (lists: readonly ListName[]) => void = () => {},
): void {
  app.decorateRequest('signedIn', null);
  app.addHook('onRequest', async (request, reply) => {
    const { headers } = request;
    if (!hostAllowed(headers, exposure)) return refuseRequest(request, reply, 'host.unknown', { host: (headers.host ?? '').slice(0, 100) });
    const changes = !reads.has(request.method);
    const fromVendors = request.routeOptions.config?.fromVendors === true;
    if (changes && !fromVendors && !originAllowed(headers, exposure)) return refuseRequest(request, reply, 'origin.foreign');
    if (request.is404) return;
    const permission = request.routeOptions.config.permission ?? 'signed-in';
    const token = tokenFromCookie(headers.cookie, exposure);
    if (token !== undefined && request.url.startsWith('/api/')) request.signedIn = (await sessions.find(token)) ?? null;
    if (permission === 'public') return;
    if (request.signedIn === null) return refuseRequest(request, reply, 'session.none');
    if (!mayUse(permission, request.signedIn.person.roles)) return refuseRequest(request, reply, 'permission.denied');
    const csrf = headers['x-csrf-token'];
    if (changes && !csrfMatches(request.signedIn.csrf, typeof csrf === 'string' ? csrf : undefined))
      return refuseRequest(request, reply, 'csrf.invalid');
  });
  app.addHook('onResponse', async (request, reply) => {
    // The route's pattern, not the address: ids and search words in it may be personal.
    const facts = { method: request.method, route: request.routeOptions.url, status: reply.statusCode, ms: Math.round(reply.elapsedTime) };
    if (reply.statusCode < 300) changed(listsOfRequest(request.method, request.routeOptions.url ?? ''));
    request.log.info({ ...facts, agent: request.signedIn?.person.agent }, 'request');
  });
}

/** The person behind a request of a route that is not public. */
export function personOf(request: FastifyRequest): SignedIn {
  if (request.signedIn === null) throw new Error(`route ${request.routeOptions.url} is public: nobody need be signed in`);
  return request.signedIn;
}
