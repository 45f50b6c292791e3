import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { judgeableRate } from '@threerings/core/observance/rates';
import type { Owned } from '@threerings/core/people/sight';
import { toWire } from '@threerings/core/timeline/to-wire';
import { clauseView } from '@threerings/core/wire/clauses';
import { type InteractionDetail, interactionDetail, interactionRow, peaks } from '@threerings/core/wire/interactions';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { App, Feature } from '../http/app.ts';
import { personOf } from '../http/guard.ts';
import { languageOf, type RefusalTable, refuseFrom } from '../http/refusals.ts';
import type { Clause } from '../norm-packs/catalogue.ts';
import type { NormBook } from '../norm-packs/norm-book.ts';
import { readVerdicts } from '../observance/verdicts-read-model.ts';
import type { Audit } from '../people/people-store.ts';
import type { Database } from '../store/database.ts';
import type { EventStore } from '../store/event-store.ts';
import { findInteraction, listInteractions } from '../store/interaction-rows.ts';
import { ownerOfWord } from '../store/promise-rows.ts';
import { peaksOf } from './peaks.ts';
import { findRecording, recordingOf } from './recordings-read-model.ts';
import type { Sight } from './sight.ts';

export interface InteractionParts {
  readonly db: Database;
  readonly events: Pick<EventStore, 'load' | 'loadInteraction' | 'withTexts'>;
  readonly book: () => NormBook;
  /** the words of the version that gave a verdict */
  bookOf(verdict: { readonly pack: string; readonly packVersion: number }): NormBook;
  clause(id: string): Clause | undefined;
  readonly sight: Sight;
  readonly audit: Audit;
  readonly now: () => number;
  /** data folder; recordings lie below its `recordings/` */
  readonly data: string;
}

const refusals = {
  'interaction.unknown': {
    status: 404,
    zh: '没有这通通话，或您无权查看',
    en: 'there is no such call, or you may not see it',
    remedy: { zh: '请从通话列表打开', en: 'open it from the list of calls' },
  },
  'recording.unknown': {
    status: 404,
    zh: '没有这段录音，或您无权收听',
    en: 'there is no such recording, or you may not hear it',
    remedy: { zh: '收听录音须由班长或质检员进行', en: 'recordings are heard by leaders and reviewers' },
  },
  'clause.unknown': {
    status: 404,
    zh: '条款目录里没有这一条',
    en: 'the catalogue has no such clause',
    remedy: { zh: '请核对条款编号', en: 'check the number of the clause' },
  },
} as const satisfies RefusalTable;

const seeing = ['calls.see-own', 'calls.see-unit', 'calls.see-all'] as const;
const hearing = ['recording.hear-own', 'recording.hear'] as const;

const listQuery = z.object({
  /** `<startedAt>.<interaction>` of the last row of the page before */
  before: z
    .string()
    .regex(/^\d{1,16}\..{1,100}$/)
    .optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  agent: z.string().max(64).optional(),
  origin: z.enum(['live', 'replay', 'import']).optional(),
  value: z.enum(['broken']).optional(),
});
const page = z.object({ rows: z.array(interactionRow), next: z.string().optional() });

/** The list of calls, a call with its verdicts, its recording, and the gist of a clause. */
export function interactionFeature(parts: InteractionParts): Feature {
  return {
    name: 'interactions',
    routes(app) {
      listRoute(app, parts);
      detailRoute(app, parts);
      recordingRoutes(app, parts);
      clauseRoute(app, parts);
    },
  };
}

function listRoute(app: App, { db, sight }: InteractionParts): void {
  const route = { config: { permission: seeing }, schema: { querystring: listQuery, response: { 200: page } } } as const;
  app.get('/api/interactions', route, async (request) => {
    const { before, limit, agent, origin, value } = request.query;
    const own = await sight.limits(personOf(request).person);
    const dot = before?.indexOf('.') ?? -1;
    const after = before === undefined ? undefined : { startedAt: Number(before.slice(0, dot)), interaction: before.slice(dot + 1) };
    const rows = await listInteractions(db, { after, limit, agent, origin, broken: value === 'broken', ...own });
    const last = rows.length === limit ? rows.at(-1) : undefined;
    return { rows, ...(last === undefined ? {} : { next: `${last.startedAt}.${last.interaction}` }) };
  });
}

const byId = z.object({ id: z.string().min(1).max(128) });

function detailRoute(app: App, parts: InteractionParts): void {
  const route = { config: { permission: seeing }, schema: { params: byId, response: { 200: interactionDetail } } } as const;
  app.get('/api/interactions/:id', route, async (request, reply) => {
    const found = await detailOf(parts, request.params.id, request);
    return found ?? refuseFrom(refusals, 'interaction.unknown', request, reply);
  });
}

async function detailOf(parts: InteractionParts, interaction: string, request: FastifyRequest): Promise<InteractionDetail | undefined> {
  const { person } = personOf(request);
  const found = await findInteraction(parts.db, interaction);
  const owned = await ownedBy(parts.db, interaction, found);
  if (found === undefined || !(await parts.sight.maySee(person, owned))) return undefined;
  const [own, rated] = await Promise.all([parts.events.loadInteraction(interaction), parts.events.load(`survey-${interaction}`)]);
  const events = await parts.events.withTexts([...own, ...rated]);
  const stored = await readVerdicts(parts.db, interaction);
  const book = parts.book();
  const recording = await recordingOf(parts.db, interaction);
  const { name, version } = book.pack;
  await parts.audit.record({ at: parts.now(), action: 'interaction.seen', actor: person.agent, about: interaction });
  return {
    interaction,
    row: found.row,
    events: events.map((event) => toWire(event, event.text)),
    verdicts: stored.map((verdict) => parts.bookOf(verdict.verdict).onWire(verdict, events)),
    ...(recording === undefined
      ? {}
      : {
          recording: {
            recording: recording.recording,
            startedAt: recording.startedAt,
            durationMs: recording.durationMs ?? 0,
            audible: await parts.sight.mayHear(person, owned),
          },
        }),
    judged: {
      pack: stored[0]?.verdict.pack ?? name,
      version: stored[0]?.verdict.packVersion ?? version,
      judgeable: judgeableRate(found.row),
    },
  };
}

/** Whose call it is: who answered it, else who is to answer the word that its caller left. */
async function ownedBy(db: Database, interaction: string, found: Awaited<ReturnType<typeof findInteraction>>): Promise<Owned> {
  return { agent: found?.row.agent ?? (await ownerOfWord(db, interaction)), unit: found?.unit };
}

function recordingRoutes(app: App, parts: InteractionParts): void {
  const route = { config: { permission: hearing }, schema: { params: byId, response: { 200: peaks } } } as const;
  app.get('/api/recordings/:id/peaks', route, async (request, reply) => {
    const file = await audibleFile(parts, request);
    const found = file === undefined ? undefined : await peaksOf(file).catch(() => undefined);
    return found ?? refuseFrom(refusals, 'recording.unknown', request, reply);
  });
  app.get('/api/recordings/:id/audio', { config: { permission: hearing }, schema: { params: byId } }, async (request, reply) => {
    const file = await audibleFile(parts, request);
    const size =
      file === undefined
        ? undefined
        : await stat(file).then(
            ({ size: bytes }) => bytes,
            () => undefined,
          );
    if (file === undefined || size === undefined) return refuseFrom(refusals, 'recording.unknown', request, reply);
    if (request.headers.range === undefined) {
      const { person } = personOf(request);
      await parts.audit.record({ at: parts.now(), action: 'recording.heard', actor: person.agent, about: request.params.id });
    }
    return sendPart(reply, file, size, request.headers.range);
  });
}

/** Players ask for parts of the file; one range a request, anything else gets the whole. */
function sendPart(reply: FastifyReply, file: string, size: number, range: string | undefined): FastifyReply {
  reply.header('accept-ranges', 'bytes').header('cache-control', 'private, no-store').type('audio/wav');
  const match = /^bytes=(\d+)-(\d*)$/.exec(range ?? '');
  const from = Number(match?.[1] ?? 0);
  const to = match?.[2] ? Math.min(Number(match[2]), size - 1) : size - 1;
  if (match === null) return reply.header('content-length', size).send(createReadStream(file));
  if (from > to) return reply.code(416).header('content-range', `bytes */${size}`).send();
  return reply
    .code(206)
    .header('content-range', `bytes ${from}-${to}/${size}`)
    .header('content-length', to - from + 1)
    .send(createReadStream(file, { start: from, end: to }));
}

/** The file of a recording that this person may hear. A stored name never leads out of the folder of recordings. */
async function audibleFile(parts: InteractionParts, request: FastifyRequest<{ Params: { id: string } }>): Promise<string | undefined> {
  const recording = await findRecording(parts.db, request.params.id);
  const found = recording && (await findInteraction(parts.db, recording.interaction));
  if (recording === undefined || found === undefined) return undefined;
  const { person } = personOf(request);
  if (!(await parts.sight.mayHear(person, await ownedBy(parts.db, recording.interaction, found)))) return undefined;
  const file = path.resolve(parts.data, recording.file);
  return file.startsWith(path.resolve(parts.data, 'recordings') + path.sep) ? file : undefined;
}

function clauseRoute(app: App, parts: InteractionParts): void {
  const route = { config: { permission: 'norms.see' }, schema: { params: byId, response: { 200: clauseView } } } as const;
  app.get('/api/clauses/:id', route, async (request, reply) => {
    const found = parts.clause(request.params.id);
    if (found === undefined) return refuseFrom(refusals, 'clause.unknown', request, reply);
    const gist = languageOf(request.headers['accept-language']) === 'zh' ? found.zh : found.en;
    return { clause: found.clause, document: found.document, gist };
  });
}
