import { publishedScript, type ScriptCard, scriptCard, scriptDetail } from '@threerings/core/wire/training';
import { z } from 'zod';
import type { App } from '../http/app.ts';
import { personOf } from '../http/guard.ts';
import { refuseFrom } from '../http/refusals.ts';
import type { Shelved } from './script-shelf.ts';
import { longestScript } from './script-text.ts';
import type { TrainingHouse } from './training-house.ts';
import { publishedVersions, publishScript } from './training-read-model.ts';
import { trainingRouteRefusals } from './training-refusals.ts';

const publishing = { permission: 'training.publish' } as const;
const byScript = z.object({ script: z.string().regex(/^[a-z0-9-]{1,64}$/) });

/** `/api/training/scripts`: what who keeps the scripts sees of them, and the way a changed one comes in. */
export function scriptRoutes(app: App, house: () => TrainingHouse): void {
  app.get('/api/training/scripts', { config: publishing, schema: { response: { 200: z.array(scriptCard) } } }, async () => {
    const { shelf } = house();
    return (await shelf.all()).map((shelved) =>
      cardOf(shelved, shelf.recordings.audible(shelved.script).size, shelf.recordings.standing(shelved.script).length),
    );
  });
  const one = { config: publishing, schema: { params: byScript, response: { 200: scriptDetail } } };
  app.get('/api/training/scripts/:script', one, async (request, reply) => {
    const { shelf, desk } = house();
    const shelved = await shelf.find(request.params.script);
    if (shelved === undefined) return refuseFrom(trainingRouteRefusals, 'training.no-script', request, reply);
    const callerLines = [...shelf.recordings.standing(shelved.script)];
    const recorded = callerLines.filter(({ standing }) => standing === 'recorded').length;
    const versions = await publishedVersions(desk.parts.db, shelved.script.script);
    return { ...cardOf(shelved, recorded, callerLines.length), text: shelved.text, callerLines, versions };
  });
  publishRoute(app, house);
}

function cardOf({ script: { script, version, scenario, title }, own }: Shelved, recorded: number, lines: number): ScriptCard {
  return { script, version, scenario, title, own, lines, recorded };
}

/** A script that does not check is not published; what is wrong comes back with its place. */
function publishRoute(app: App, house: () => TrainingHouse): void {
  const body = z.object({ text: z.string().min(1).max(longestScript), publish: z.boolean() });
  const route = { config: publishing, schema: { body, response: { 200: publishedScript } } };
  app.post('/api/training/scripts', route, async (request) => {
    const { text, publish } = request.body;
    const { shelf, desk } = house();
    const read = await shelf.check('script', text);
    if (!read.ok)
      return { faults: read.faults.map(({ line, column, expected, found, remedy }) => ({ line, column, expected, found, remedy })) };
    const { script, version } = read.script;
    if (!publish) return { script, version, faults: [] };
    const { agent } = personOf(request).person;
    const added = await publishScript(desk.parts.db, { script, version, text, by: agent, at: desk.parts.now() });
    if (!added)
      return {
        faults: [
          {
            line: 1,
            column: 1,
            expected: `a version above ${version}`,
            found: `version ${version}, which is published`,
            remedy: newVersion,
          },
        ],
      };
    await house().audit.record({ at: desk.parts.now(), action: 'training.published', actor: agent, facts: { script, version } });
    return { script, version, faults: [] };
  });
}

const newVersion = { zh: '已发布的版本不再改动：请把 version 加一', en: 'a published version is not changed: count version up' };
