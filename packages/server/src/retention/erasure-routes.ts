import { erasureDecision, erasureView, newErasure } from '@threerings/core/wire/retention';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { App, Feature } from '../http/app.ts';
import { personOf } from '../http/guard.ts';
import { type RefusalTable, refuseFrom } from '../http/refusals.ts';
import { findCustomer } from '../store/customer-rows.ts';
import { type ErasureParts, eraseCustomer, erasureExtent } from './erase-customer.ts';
import { askErasure, findErasure, listErasures, settleErasure } from './erasures-read-model.ts';

export const erasureRefusals = {
  'erasure.no-customer': {
    status: 404,
    zh: '没有这位客户的档案，或已抹除',
    en: 'there is no such customer, or not any more',
    remedy: { zh: '请核对客户编号', en: 'check the id of the customer' },
  },
  'erasure.asked': {
    status: 409,
    zh: '这位客户已有待批准的抹除申请',
    en: 'an erasure of this customer already waits for a decision',
    remedy: { zh: '请在“留存与抹除”中查看', en: 'see it under retention' },
  },
  'erasure.gone': {
    status: 404,
    zh: '没有待批准的这条申请',
    en: 'no such erasure waits for a decision',
    remedy: { zh: '请刷新列表', en: 'reload the list' },
  },
  'erasure.own': {
    status: 403,
    zh: '自己申请的抹除由另一人批准',
    en: 'who asked for an erasure does not decide it',
    remedy: { zh: '请另一位管理员处理', en: 'have another administrator decide' },
  },
  'erasure.held': {
    status: 409,
    zh: '依法留存中，不能抹除：{reason}（{hold}）',
    en: 'under a legal hold, so nothing is erased: {reason} ({hold})',
    remedy: { zh: '留存解除后再抹除', en: 'erase once the hold has been released' },
  },
} as const satisfies RefusalTable;

const asks = { permission: 'customers.ask-erasure' } as const;
const decides = { permission: 'customers.erase' } as const;
const ok = z.object({ ok: z.literal(true) });
const mostListed = 500;

/** `/api/erasures`: a person asks that a customer be erased, another one decides; what went, and what a hold kept, stays on record. */
export function erasureFeature(parts: () => ErasureParts, now: () => number): Feature {
  return {
    name: 'erasures',
    routes(app) {
      askRoutes(app, parts, now);
      const schema = { params: z.object({ erasure: z.string().min(1).max(64) }), body: erasureDecision, response: { 200: ok } };
      app.post('/api/erasures/:erasure', { config: decides, schema }, async (request, reply) => {
        const { agent } = personOf(request).person;
        const found = await findErasure(parts().db, request.params.erasure);
        if (found?.state !== 'asked') return refuseFrom(erasureRefusals, 'erasure.gone', request, reply);
        if (found.askedBy === agent) return refuseFrom(erasureRefusals, 'erasure.own', request, reply);
        if (request.body.do === 'erase') return erase(parts(), found, agent, now(), request, reply);
        const { note } = request.body;
        if (!(await settleErasure(parts().db, found.erasure, { state: 'declined', by: agent, at: now(), note })))
          return refuseFrom(erasureRefusals, 'erasure.gone', request, reply);
        const facts = { erasure: found.erasure, note };
        await parts().audit.record({ at: now(), action: 'erasure.declined', actor: agent, about: found.customer, facts });
        return { ok: true as const };
      });
    },
  };
}

function askRoutes(app: App, parts: () => ErasureParts, now: () => number): void {
  app.get('/api/erasures', { config: asks, schema: { response: { 200: z.array(erasureView) } } }, async () => {
    const listed = await listErasures(parts().db, mostListed);
    return Promise.all(
      listed.map(async (each) => (each.state === 'asked' ? { ...each, ...(await erasureExtent(parts(), each.customer)) } : each)),
    );
  });
  app.post('/api/erasures', { config: asks, schema: { body: newErasure, response: { 201: ok } } }, async (request, reply) => {
    const { agent } = personOf(request).person;
    const { erasure, basis } = request.body;
    const customer = (await findCustomer(parts().db, request.body.customer))?.customer;
    if (customer === undefined) return refuseFrom(erasureRefusals, 'erasure.no-customer', request, reply);
    if (!(await askErasure(parts().db, { erasure, customer, basis }, agent, now()))) {
      const before = await findErasure(parts().db, erasure);
      const again = before?.customer === customer && before.basis === basis && before.askedBy === agent;
      if (!again) return refuseFrom(erasureRefusals, 'erasure.asked', request, reply);
    } else await parts().audit.record({ at: now(), action: 'erasure.asked', actor: agent, about: customer, facts: { erasure, basis } });
    return reply.code(201).send({ ok: true as const });
  });
}

async function erase(
  parts: ErasureParts,
  { erasure, customer, basis }: { readonly erasure: string; readonly customer: string; readonly basis: string },
  agent: string,
  at: number,
  request: FastifyRequest,
  reply: FastifyReply,
) {
  const gone = await eraseCustomer(parts, customer, basis, at);
  if ('held' in gone) {
    const { hold, reason } = gone.held;
    return refuseFrom(erasureRefusals, 'erasure.held', request, reply, { reason, hold });
  }
  await settleErasure(parts.db, erasure, { state: 'done', by: agent, at, result: gone });
  await parts.audit.record({ at, action: 'customer.erased', actor: agent, about: customer, facts: { erasure, ...gone } });
  return { ok: true as const };
}
