import { isRefusal } from '@threerings/core/errors/refusal';
import { ticketKinds } from '@threerings/core/tickets/state';
import { newTicket, ticketChange, ticketDetail, ticketRow } from '@threerings/core/wire/tickets';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { App, Feature } from '../http/app.ts';
import { personOf } from '../http/guard.ts';
import { type RefusalTable, refuseDomain, refuseFrom } from '../http/refusals.ts';
import { commandOf, createOf, subjectOf } from './ticket-change.ts';
import { type TicketDesk, ticketViews } from './ticket-desk.ts';

export const ticketRouteRefusals = {
  'ticket.gone': {
    status: 404,
    zh: '没有这张工单，或您无权查看',
    en: 'there is no such ticket, or you may not see it',
    remedy: { zh: '请核对单号', en: 'check its number' },
  },
  'ticket.not-allowed': {
    status: 403,
    zh: '您的岗位不能对这张工单这样做',
    en: 'your part in this ticket does not allow that',
    remedy: { zh: '请责任人、承办部门或班长办理', en: 'its owner, its department or a leader can' },
  },
  'ticket.no-department': {
    status: 422,
    zh: '组织中没有这个承办部门',
    en: 'there is no such department in the organisation',
    remedy: { zh: '请从列表中选择', en: 'choose one of the list' },
  },
  'ticket.no-such-owner': {
    status: 422,
    zh: '没有这位在岗人员',
    en: 'nobody of that number works here',
    remedy: { zh: '请核对工号', en: 'check the number' },
  },
  'ticket.not-stored': {
    status: 503,
    zh: '工单没有保存成功，请重试',
    en: 'the ticket was not stored: try again',
    remedy: { zh: '稍后再试，内容请勿关闭', en: 'try again in a moment and keep the page open' },
  },
} as const satisfies RefusalTable;

const byId = z.object({ ticket: z.string().min(1).max(64) });
const ok = z.object({ ok: z.literal(true) });
const readers = { permission: ['tickets.see-own', 'tickets.see-unit'] } as const;

/** `/api/tickets`: matters that departments answer. */
export function ticketFeature(desk: () => TicketDesk): Feature {
  return {
    name: 'tickets',
    routes(app) {
      readRoutes(app, desk);
      createRoute(app, desk);
      changeRoute(app, desk);
    },
  };
}

function readRoutes(app: App, desk: () => TicketDesk): void {
  const query = z.object({ view: z.enum(ticketViews).default('mine'), kind: z.enum(ticketKinds).optional() });
  app.get('/api/tickets', { config: readers, schema: { querystring: query, response: { 200: z.array(ticketRow) } } }, async (request) =>
    desk().list(personOf(request).person, request.query.view, request.query.kind),
  );
  const one = { config: readers, schema: { params: byId, response: { 200: ticketDetail } } };
  app.get('/api/tickets/:ticket', one, async (request, reply) => {
    const detail = await desk().detail(personOf(request).person, request.params.ticket);
    return detail ?? refuseFrom(ticketRouteRefusals, 'ticket.gone', request, reply);
  });
}

function createRoute(app: App, desk: () => TicketDesk): void {
  const route = { config: { permission: 'tickets.create' }, schema: { body: newTicket, response: { 201: ok } } } as const;
  app.post('/api/tickets', route, async (request, reply) => {
    const { agent } = personOf(request).person;
    const { ticket, interaction, dispatch } = request.body;
    const who = { ticket, agent, at: desk().parts.now() };
    if (dispatch !== undefined && !(await desk().isUnit(dispatch.department)))
      return refuseFrom(ticketRouteRefusals, 'ticket.no-department', request, reply);
    const created = await desk().parts.book.carryOut(createOf(request.body, who), interaction);
    if (created !== 'stored') return answered(created, request, reply);
    if (dispatch === undefined) return reply.code(201).send({ ok: true as const });
    const { department, dueAt: due } = dispatch;
    const sent = await desk().parts.book.carryOut({ kind: 'dispatch', department, due, ...who }, interaction);
    return sent === 'stored' ? reply.code(201).send({ ok: true as const }) : answered(sent, request, reply);
  });
}

function changeRoute(app: App, desk: () => TicketDesk): void {
  const route = { config: readers, schema: { params: byId, body: ticketChange, response: { 200: ok } } };
  app.post('/api/tickets/:ticket', route, async (request, reply) => {
    const { person } = personOf(request);
    const { ticket } = request.params;
    const found = await desk().find(person, ticket);
    if (found === undefined) return refuseFrom(ticketRouteRefusals, 'ticket.gone', request, reply);
    const { row, state, standing } = found;
    const change = request.body;
    if (!desk().mayDo(state, standing, change.do)) return refuseFrom(ticketRouteRefusals, 'ticket.not-allowed', request, reply);
    if (change.do === 'dispatch' && !(await desk().isUnit(change.department)))
      return refuseFrom(ticketRouteRefusals, 'ticket.no-department', request, reply);
    if (change.do === 'change-owner' && !(await desk().worksHere(change.to)))
      return refuseFrom(ticketRouteRefusals, 'ticket.no-such-owner', request, reply);
    const subject = subjectOf(ticket, row.customer ?? undefined, row.interaction ?? undefined);
    const who = { ticket, agent: person.agent, at: desk().parts.now() };
    const answer = await desk().parts.book.carryOut(commandOf(change, who, subject), row.interaction ?? undefined);
    return answer === 'stored' ? { ok: true as const } : answered(answer, request, reply);
  });
}

type NotStored = Exclude<Awaited<ReturnType<TicketDesk['parts']['book']['carryOut']>>, 'stored'>;

function answered(answer: NotStored, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return isRefusal(answer) ? refuseDomain(request, reply, answer) : refuseFrom(ticketRouteRefusals, 'ticket.not-stored', request, reply);
}
