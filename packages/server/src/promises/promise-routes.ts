import { isRefusal } from '@threerings/core/errors/refusal';
import { ownersFor } from '@threerings/core/experts/seats';
import { permits } from '@threerings/core/people/permissions';
import { decidePromise, type PromiseCommand } from '@threerings/core/promises/lifecycle';
import { dueWarnings, quoteTerm } from '@threerings/core/promises/quote-due';
import { noPromise } from '@threerings/core/promises/state';
import { promiseKinds } from '@threerings/core/timeline/promise-kinds';
import { promiseChange, promiseView } from '@threerings/core/wire/desk';
import { dueQuote, dueTerm, newPromise, promiseDetail, promiseFigures, wordLeft } from '@threerings/core/wire/ledger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { App, Feature } from '../http/app.ts';
import { personOf } from '../http/guard.ts';
import { refuseDomain, refuseFrom } from '../http/refusals.ts';
import type { Audit } from '../people/people-store.ts';
import { type Ledger, type LedgerView, ledgerViews } from './ledger.ts';
import { commandOf } from './promise-change.ts';
import { promiseRouteRefusals } from './promise-refusals.ts';

const byId = z.object({ promise: z.string().min(1).max(128) });
const ok = z.object({ ok: z.literal(true) });
const readers = { permission: ['desk.use', 'promises.see-own', 'promises.see-unit'] } as const;
const writers = { permission: ['desk.use', 'promises.see-own', 'promises.close'] } as const;

/** `/api/promises`: the ledger of everything that was promised to callers, and what became of it. */
export function promiseFeature(ledger: () => Ledger, audit: Audit): Feature {
  return {
    name: 'promises',
    routes(app) {
      readRoutes(app, ledger);
      wordRoute(app, ledger, audit);
      makeRoute(app, ledger);
      changeRoute(app, ledger);
    },
  };
}

function readRoutes(app: App, ledger: () => Ledger): void {
  const listing = {
    querystring: z.object({ view: z.enum(ledgerViews).optional(), kind: z.enum(promiseKinds).optional() }),
    response: { 200: z.array(promiseView) },
  };
  app.get('/api/promises', { config: readers, schema: listing }, async (request) => {
    const { person } = personOf(request);
    const wanted: LedgerView = request.query.view ?? (permits(person.roles, 'promises.see-unit') ? 'team' : 'mine');
    return [...(await ledger().list(person, wanted, request.query.kind))];
  });
  const figures = { querystring: z.object({ of: z.enum(['mine', 'team']).default('mine') }), response: { 200: promiseFigures } };
  app.get('/api/promises/figures', { config: readers, schema: figures }, async (request) =>
    ledger().figures(personOf(request).person, request.query.of),
  );
  const quote = { body: z.union([dueTerm, z.object({ kind: z.literal('at'), due: z.number().int() })]), response: { 200: dueQuote } };
  app.post(
    '/api/promises/quote',
    { config: { permission: ['promises.make', 'knowledge.edit'] }, schema: quote },
    async (request, reply) => {
      const { calendar, now } = ledger().parts;
      const term = request.body;
      if (term.kind === 'at') return { due: term.due, warnings: [...dueWarnings(term.due, now(), calendar)] };
      const answer = quoteTerm(term, now(), calendar);
      return isRefusal(answer) ? refuseDomain(request, reply, answer, 422) : { due: answer.due, warnings: [...answer.warnings] };
    },
  );
  app.get(
    '/api/promises/:promise',
    { config: readers, schema: { params: byId, response: { 200: promiseDetail } } },
    async (request, reply) => {
      const detail = await ledger().detail(personOf(request).person, request.params.promise);
      return detail ?? refuseFrom(promiseRouteRefusals, 'promise.gone', request, reply);
    },
  );
}

/** What a caller said whom nobody answered: who hears of it stands in the audit. */
function wordRoute(app: App, ledger: () => Ledger, audit: Audit): void {
  const schema = { params: byId, response: { 200: wordLeft } };
  app.get('/api/promises/:promise/word', { config: readers, schema }, async (request, reply) => {
    const { person } = personOf(request);
    const found = await ledger().wordLeft(person, request.params.promise);
    if (found === undefined) return refuseFrom(promiseRouteRefusals, 'promise.no-word', request, reply);
    const { interaction, ...word } = found;
    await audit.record({ at: ledger().parts.now(), action: 'interaction.seen', actor: person.agent, about: interaction });
    return word;
  });
}

/** By hand, outside of a call or after it: a message for a colleague, a leader's callback, an appointment … */
function makeRoute(app: App, ledger: () => Ledger): void {
  const schema = { body: newPromise, response: { 201: ok } };
  app.post('/api/promises', { config: { permission: 'promises.make' }, schema }, async (request, reply) => {
    const { person } = personOf(request);
    const { owner = person.agent } = request.body;
    if (!(await ledger().worksHere(owner))) return refuseFrom(promiseRouteRefusals, 'promise.no-owner', request, reply);
    const command = ledger().makeOf(request.body, person);
    const early = decidePromise(command, noPromise);
    if (isRefusal(early)) return refuseDomain(request, reply, early, 422);
    const answered = await store(ledger(), command, request, reply, request.body.interaction);
    return answered ?? reply.code(201).send({ ok: true as const });
  });
}

function changeRoute(app: App, ledger: () => Ledger): void {
  const schema = { params: byId, body: promiseChange, response: { 200: ok } };
  app.post('/api/promises/:promise', { config: writers, schema }, async (request, reply) => {
    const { agent, roles } = personOf(request).person;
    const { promise } = request.params;
    const { book, now, tries, plan } = ledger().parts;
    const owner = book.ownerOf(promise);
    const isOwn = owner !== undefined && ownersFor(plan(), agent).includes(owner);
    if (owner === undefined) return refuseFrom(promiseRouteRefusals, 'promise.gone', request, reply);
    if (book.find(promise)?.ticket !== undefined) return refuseFrom(promiseRouteRefusals, 'promise.of-ticket', request, reply);
    const mayClose = permits(roles, 'promises.close');
    const change = request.body;
    if (!isOwn && !mayClose) return refuseFrom(promiseRouteRefusals, 'promise.not-yours', request, reply);
    const leadersOnly = change.do === 'give-up' || change.do === 'reassign';
    if (leadersOnly && !mayClose) return refuseFrom(promiseRouteRefusals, 'promise.leaders-only', request, reply);
    if (change.do === 'reassign' && !(await ledger().worksHere(change.to)))
      return refuseFrom(promiseRouteRefusals, 'promise.no-owner', request, reply);
    const by = isOwn && !leadersOnly ? (owner === agent ? 'agent' : 'expert') : 'leader';
    const command = commandOf(change, { promise, by, agent, at: now(), tries });
    return (await store(ledger(), command, request, reply)) ?? { ok: true as const };
  });
}

/** Undefined when it is stored; else the refusal that was sent. */
async function store({ parts }: Ledger, command: PromiseCommand, request: FastifyRequest, reply: FastifyReply, interaction?: string) {
  const answer = await parts.book.carryOut(command, interaction);
  if (answer === 'stored') return undefined;
  return isRefusal(answer) ? refuseDomain(request, reply, answer) : refuseFrom(promiseRouteRefusals, 'promise.not-stored', request, reply);
}
