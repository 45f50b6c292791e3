import { isRefusal, speak } from '@threerings/core/errors/refusal';
import {
  actedAt,
  trainingAnswer,
  trainingCard,
  trainingMode,
  trainingReplay,
  trainingTry,
  trainingView,
} from '@threerings/core/wire/training';
import { z } from 'zod';
import type { App, Feature } from '../http/app.ts';
import { personOf } from '../http/guard.ts';
import { languageOf, refuseFrom } from '../http/refusals.ts';
import { lessonRoutes } from './lesson-routes.ts';
import { lineRoutes } from './line-routes.ts';
import { scriptRoutes } from './script-routes.ts';
import { trainingDataRoutes } from './training-data-routes.ts';
import type { TrainingHouse } from './training-house.ts';
import { trainingRouteRefusals } from './training-refusals.ts';

const practising = { permission: 'training.practise' } as const;
const seeing = { permission: ['training.practise', 'training.see-unit'] } as const;
const id = z.string().regex(/^[a-z0-9-]{1,64}$/);
const byRun = z.object({ run: z.uuid() });

/** `/api/training`: scripts are practised, judged and looked at again; lessons are read. Nothing here touches what happened to callers. */
export function trainingFeature(house: () => TrainingHouse): Feature {
  return {
    name: 'training',
    async routes(app) {
      listRoute(app, house);
      runRoutes(app, house);
      replayRoutes(app, house);
      scriptRoutes(app, house);
      lessonRoutes(app, house);
      trainingDataRoutes(app, house);
      await lineRoutes(app, house);
    },
  };
}

function listRoute(app: App, house: () => TrainingHouse): void {
  const route = { config: practising, schema: { response: { 200: z.array(trainingCard) } } };
  app.get('/api/training', route, (request) => house().cards(personOf(request).person.agent));
}

function runRoutes(app: App, house: () => TrainingHouse): void {
  const body = z.object({ run: z.uuid(), script: id, mode: trainingMode });
  app.post('/api/training/runs', { config: practising, schema: { body, response: { 201: trainingView } } }, async (request, reply) => {
    const { run, script, mode } = request.body;
    const { agent } = personOf(request).person;
    const { shelf, desk } = house();
    const known = await desk.look(agent, run, 0);
    if (known !== undefined) return reply.code(201).send(known);
    const shelved = await shelf.find(script);
    if (shelved === undefined) return refuseFrom(trainingRouteRefusals, 'training.no-script', request, reply);
    return reply.code(201).send(await desk.begin(agent, shelved, run, mode));
  });
  const query = z.object({ t: z.coerce.number().int().min(0).max(86_400_000) });
  const looking = { config: practising, schema: { params: byRun, querystring: query, response: { 200: trainingView } } };
  app.get('/api/training/runs/:run', looking, async (request, reply) => {
    const view = await house().desk.look(personOf(request).person.agent, request.params.run, request.query.t);
    return view ?? refuseFrom(trainingRouteRefusals, 'training.unknown', request, reply);
  });
  const acting = { config: practising, schema: { params: byRun, body: actedAt, response: { 200: trainingAnswer } } };
  app.post('/api/training/runs/:run/acts', acting, async (request, reply) => {
    const acted = await house().desk.act(personOf(request).person.agent, request.params.run, request.body);
    if (acted === undefined) return refuseFrom(trainingRouteRefusals, 'training.unknown', request, reply);
    if (acted === 'changed') return refuseFrom(trainingRouteRefusals, 'training.elsewhere', request, reply);
    const { view, answer } = acted;
    if ('stopped' in answer) {
      const { says, cites } = answer.stopped;
      return { view, done: false, asks: { message: says, missing: [], cites: [...cites] } };
    }
    if (isRefusal(answer)) {
      const { message, remedy } = speak(answer, languageOf(request.headers['accept-language']));
      return { view, done: false, refusal: { message, remedy } };
    }
    if ('ask' in answer)
      return { view, done: false, asks: { message: answer.message, missing: [...answer.missing], cites: [...answer.cites] }, reason: true };
    return { view, done: true };
  });
}

function replayRoutes(app: App, house: () => TrainingHouse): void {
  const one = { config: seeing, schema: { params: byRun, response: { 200: trainingReplay } } };
  app.get('/api/training/runs/:run/replay', one, async (request, reply) => {
    const replay = await house().replayFor(personOf(request).person, request.params.run);
    return replay ?? refuseFrom(trainingRouteRefusals, 'training.unknown', request, reply);
  });
  const query = z.object({ agent: z.string().min(1).max(64).optional() });
  const list = { config: seeing, schema: { querystring: query, response: { 200: z.array(trainingTry) } } };
  app.get('/api/training/tries', list, (request) => {
    const { person } = personOf(request);
    return house().triesFor(person, request.query.agent ?? person.agent);
  });
}
