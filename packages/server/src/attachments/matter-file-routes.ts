import { isRefusal } from '@threerings/core/errors/refusal';
import { attachmentRow, filesOfMatter, matterOwner } from '@threerings/core/wire/attachments';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { App, Feature } from '../http/app.ts';
import { personOf } from '../http/guard.ts';
import { type RefusalTable, refuseDomain, refuseFrom } from '../http/refusals.ts';
import type { Audit } from '../people/people-store.ts';
import type { Owner } from '../store/attachment-rows.ts';
import { type MatterFilesParts, type Standing, standingWith } from './matter-files.ts';
import { bytesOf, serveAttachment, takingFiles } from './serve-attachment.ts';

export const matterFileRefusals = {
  'attachment.no-owner': {
    status: 404,
    zh: '没有这张工单或这条知识，或您无权查看',
    en: 'there is no such ticket or article, or you may not see it',
    remedy: { zh: '请从工单或知识里打开', en: 'open it from its ticket or article' },
  },
  'attachment.not-allowed': {
    status: 403,
    zh: '您不能在这里添加或移除文件',
    en: 'you may not add or remove files here',
    remedy: {
      zh: '办结的工单不再添加；文件由添加的人移除，知识的文件由编写的人管理',
      en: 'a closed ticket takes no more; files are removed by who added them, those of articles by who writes them',
    },
  },
} as const satisfies RefusalTable;

const config = { permission: ['tickets.see-own', 'tickets.see-unit', 'knowledge.see'] } as const;
const params = z.object({ attachment: z.uuid() });
const ok = z.object({ ok: z.literal(true) });

/** `/api/files`: files of tickets and articles. Who may see the ticket or the article may see them; the reading of a ticket's is audited. */
export function matterFileFeature(parts: () => MatterFilesParts, mostBytes: number, audit: Audit, now: () => number): Feature {
  return {
    name: 'files of matters',
    async routes(app) {
      readRoutes(app, parts, audit, now);
      removeRoute(app, parts, audit, now);
      await takingFiles(app, mostBytes, (inner, bodyLimit) => addRoute(inner, bodyLimit, parts, audit, now));
    },
  };
}

function readRoutes(app: App, parts: () => MatterFilesParts, audit: Audit, now: () => number): void {
  app.get('/api/files', { config, schema: { querystring: matterOwner, response: { 200: filesOfMatter } } }, async (request, reply) => {
    const owner = request.query;
    const standing = await standingWith(parts(), personOf(request).person, owner);
    if (standing === undefined) return refuseFrom(matterFileRefusals, 'attachment.no-owner', request, reply);
    const { attachments } = parts();
    const mostMegabytes = Math.floor(attachments.mostBytes / 1_048_576);
    return { files: await attachments.of(owner), add: standing.add, removeAny: standing.removeAny, mostMegabytes };
  });
  app.get('/api/files/:attachment', { config, schema: { params } }, async (request, reply) => {
    const found = await owned(parts(), request);
    if (found === undefined) return refuseFrom(matterFileRefusals, 'attachment.no-owner', request, reply);
    const open = await parts().attachments.open(request.params.attachment);
    if (isRefusal(open)) return refuseDomain(request, reply, open, 404);
    const { agent } = personOf(request).person;
    const facts = { attachment: request.params.attachment };
    if (found.owner.kind === 'ticket')
      await audit.record({ at: now(), action: 'attachment.opened', actor: agent, about: found.owner.id, facts });
    return serveAttachment(reply, open);
  });
}

function addRoute(app: App, bodyLimit: number, parts: () => MatterFilesParts, audit: Audit, now: () => number): void {
  const querystring = matterOwner.extend({ file: z.string().min(1).max(200) });
  const route = { config, bodyLimit, schema: { params, querystring, response: { 201: attachmentRow } } };
  app.put('/api/files/:attachment', route, async (request, reply) => {
    const { person } = personOf(request);
    const { file, ...owner } = request.query;
    const standing = await standingWith(parts(), person, owner);
    if (standing === undefined) return refuseFrom(matterFileRefusals, 'attachment.no-owner', request, reply);
    if (!standing.add) return refuseFrom(matterFileRefusals, 'attachment.not-allowed', request, reply);
    const { attachment } = request.params;
    const brought = { attachment, owner, subject: standing.subject, by: person.agent, name: file, bytes: bytesOf(request.body) };
    const kept = await parts().attachments.keep({ ...brought, field: 'file' });
    if (isRefusal(kept)) return refuseDomain(request, reply, kept, 422);
    await audit.record({ at: now(), action: 'attachment.added', actor: person.agent, about: owner.id, facts: { attachment } });
    return reply.code(201).send(kept);
  });
}

function removeRoute(app: App, parts: () => MatterFilesParts, audit: Audit, now: () => number): void {
  app.post('/api/files/:attachment/remove', { config, schema: { params, response: { 200: ok } } }, async (request, reply) => {
    const { agent } = personOf(request).person;
    const { attachment } = request.params;
    const found = await owned(parts(), request);
    if (found === undefined) return refuseFrom(matterFileRefusals, 'attachment.no-owner', request, reply);
    const row = (await parts().attachments.of(found.owner)).find((one) => one.attachment === attachment);
    if (!found.standing.removeAny && (row?.by !== agent || !found.standing.add))
      return refuseFrom(matterFileRefusals, 'attachment.not-allowed', request, reply);
    await parts().attachments.remove(attachment, 'removed');
    await audit.record({ at: now(), action: 'attachment.removed', actor: agent, about: found.owner.id, facts: { attachment } });
    return { ok: true as const };
  });
}

/** What the file of a request belongs to, and what its person may do there. */
async function owned(
  parts: MatterFilesParts,
  request: FastifyRequest<{ Params: { attachment: string } }>,
): Promise<{ readonly owner: Owner; readonly standing: Standing } | undefined> {
  const owner = await parts.attachments.ownerOf(request.params.attachment);
  const standing = owner && (await standingWith(parts, personOf(request).person, owner));
  return owner && standing && { owner, standing };
}
