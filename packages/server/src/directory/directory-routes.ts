import { isRefusal, type Refusal } from '@threerings/core/errors/refusal';
import type { KnowledgeAct } from '@threerings/core/knowledge/use';
import { directoryEntry, directoryWrite, newReferral } from '@threerings/core/wire/directory';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { FloorAnswer } from '../hotline/floor.ts';
import type { App, Feature } from '../http/app.ts';
import { personOf } from '../http/guard.ts';
import { type RefusalTable, refuseDomain, refuseFrom } from '../http/refusals.ts';
import { writeDirectory } from '../imports/tables/house-read-model.ts';
import type { Audit } from '../people/people-store.ts';
import type { Database } from '../store/database.ts';
import type { DirectoryBook } from './directory-book.ts';

export const directoryRefusals = {
  'directory.gone': {
    status: 404,
    zh: '通讯录里没有这一条',
    en: 'the directory has no such entry',
    remedy: { zh: '请重新检索', en: 'search again' },
  },
  'referral.no-body': {
    status: 422,
    zh: '请写明由哪个单位受理',
    en: 'say who takes the matter',
    remedy: { zh: '从通讯录中选择，或填写单位名称', en: 'choose an entry of the directory, or write the name' },
  },
  'referral.not-stored': {
    status: 409,
    zh: '这通通话已不能再记录',
    en: 'nothing can be noted of this call any more',
    remedy: { zh: '请写入工单或联系记录', en: 'write it into a ticket' },
  },
} as const satisfies RefusalTable;

export interface DirectoryDesk {
  readonly db: Database;
  readonly book: DirectoryBook;
  readonly audit: Audit;
  readonly now: () => number;
  /** writes down what an agent tells a caller */
  tell(agent: string, interaction: string, act: KnowledgeAct): Promise<FloorAnswer>;
}

const ok = z.object({ ok: z.literal(true) });
const byId = z.object({ entry: z.string().min(1).max(64) });
const readers = { permission: 'directory.see' } as const;
const keepers = { permission: 'directory.edit' } as const;

/** `/api/directory`: 通讯录 and bodies outside, and where callers were sent. */
export function directoryFeature(desk: () => DirectoryDesk): Feature {
  return {
    name: 'directory',
    routes(app) {
      const query = z.object({
        q: z.string().max(200).default(''),
        outside: z.enum(['yes', 'no']).optional(),
        limit: z.coerce.number().int().min(1).max(200).default(100),
      });
      const search = { config: readers, schema: { querystring: query, response: { 200: z.array(directoryEntry) } } };
      app.get('/api/directory', search, async (request) => {
        const { q, outside, limit } = request.query;
        return desk().book.search({ text: q, outside: outside === undefined ? undefined : outside === 'yes', limit });
      });
      editRoutes(app, desk);
      referralRoute(app, desk);
    },
  };
}

function editRoutes(app: App, desk: () => DirectoryDesk): void {
  app.post('/api/directory', { config: keepers, schema: { body: directoryWrite, response: { 201: ok } } }, async (request, reply) => {
    const { db, book, audit, now } = desk();
    const { entry, name, number, outside, department = null, scope = null, hours = null } = request.body;
    await writeDirectory(db, [{ entry, name: name.trim(), number, outside, department, scope, hours, changed_at: now() }]);
    await book.refresh();
    await audit.record({ at: now(), action: 'directory.written', actor: personOf(request).person.agent, about: entry });
    return reply.code(201).send({ ok: true as const });
  });
  const remove = { config: keepers, schema: { params: byId, response: { 200: ok } } };
  app.delete('/api/directory/:entry', remove, async (request, reply) => {
    const { db, book, audit, now } = desk();
    const { entry } = request.params;
    const gone = await db.deleteFrom('directory').where('entry', '=', entry).executeTakeFirst();
    if (gone.numDeletedRows === 0n) return refuseFrom(directoryRefusals, 'directory.gone', request, reply);
    await book.refresh();
    await audit.record({ at: now(), action: 'directory.removed', actor: personOf(request).person.agent, about: entry });
    return { ok: true as const };
  });
}

/** 告知受理部门: the matter is not ours; the caller was told whose it is, and which number that is. */
function referralRoute(app: App, desk: () => DirectoryDesk): void {
  const route = { config: { permission: 'desk.use' }, schema: { body: newReferral, response: { 201: ok } } } as const;
  app.post('/api/referrals', route, async (request, reply) => {
    const { agent } = personOf(request).person;
    const { interaction, entry, reason } = request.body;
    const found = entry === undefined ? undefined : await desk().book.find(entry);
    if (entry !== undefined && found === undefined) return refuseFrom(directoryRefusals, 'directory.gone', request, reply);
    const body = found?.name ?? request.body.body?.trim() ?? '';
    if (body === '') return refuseFrom(directoryRefusals, 'referral.no-body', request, reply);
    const number = found?.number ?? request.body.number?.trim();
    const told = number === undefined || number === '' ? {} : { number: { subject: `customer-${interaction}`, value: number } };
    const marked = await desk().tell(agent, interaction, { kind: 'answered', outcome: 'out-of-scope', reason });
    if ('refused' in marked) return refused(marked, request, reply);
    const answer = await desk().tell(agent, interaction, { kind: 'referred', body, entry, reason, agent, ...told });
    return 'refused' in answer ? refused(answer, request, reply) : reply.code(201).send({ ok: true as const });
  });
}

function refused(answer: FloorAnswer, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (isRefusal(answer as Refusal)) return refuseDomain(request, reply, answer as Refusal);
  return refuseFrom(directoryRefusals, 'referral.not-stored', request, reply);
}
