import { isRefusal } from '@threerings/core/errors/refusal';
import { noticeTextOf } from '@threerings/core/sending/notice-text';
import {
  caseChange,
  confirmIdentity,
  customerChange,
  customerFile,
  customerHit,
  mergeCustomers,
  newCustomer,
} from '@threerings/core/wire/customers';
import type { DeskCommand } from '@threerings/core/wire/desk';
import { noticeText } from '@threerings/core/wire/outbox';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import type { FloorAnswer } from '../hotline/floor.ts';
import type { App, Feature } from '../http/app.ts';
import { personOf } from '../http/guard.ts';
import { languageOf, refuseDomain, refuseFrom } from '../http/refusals.ts';
import type { Audit } from '../people/people-store.ts';
import { outboxRefusals } from '../sending/outbox-words.ts';
import { mergeCustomer, setUnsafe, writeContact, writeCustomer } from '../store/customer-rows.ts';
import type { EventStore } from '../store/event-store.ts';
import type { Vault } from '../store/vault.ts';
import type { CustomerDesk } from './customer-desk.ts';
import { customerRefusals } from './customer-refusals.ts';

export interface CustomerRouteParts {
  readonly desk: CustomerDesk;
  readonly vault: Vault;
  /** as callers know it */
  readonly hotline: { readonly name: string; readonly number: string };
  readonly events: EventStore;
  readonly audit: Audit;
  /** carries out a desk command in the call */
  ask(agent: string, command: DeskCommand): Promise<FloorAnswer>;
}

const byId = z.object({ customer: z.string().min(1).max(64) });
const ok = z.object({ ok: z.literal(true) });
const finders = { permission: ['customers.find', 'customers.see-all'] } as const;

/** `/api/customers`: who calls, over all calls, promises and tickets. */
export function customerFeature(parts: () => CustomerRouteParts): Feature {
  return {
    name: 'customers',
    routes(app) {
      findRoutes(app, parts);
      writeRoutes(app, parts);
      identityRoute(app, parts);
      caseRoute(app, parts);
      noticeRoute(app, parts);
      leaderRoutes(app, parts);
    },
  };
}

function findRoutes(app: App, parts: () => CustomerRouteParts): void {
  const search = { querystring: z.object({ q: z.string().min(1).max(60) }), response: { 200: z.array(customerHit) } };
  app.get('/api/customers', { config: finders, schema: search }, async (request) =>
    parts().desk.search(personOf(request).person, request.query.q),
  );
  app.get(
    '/api/customers/:customer',
    { config: finders, schema: { params: byId, response: { 200: customerFile } } },
    async (request, reply) => {
      const { desk, audit } = parts();
      const { person } = personOf(request);
      const row = await desk.find(request.params.customer);
      if (row === undefined) return refuseFrom(customerRefusals, 'customer.unknown', request, reply);
      if (!(await desk.mayOpen(person, row.customer))) return refuseFrom(customerRefusals, 'customer.not-confirmed', request, reply);
      await audit.record({ at: desk.parts.now(), action: 'customer.opened', actor: person.agent, about: row.customer });
      return desk.file(person, row);
    },
  );
}

function writeRoutes(app: App, parts: () => CustomerRouteParts): void {
  const adding = { config: { permission: 'customers.find' }, schema: { body: newCustomer, response: { 201: ok } } } as const;
  app.post('/api/customers', adding, async (request, reply) => {
    const { desk } = parts();
    const { customer, name, numbers } = request.body;
    if ((await desk.find(customer)) !== undefined) return refuseFrom(customerRefusals, 'customer.taken', request, reply);
    await write(parts(), customer, { name, numbers }, request);
    return reply.code(201).send({ ok: true as const });
  });
  const changing = {
    config: { permission: 'customers.find' },
    schema: { params: byId, body: customerChange, response: { 200: ok } },
  } as const;
  app.patch('/api/customers/:customer', changing, async (request, reply) => {
    const { desk } = parts();
    const { person } = personOf(request);
    const row = await desk.find(request.params.customer);
    if (row === undefined) return refuseFrom(customerRefusals, 'customer.unknown', request, reply);
    if (!(await desk.mayOpen(person, row.customer))) return refuseFrom(customerRefusals, 'customer.not-confirmed', request, reply);
    const before = await desk.file(person, row);
    const { name = before.name, numbers = before.numbers, unsafe } = request.body;
    if (request.body.name !== undefined || request.body.numbers !== undefined)
      await write(parts(), row.customer, { name, numbers }, request);
    if (unsafe !== undefined) await setUnsafe(desk.parts.db, row.customer, unsafe, desk.parts.now());
    await parts().audit.record({ at: desk.parts.now(), action: 'customer.changed', actor: person.agent, about: row.customer });
    return { ok: true as const };
  });
}

async function write(
  { desk, vault }: CustomerRouteParts,
  customer: string,
  { name, numbers }: { readonly name: string; readonly numbers: readonly string[] },
  request: FastifyRequest,
): Promise<void> {
  const { db, tokens, now } = desk.parts;
  const by = { agent: personOf(request).person.agent, at: now() };
  await db.transaction().execute((tx) => writeCustomer(tx, vault, customer, { name, numbers, tokens: tokens.of(name, numbers) }, by));
}

/** Who is calling was checked in the call: from here on this agent may open the file, and the contact belongs to a case. */
function identityRoute(app: App, parts: () => CustomerRouteParts): void {
  const schema = { params: byId, body: confirmIdentity, response: { 200: z.object({ ok: z.literal(true), case: z.string().optional() }) } };
  app.post('/api/customers/:customer/confirm', { config: { permission: 'customers.find' }, schema }, async (request, reply) => {
    const { desk, ask } = parts();
    const { agent } = personOf(request).person;
    const row = await desk.find(request.params.customer);
    if (row === undefined) return refuseFrom(customerRefusals, 'customer.unknown', request, reply);
    const { interaction, method, result } = request.body;
    const asked = await ask(agent, { kind: 'verify-identity', interaction, customer: row.customer, method, result });
    if ('refused' in asked)
      return isRefusal(asked) && /^(?:call|chat)\./.test(asked.refused)
        ? refuseDomain(request, reply, asked as Parameters<typeof refuseDomain>[2])
        : refuseFrom(customerRefusals, 'customer.not-stored', request, reply);
    if (result !== 'owner' && result !== 'authorised') return { ok: true as const };
    await writeContact(desk.parts.db, { interaction, customer: row.customer, result, agent, at: desk.parts.now() });
    return { ok: true as const, case: await desk.joinCase(row.customer, interaction, agent, uuidv7) };
  });
}

function caseRoute(app: App, parts: () => CustomerRouteParts): void {
  const schema = { params: z.object({ case: z.string().min(1).max(64) }), body: caseChange, response: { 200: ok } };
  app.post('/api/cases/:case', { config: finders, schema }, async (request, reply) => {
    const { desk } = parts();
    const { person } = personOf(request);
    const row = await desk.caseRow(request.params.case);
    if (row?.customer === undefined || row.customer === null) return refuseFrom(customerRefusals, 'customer.unknown', request, reply);
    if (!(await desk.mayOpen(person, row.customer))) return refuseFrom(customerRefusals, 'customer.not-confirmed', request, reply);
    const who = { case: row.case, agent: person.agent, at: desk.parts.now() };
    const change = request.body;
    const command =
      change.do === 'close'
        ? ({ kind: 'close', owed: await desk.owed(row.customer), ...who } as const)
        : change.do === 'tell'
          ? ({ kind: 'tell', notice: change.notice, item: change.item, ...who } as const)
          : ({ kind: 'begin-notice', notice: change.notice, items: change.items, ...who } as const);
    return answered(await desk.carryOut(command), request, reply);
  });
}

/** The newest one-time notice of a case as a text to send, for who may open the customer. */
function noticeRoute(app: App, parts: () => CustomerRouteParts): void {
  const schema = { params: z.object({ case: z.string().min(1).max(64) }), response: { 200: noticeText } };
  app.get('/api/cases/:case/notice-text', { config: finders, schema }, async (request, reply) => {
    const { desk, events, hotline } = parts();
    const row = await desk.caseRow(request.params.case);
    if (row?.customer === undefined || row.customer === null) return refuseFrom(customerRefusals, 'customer.unknown', request, reply);
    if (!(await desk.mayOpen(personOf(request).person, row.customer)))
      return refuseFrom(customerRefusals, 'customer.not-confirmed', request, reply);
    const text = noticeTextOf(await events.load(`case-${row.case}`), hotline, languageOf(request.headers['accept-language']));
    return text ?? refuseFrom(outboxRefusals, 'outbox.no-notice', request, reply);
  });
}

function leaderRoutes(app: App, parts: () => CustomerRouteParts): void {
  const merging = {
    config: { permission: 'customers.merge' },
    schema: { params: byId, body: mergeCustomers, response: { 200: ok } },
  } as const;
  app.post('/api/customers/:customer/merge', merging, async (request, reply) => {
    const { desk, audit } = parts();
    const [from, into] = [await desk.find(request.params.customer), await desk.find(request.body.into)];
    if (from === undefined || into === undefined) return refuseFrom(customerRefusals, 'customer.unknown', request, reply);
    if (from.customer === into.customer) return refuseFrom(customerRefusals, 'customer.same', request, reply);
    await desk.parts.db.transaction().execute((tx) => mergeCustomer(tx, from.customer, into.customer, desk.parts.now()));
    const facts = { into: into.customer };
    await audit.record({
      at: desk.parts.now(),
      action: 'customer.merged',
      actor: personOf(request).person.agent,
      about: from.customer,
      facts,
    });
    return { ok: true as const };
  });
}

function answered(answer: Awaited<ReturnType<CustomerDesk['carryOut']>>, request: FastifyRequest, reply: FastifyReply) {
  if (answer === 'stored') return { ok: true as const };
  return isRefusal(answer) ? refuseDomain(request, reply, answer) : refuseFrom(customerRefusals, 'customer.not-stored', request, reply);
}
