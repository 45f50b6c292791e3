import { isRefusal, type Refusal } from '@threerings/core/errors/refusal';
import type { OutageFacts } from '@threerings/core/outages/lifecycle';
import { numberOf, textOf } from '@threerings/core/timeline/decider';
import type { OutageView } from '@threerings/core/wire/outages';
import { newOutage, outageCaller, outageChange, outageDetail, outageView } from '@threerings/core/wire/outages';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { App, Feature } from '../http/app.ts';
import { personOf } from '../http/guard.ts';
import { refuseDomain, refuseFrom } from '../http/refusals.ts';
import type { Sight } from '../interactions/sight.ts';
import type { PeopleStore } from '../people/people-store.ts';
import type { Database } from '../store/database.ts';
import type { EventStore } from '../store/event-store.ts';
import { findInteraction } from '../store/interaction-rows.ts';
import { type CallerCounts, callerCounts, callersOf, findOutage, listOutages, type OutageRow } from '../store/outage-rows.ts';
import { type OutageBook, streamOfOutage } from './outage-book.ts';
import { outageRouteRefusals } from './outage-refusals.ts';
import { messageOf } from './restoration.ts';

export interface OutageDesk {
  readonly db: Database;
  readonly book: OutageBook;
  readonly events: Pick<EventStore, 'load'>;
  readonly people: Pick<PeopleStore, 'people'>;
  readonly sight: Pick<Sight, 'maySee'>;
  readonly now: () => number;
  /** 工号 of who has this call or chat now */
  agentOn(interaction: string): string | undefined;
}

const byId = z.object({ outage: z.string().min(1).max(64) });
const ok = z.object({ ok: z.literal(true) });
const readers = { permission: 'outages.see' } as const;
const keepers = { permission: 'outages.manage' } as const;
const shownAfterMs = 7 * 86_400_000;

/** `/api/outages`: what is out of order, until when, and who wants to be told when it is over. */
export function outageFeature(desk: () => OutageDesk): Feature {
  return {
    name: 'outages',
    routes(app) {
      readRoutes(app, desk);
      changeRoutes(app, desk);
      callerRoute(app, desk);
    },
  };
}

function readRoutes(app: App, desk: () => OutageDesk): void {
  app.get('/api/outages', { config: readers, schema: { response: { 200: z.array(outageView) } } }, async () => {
    const { db, now } = desk();
    const rows = await listOutages(db, now() - shownAfterMs);
    const counts = await callerCounts(
      db,
      rows.map(({ outage }) => outage),
    );
    return rows.map((row) => viewOf(row, counts.get(row.outage)));
  });
  const one = { config: readers, schema: { params: byId, response: { 200: outageDetail } } };
  app.get('/api/outages/:outage', one, async (request, reply) => {
    const { db, events } = desk();
    const { outage } = request.params;
    const row = await findOutage(db, outage);
    if (row === undefined) return refuseFrom(outageRouteRefusals, 'outage.gone', request, reply);
    const steps = (await events.load(streamOfOutage(outage))).map((event) => {
      const given = { agent: textOf(event, 'agent'), reason: textOf(event, 'reason'), dueAt: numberOf(event, 'due') };
      return { at: event.occurredAt, type: event.type, ...defined(given) };
    });
    const counts = await callerCounts(db, [outage]);
    return { view: viewOf(row, counts.get(outage)), steps, callers: await callersOnWire(db, outage) };
  });
}

function changeRoutes(app: App, desk: () => OutageDesk): void {
  app.post('/api/outages', { config: keepers, schema: { body: newOutage, response: { 201: ok } } }, async (request, reply) => {
    const { book, now } = desk();
    const { agent } = personOf(request).person;
    const { outage, kind: what } = request.body;
    const answer = await book.carryOut({ kind: 'open', outage, what, facts: factsOf(request.body), agent, at: now() });
    return answer === 'stored' ? reply.code(201).send({ ok: true as const }) : refused(answer, request, reply);
  });
  const change = { config: keepers, schema: { params: byId, body: outageChange, response: { 200: ok } } };
  app.post('/api/outages/:outage', change, async (request, reply) => {
    const { book, people, now } = desk();
    const { agent } = personOf(request).person;
    const { outage } = request.params;
    const wanted = request.body;
    if (wanted.do === 'change') {
      const { reason } = wanted;
      const answer = await book.carryOut({ kind: 'change', outage, facts: factsOf(wanted), reason, agent, at: now() });
      return answer === 'stored' ? { ok: true as const } : refused(answer, request, reply);
    }
    const here = new Set((await people.people()).filter(({ active }) => active).map((one) => one.agent));
    const stranger = wanted.owners.find((owner) => !here.has(owner));
    if (stranger !== undefined) return refuseFrom(outageRouteRefusals, 'outage.no-owner', request, reply, { agent: stranger });
    const answer = await book.over(outage, agent, wanted.tell, wanted.owners);
    return answer === 'stored' ? { ok: true as const } : refused(answer, request, reply);
  });
}

/** 恢复后告知: by who talks with the caller, or by who may see the call. */
function callerRoute(app: App, desk: () => OutageDesk): void {
  const route = {
    config: { permission: 'promises.make' },
    schema: { params: byId, body: outageCaller, response: { 201: ok } },
  } as const;
  app.post('/api/outages/:outage/callers', route, async (request, reply) => {
    const { db, book, sight, agentOn } = desk();
    const { person } = personOf(request);
    const { interaction, number } = request.body;
    if (agentOn(interaction) !== person.agent) {
      const found = await findInteraction(db, interaction);
      const seen = found !== undefined && (await sight.maySee(person, { agent: found.row.agent, unit: found.unit }));
      if (!seen) return refuseFrom(outageRouteRefusals, 'outage.no-call', request, reply);
    }
    const answer = await book.join(request.params.outage, interaction, person.agent, number);
    if (answer === 'stored') return reply.code(201).send({ ok: true as const });
    if (answer === 'gone') return refuseFrom(outageRouteRefusals, 'outage.gone', request, reply);
    if (answer === 'over') return refuseFrom(outageRouteRefusals, 'outage.restored', request, reply);
    return refused(answer, request, reply);
  });
}

function refused(answer: 'not-stored' | Refusal, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (!isRefusal(answer)) return refuseFrom(outageRouteRefusals, 'outage.not-stored', request, reply);
  if (answer.refused === 'outage.unknown') return refuseFrom(outageRouteRefusals, 'outage.gone', request, reply);
  return refuseDomain(request, reply, answer, answer.refused === 'outage.over' ? 409 : 422);
}

function factsOf({ title, areas, queues, numbers, announced, dueAt }: Omit<z.infer<typeof newOutage>, 'outage' | 'kind'>): OutageFacts {
  return { title, areas, queues, numbers, announced, due: dueAt };
}

function viewOf(row: OutageRow, callers: CallerCounts = { all: 0, told: 0, open: 0 }): OutageView {
  const { outage, kind, title, areas, queues, numbers, announced, state, opened_at: openedAt, opened_by: openedBy } = row;
  const dates = { dueAt: row.due_at, firstDueAt: row.first_due_at, restoredAt: row.restored_at };
  return { outage, kind, title, areas, queues, numbers, announced, state, openedAt, openedBy, callers, ...defined(dates) };
}

async function callersOnWire(db: Database, outage: string): Promise<z.infer<typeof outageDetail>['callers']> {
  const rows = await callersOf(db, outage);
  const written =
    rows.length === 0
      ? []
      : await messagesOf(
          db,
          rows.map(({ promise }) => messageOf(promise)),
        );
  const sent = new Map(written.map(({ message, state }) => [message, state]));
  return rows.map(({ promise, interaction, owner, state, due_at: dueAt, settled_at: settledAt }) => ({
    ...{ promise, owner, state, dueAt },
    ...defined({ interaction, settledAt, sent: sent.get(messageOf(promise)) }),
  }));
}

function messagesOf(db: Database, messages: readonly string[]) {
  return db
    .selectFrom('outbox')
    .select(['message', 'state'])
    .where('message', 'in', [...messages])
    .execute();
}

/** Without what is absent. */
function defined<T extends object>(given: T): { [K in keyof T]?: NonNullable<T[K]> } {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null && value !== undefined)) as {
    [K in keyof T]?: NonNullable<T[K]>;
  };
}
