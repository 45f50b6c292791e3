import { readFile } from 'node:fs/promises';
import { checkFlow } from '@threerings/core/call-flow/check';
import { flowSound, promptsOf } from '@threerings/core/call-flow/flow';
import { isPromptName, standardPrompts } from '@threerings/core/call-flow/prompts';
import { type PromptRow, promptKept, promptParams, promptRow, promptVersionParams } from '@threerings/core/wire/call-flows';
import { z } from 'zod';
import { flowVersions } from '../call-flows/flow-rows.ts';
import type { App, Feature } from '../http/app.ts';
import { personOf } from '../http/guard.ts';
import { type RefusalTable, refuseFrom } from '../http/refusals.ts';
import type { Audit } from '../people/people-store.ts';
import type { Database } from '../store/database.ts';
import { keepRecording, promptRecordings, soundOf, useRecording } from './prompt-rows.ts';
import { readPromptSound } from './prompt-sound.ts';
import { filedSounds, type SoundPlaces } from './sound-files.ts';

export interface PromptParts {
  readonly db: Database;
  readonly audit: Audit;
  readonly places: SoundPlaces;
  readonly now: () => number;
  /** the voice process must be told */
  changed(): Promise<void>;
}

/** Two minutes of 16 kHz, 16 bit, two channels. */
const largestUpload = 8 * 1024 * 1024;

export const promptRefusals = {
  'prompt.unknown': {
    status: 404,
    zh: '没有提示音“{prompt}”',
    en: 'there is no prompt {prompt}',
    remedy: { zh: '请从提示音列表打开；流程里的提示音以 flow- 开头', en: 'open it from the list; prompts of flows begin with flow-' },
  },
  'prompt.unreadable': {
    status: 422,
    zh: '这个文件不能用：{found}',
    en: 'this file cannot be used: {found}',
    remedy: { zh: '请存为 WAV：8 或 16 kHz、16 位或 A-law', en: 'save it as WAV: 8 or 16 kHz, 16 bit or A-law' },
  },
  'prompt.too-short': {
    status: 422,
    zh: '只有 {seconds} 秒',
    en: 'it has only {seconds} s',
    remedy: { zh: '请录至少 0.3 秒', en: 'record at least 0.3 s' },
  },
  'prompt.too-long': {
    status: 422,
    zh: '有 {seconds} 秒，最多 120 秒',
    en: 'it has {seconds} s, at most 120 s',
    remedy: { zh: '请分成几段', en: 'cut it into several' },
  },
  'prompt.silent': {
    status: 422,
    zh: '几乎没有声音（最响处 {found} dB）',
    en: 'almost nothing can be heard (the loudest is {found} dB)',
    remedy: { zh: '请检查麦克风，靠近些再录', en: 'check the microphone and record it again, closer' },
  },
} as const satisfies RefusalTable;

const config = { permission: 'flows.edit' } as const;
const done = z.object({ ok: z.literal(true) });

/** `/api/prompts`: what callers hear, who recorded it, and what still stands in for a recording. */
export function promptFeature(parts: () => PromptParts): Feature {
  return {
    name: 'prompts',
    async routes(outer) {
      readRoutes(outer, parts);
      // A scope of its own: what takes bytes here takes them nowhere else.
      await outer.register(async (inner: App) => {
        inner.addContentTypeParser(
          ['audio/wav', 'application/octet-stream'],
          { parseAs: 'buffer', bodyLimit: largestUpload },
          (_, body, next) => next(null, body),
        );
        uploadRoute(inner, parts);
      });
    },
  };
}

function readRoutes(app: App, parts: () => PromptParts): void {
  app.get('/api/prompts', { config, schema: { response: { 200: z.array(promptRow) } } }, async () => rowsOf(parts()));
  app.get(
    '/api/prompts/:prompt/sound',
    { config, schema: { params: promptParams, querystring: z.object({ version: z.coerce.number().int().min(1).optional() }) } },
    async (request, reply) => {
      const { prompt } = request.params;
      const sound = await soundIn(parts(), prompt, request.query.version);
      if (sound === undefined) return refuseFrom(promptRefusals, 'prompt.unknown', request, reply, { prompt });
      return reply.header('cache-control', 'no-store').type('audio/wav').send(sound);
    },
  );
  const use = { config, schema: { params: promptVersionParams, response: { 200: done } } };
  app.post('/api/prompts/:prompt/:version/use', use, async (request, reply) => {
    const { db, audit, now, changed } = parts();
    const { prompt, version } = request.params;
    if (!(await useRecording(db, prompt, version))) return refuseFrom(promptRefusals, 'prompt.unknown', request, reply, { prompt });
    await audit.record({ at: now(), action: 'prompt.put-back', actor: personOf(request).person.agent, about: prompt, facts: { version } });
    await changed();
    return { ok: true as const };
  });
}

function uploadRoute(app: App, parts: () => PromptParts): void {
  const route = { config, bodyLimit: largestUpload, schema: { params: promptParams, response: { 201: promptKept } } };
  app.post('/api/prompts/:prompt', route, async (request, reply) => {
    const { db, audit, now, changed } = parts();
    const { prompt } = request.params;
    if (!isPromptName(prompt)) return refuseFrom(promptRefusals, 'prompt.unknown', request, reply, { prompt });
    const read = readPromptSound(Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0));
    if ('fault' in read) {
      const { fault, ...facts } = read;
      return refuseFrom(promptRefusals, `prompt.${fault}`, request, reply, facts);
    }
    const madeBy = personOf(request).person.agent;
    const version = await keepRecording(db, { ...read, prompt, madeBy, madeAt: now() });
    await audit.record({ at: now(), action: 'prompt.recorded', actor: madeBy, about: prompt, facts: { version } });
    await changed();
    return reply.code(201).send({ version, durationMs: read.durationMs, peakDb: read.peakDb });
  });
}

async function soundIn({ db, places }: PromptParts, prompt: string, version: number | undefined): Promise<Buffer | undefined> {
  const recorded = await soundOf(db, prompt, version);
  if (recorded !== undefined || version !== undefined) return recorded?.sound;
  const { placed, delivered } = filedSounds(places);
  const file = placed.get(prompt) ?? delivered.get(prompt);
  return file === undefined ? undefined : readFile(file);
}

/** Prompts of the hotline first, then those of flows: of drafts and of the versions that take calls. */
async function rowsOf({ db, places }: PromptParts): Promise<PromptRow[]> {
  const [recordings, flows] = await Promise.all([promptRecordings(db), flowVersions(db)]);
  const { placed, delivered } = filedSounds(places);
  const usedBy = new Map<string, Set<string>>();
  for (const { flow, text, state } of flows)
    if (state === 'draft' || state === 'live')
      for (const prompt of promptsOf(checkFlow(text).flow).map(flowSound)) usedBy.set(prompt, (usedBy.get(prompt) ?? new Set()).add(flow));
  const ofFlows = [
    ...usedBy.keys(),
    ...[...recordings.map(({ prompt }) => prompt), ...placed.keys()].filter((prompt) => prompt.startsWith('flow-')),
  ];
  const says = new Map(standardPrompts.map((one) => [one.prompt, one.says]));
  return [...says.keys(), ...[...new Set(ofFlows)].sort()].map((prompt) => {
    const versions = recordings.filter((one) => one.prompt === prompt).map(({ prompt: _, ...version }) => version);
    const recorded = versions.some(({ inUse }) => inUse) || placed.has(prompt);
    const standing = recorded ? 'recorded' : delivered.has(prompt) ? 'placeholder' : 'missing';
    return { prompt, says: says.get(prompt), standing, flows: [...(usedBy.get(prompt) ?? [])].sort(), versions };
  });
}
