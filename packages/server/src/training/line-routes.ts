import { createReadStream } from 'node:fs';
import { lineKept } from '@threerings/core/wire/training';
import { z } from 'zod';
import type { App } from '../http/app.ts';
import { personOf } from '../http/guard.ts';
import { refuseFrom } from '../http/refusals.ts';
import { promptRefusals } from '../prompts/prompt-routes.ts';
import { readPromptSound } from '../prompts/prompt-sound.ts';
import type { TrainingHouse } from './training-house.ts';
import { trainingRouteRefusals } from './training-refusals.ts';

const id = z.string().regex(/^[a-z0-9-]{1,64}$/);
const params = z.object({ script: id, line: id });
/** Two minutes of 16 kHz, 16 bit, two channels. */
const largestUpload = 8 * 1024 * 1024;

/** `/api/training/recordings`: the caller's lines as people recorded them. Practised by ear where there are any. */
export async function lineRoutes(app: App, house: () => TrainingHouse): Promise<void> {
  app.get(
    '/api/training/recordings/:script/:line',
    { config: { permission: ['training.practise', 'training.publish'] }, schema: { params } },
    async (request, reply) => {
      const { shelf } = house();
      const shelved = await shelf.find(request.params.script);
      const file = shelved && shelf.recordings.fileOf(shelved.script, request.params.line);
      if (file === undefined) return refuseFrom(trainingRouteRefusals, 'training.no-recording', request, reply);
      return reply.header('cache-control', 'private, no-store').type('audio/wav').send(createReadStream(file));
    },
  );
  // A scope of its own: what takes bytes here takes them nowhere else.
  await app.register(async (inner: App) => {
    inner.addContentTypeParser(
      ['audio/wav', 'application/octet-stream'],
      { parseAs: 'buffer', bodyLimit: largestUpload },
      (_, body, next) => next(null, body),
    );
    const route = {
      config: { permission: 'training.publish' },
      bodyLimit: largestUpload,
      schema: { params, response: { 201: lineKept } },
    } as const;
    inner.post('/api/training/recordings/:script/:line', route, async (request, reply) => {
      const { shelf, desk, audit } = house();
      const { script, line } = request.params;
      const shelved = await shelf.find(script);
      if (shelved === undefined) return refuseFrom(trainingRouteRefusals, 'training.no-script', request, reply);
      const read = readPromptSound(Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0));
      if ('fault' in read) {
        const { fault, ...facts } = read;
        return refuseFrom(promptRefusals, `prompt.${fault}`, request, reply, facts);
      }
      if (!(await shelf.recordings.keep(shelved.script, line, read.sound)))
        return refuseFrom(trainingRouteRefusals, 'training.no-line', request, reply);
      await audit.record({
        at: desk.parts.now(),
        action: 'training.recorded',
        actor: personOf(request).person.agent,
        about: script,
        facts: { line },
      });
      return reply.code(201).send({ durationMs: read.durationMs, peakDb: read.peakDb });
    });
  });
}
