import { lesson, trainee } from '@threerings/core/wire/training';
import { z } from 'zod';
import type { App } from '../http/app.ts';
import { personOf } from '../http/guard.ts';
import { refuseFrom } from '../http/refusals.ts';
import { concerned } from './lesson-desk.ts';
import type { TrainingHouse } from './training-house.ts';
import { trainingRouteRefusals } from './training-refusals.ts';

const reading = { permission: 'training.practise' } as const;
const leading = { permission: 'training.see-unit' } as const;
const byLesson = z.object({ lesson: z.string().regex(/^[a-z0-9-]{1,64}$/) });
const ok = z.object({ ok: z.literal(true) });

/** Lessons: read and confirmed by version, or talked over with who leads; leaders see who has not. */
export function lessonRoutes(app: App, house: () => TrainingHouse): void {
  app.get('/api/training/lessons', { config: reading, schema: { response: { 200: z.array(lesson) } } }, async (request) => {
    const { agent, roles } = personOf(request).person;
    return [...(await house().lessons.list(agent, concerned(roles)))];
  });
  const body = z.object({ version: z.number().int().min(1).max(10_000) });
  const confirming = { config: reading, schema: { params: byLesson, body, response: { 200: ok } } };
  app.post('/api/training/lessons/:lesson/read', confirming, async (request, reply) => {
    const { agent } = personOf(request).person;
    const done = await house().lessons.confirm([agent], { lesson: request.params.lesson, version: request.body.version });
    return done ? { ok: true as const } : refuseFrom(trainingRouteRefusals, 'lesson.unknown', request, reply);
  });
  const attended = body.extend({ agents: z.array(z.string().min(1).max(64)).min(1).max(100) });
  const talking = { config: leading, schema: { params: byLesson, body: attended, response: { 200: ok } } };
  app.post('/api/training/lessons/:lesson/attended', talking, async (request, reply) => {
    const { person } = personOf(request);
    const { agents, version } = request.body;
    const own = new Set((await house().below(person)).map(({ agent }) => agent));
    const of = { lesson: request.params.lesson, version };
    const done = agents.every((agent) => own.has(agent)) && (await house().lessons.confirm(agents, of, person.agent));
    return done ? { ok: true as const } : refuseFrom(trainingRouteRefusals, 'lesson.unknown', request, reply);
  });
  app.get('/api/training/people', { config: leading, schema: { response: { 200: z.array(trainee) } } }, async (request) =>
    house().trainees(personOf(request).person),
  );
}
