import { isRefusal } from '@threerings/core/errors/refusal';
import { attachmentRow } from '@threerings/core/wire/attachments';
import { sentFile } from '@threerings/core/wire/chat';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { bytesOf, serveAttachment, takingFiles } from '../attachments/serve-attachment.ts';
import { speakRefusal } from '../hotline/speak-answer.ts';
import type { App, Feature } from '../http/app.ts';
import { personOf } from '../http/guard.ts';
import { languageOf, refuseRequest, sendRefusal } from '../http/refusals.ts';
import { StartLimit } from '../http/start-limit.ts';
import type { Audit } from '../people/people-store.ts';
import type { Person } from '../session/sessions.ts';
import type { AppendRefusal } from '../store/stream-refusals.ts';
import type { ChatFiles } from './chat-files.ts';

export interface ChatFileRouteParts {
  readonly files: ChatFiles;
  readonly mostBytes: number;
  readonly audit: Audit;
  readonly now: () => number;
  /** the chat that a visitor's token speaks for, or undefined */
  chatOf(token: string): string | undefined;
  /** may this person see this conversation? */
  maySee(person: Person, interaction: string): Promise<boolean>;
}

const seeing = ['calls.see-own', 'calls.see-unit', 'calls.see-all'] as const;
const byChat = z.object({ interaction: z.string().min(1).max(128) });
const byFile = byChat.extend({ attachment: z.string().min(1).max(64) });
/** Files from one address in a minute. */
const mostPerMinute = 30;
const statusOf: Readonly<Record<string, number>> = {
  'attachment.unknown': 404,
  'attachment.gone': 410,
  'attachment.too-large': 413,
  'store.busy': 503,
};

/** Files in conversations, of agents (`/api/chats/…/files`) and of visitors (`/api/chat/files`, header `x-chat-token`). */
export function chatFileFeature(parts: ChatFileRouteParts): Feature {
  return {
    name: 'chat files',
    async routes(app) {
      agentReads(app, parts);
      visitorReads(app, parts);
      await takingFiles(app, parts.mostBytes, (inner, bodyLimit) => {
        agentSends(inner, bodyLimit, parts);
        visitorSends(inner, bodyLimit, parts);
      });
    },
  };
}

function agentReads(app: App, { files, maySee, audit, now }: ChatFileRouteParts): void {
  const list = { config: { permission: seeing }, schema: { params: byChat, response: { 200: z.array(attachmentRow) } } } as const;
  app.get('/api/chats/:interaction/files', list, async (request) => {
    const { interaction } = request.params;
    return (await maySee(personOf(request).person, interaction)) ? files.of(interaction) : [];
  });
  const one = { config: { permission: seeing }, schema: { params: byFile } } as const;
  app.get('/api/chats/:interaction/files/:attachment', one, async (request, reply) => {
    const { person } = personOf(request);
    const { interaction, attachment } = request.params;
    if (!(await maySee(person, interaction))) return refused(request, reply, { refused: 'attachment.unknown', facts: {} });
    const found = await files.open(interaction, attachment);
    if (isRefusal(found)) return refused(request, reply, found);
    await audit.record({ at: now(), action: 'attachment.read', actor: person.agent, about: interaction, facts: { attachment } });
    return serveAttachment(reply, found);
  });
}

function agentSends(app: App, bodyLimit: number, { files }: ChatFileRouteParts): void {
  const schema = { params: byChat, querystring: sentFile, response: { 201: attachmentRow } };
  app.post('/api/chats/:interaction/files', { config: { permission: 'desk.use' }, bodyLimit, schema }, async (request, reply) => {
    const { agent } = personOf(request).person;
    const sent = { ...request.query, bytes: bytesOf(request.body) };
    const answer = await files.fromAgent(agent, request.params.interaction, sent);
    return 'refused' in answer ? refused(request, reply, answer) : reply.code(201).send(answer);
  });
}

function visitorSends(app: App, bodyLimit: number, { files, chatOf, now }: ChatFileRouteParts): void {
  const limit = new StartLimit(mostPerMinute);
  const schema = { querystring: sentFile, response: { 201: attachmentRow } };
  const route = {
    ...{ config: { permission: 'public' as const }, bodyLimit, schema },
    // Before the body is read: nobody without a chat fills the memory.
    onRequest: async (request: FastifyRequest, reply: FastifyReply) => {
      if (chatOf(tokenOf(request)) === undefined) return refuseRequest(request, reply, 'session.none');
      if (!limit.take(request.ip, now())) return refuseRequest(request, reply, 'request.busy');
    },
  } as const;
  app.post('/api/chat/files', route, async (request, reply) => {
    const answer = await files.fromCustomer(chatOf(tokenOf(request)) ?? '', { ...request.query, bytes: bytesOf(request.body) });
    return 'refused' in answer ? refused(request, reply, answer) : reply.code(201).send(answer);
  });
}

function visitorReads(app: App, { files, chatOf }: ChatFileRouteParts): void {
  const schema = { params: byFile.pick({ attachment: true }) };
  app.get('/api/chat/files/:attachment', { config: { permission: 'public' }, schema }, async (request, reply) => {
    const chat = chatOf(tokenOf(request));
    if (chat === undefined) return refuseRequest(request, reply, 'session.none');
    const found = await files.open(chat, request.params.attachment);
    return isRefusal(found) ? refused(request, reply, found) : serveAttachment(reply, found);
  });
}

function tokenOf(request: FastifyRequest): string {
  const given = request.headers['x-chat-token'];
  return typeof given === 'string' ? given : '';
}

function refused(request: FastifyRequest, reply: FastifyReply, refusal: AppendRefusal): FastifyReply {
  return sendRefusal(reply, statusOf[refusal.refused] ?? 409, speakRefusal(refusal, languageOf(request.headers['accept-language'])));
}
