import { isRefusal, type Refusal } from '@threerings/core/errors/refusal';
import { entryDetail, entryHit, entryKind, markAnswer, newGap, openEntry, useReply } from '@threerings/core/wire/knowledge';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { FloorAnswer } from '../hotline/floor.ts';
import type { App, Feature } from '../http/app.ts';
import { personOf } from '../http/guard.ts';
import { refuseDomain, refuseFrom } from '../http/refusals.ts';
import { editorRoutes } from './editor-routes.ts';
import { addGap } from './gaps-read-model.ts';
import type { KnowledgeDesk } from './knowledge-desk.ts';
import { knowledgeRouteRefusals } from './knowledge-refusals.ts';

export const entryInPath = z.object({ entry: z.string().min(1).max(64) });
export const ok = z.object({ ok: z.literal(true) });
const readers = { permission: 'knowledge.see' } as const;
const callers = { permission: 'desk.use' } as const;

/** `/api/knowledge`: articles and quick replies to search, read and use; their editing is in `editor-routes`. */
export function knowledgeFeature(desk: () => KnowledgeDesk): Feature {
  return {
    name: 'knowledge',
    routes(app) {
      readRoutes(app, desk);
      useRoutes(app, desk);
      gapRoute(app, desk);
      editorRoutes(app, desk);
    },
  };
}

function readRoutes(app: App, desk: () => KnowledgeDesk): void {
  const query = z.object({
    q: z.string().max(400).default(''),
    kind: entryKind.default('article'),
    interaction: z.string().max(64).optional(),
    queue: z.string().max(64).optional(),
    limit: z.coerce.number().int().min(1).max(100).default(20),
  });
  const search = { config: readers, schema: { querystring: query, response: { 200: z.array(entryHit) } } };
  app.get('/api/knowledge', search, async (request) => {
    const { q, kind, interaction, queue, limit } = request.query;
    const where = queue ?? (interaction === undefined ? undefined : desk().parts.queueOf(interaction));
    return desk().parts.book.search({ kind, text: q, queue: where, limit });
  });
  const one = { config: readers, schema: { params: entryInPath, response: { 200: entryDetail } } };
  app.get('/api/knowledge/:entry', one, async (request, reply) => {
    const detail = await desk().detail(personOf(request).person, request.params.entry);
    return detail ?? refuseFrom(knowledgeRouteRefusals, 'knowledge.gone', request, reply);
  });
}

function useRoutes(app: App, desk: () => KnowledgeDesk): void {
  const opening = { config: callers, schema: { params: entryInPath, body: openEntry, response: { 200: ok } } };
  app.post('/api/knowledge/:entry/open', opening, async (request, reply) => {
    const { agent } = personOf(request).person;
    const { interaction, keywords, hits } = request.body;
    if (keywords !== undefined && keywords.trim() !== '')
      await desk().parts.tell(agent, interaction, { kind: 'searched', keywords, hits: hits ?? 0 });
    return answered(await desk().opened(agent, interaction, request.params.entry), request, reply);
  });
  const using = { config: callers, schema: { params: entryInPath, body: useReply, response: { 200: ok } } };
  app.post('/api/knowledge/:entry/use', using, async (request, reply) =>
    answered(await desk().opened(personOf(request).person.agent, request.body.interaction, request.params.entry), request, reply),
  );
  const marking = { config: callers, schema: { body: markAnswer, response: { 200: ok } } };
  app.post('/api/knowledge-answers', marking, async (request, reply) => {
    const { interaction, entry, outcome } = request.body;
    const told = await desk().parts.tell(personOf(request).person.agent, interaction, { kind: 'answered', article: entry, outcome });
    return answered(told, request, reply);
  });
}

/** 没找到、有错: an agent says in two keys what is missing, and goes on with the call. */
function gapRoute(app: App, desk: () => KnowledgeDesk): void {
  const route = { config: readers, schema: { body: newGap, response: { 201: ok } } };
  app.post('/api/knowledge-gaps', route, async (request, reply) => {
    const { agent } = personOf(request).person;
    const { parts } = desk();
    const { gap, kind, words, entry, interaction, note } = request.body;
    if (interaction !== undefined && kind === 'not-found') {
      if (words !== undefined) await parts.tell(agent, interaction, { kind: 'searched', keywords: words, hits: 0 });
      await parts.tell(agent, interaction, { kind: 'answered', outcome: 'not-found' });
    }
    const version = entry === undefined ? undefined : parts.book.find(entry)?.live.version;
    const row = {
      words: words ?? null,
      entry: entry ?? null,
      version: version ?? null,
      interaction: interaction ?? null,
      note: note ?? null,
    };
    await addGap(parts.db, { gap, kind, agent, at: parts.now(), ...row });
    return reply.code(201).send({ ok: true as const });
  });
}

function answered(answer: FloorAnswer | undefined, request: FastifyRequest, reply: FastifyReply) {
  if (answer === undefined) return refuseFrom(knowledgeRouteRefusals, 'knowledge.gone', request, reply);
  if (isRefusal(answer as Refusal)) return refuseDomain(request, reply, answer as Refusal);
  if ('refused' in answer) return refuseFrom(knowledgeRouteRefusals, 'knowledge.changed', request, reply);
  return { ok: true as const };
}
