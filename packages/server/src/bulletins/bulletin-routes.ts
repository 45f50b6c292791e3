import { isRefusal } from '@threerings/core/errors/refusal';
import { bulletinChange, bulletinDetail, bulletinRead, bulletinView, bulletinWrite } from '@threerings/core/wire/bulletins';
import { z } from 'zod';
import type { App, Feature } from '../http/app.ts';
import { personOf } from '../http/guard.ts';
import { type RefusalTable, refuseDomain, refuseFrom } from '../http/refusals.ts';
import type { BulletinDesk } from './bulletin-desk.ts';

export const bulletinRouteRefusals = {
  'bulletin.gone': {
    status: 404,
    zh: '没有这条要情，或已更新、撤回',
    en: 'there is no such item, or it was changed or withdrawn',
    remedy: { zh: '请刷新列表', en: 'reload the list' },
  },
  'bulletin.foreign-unit': {
    status: 403,
    zh: '只能向本组织及下级发布',
    en: 'you publish for your own unit and those below it',
    remedy: { zh: '请选择单位；向全体发布请找运营', en: 'choose units; operations publish for everybody' },
  },
  'bulletin.not-stored': {
    status: 503,
    zh: '没有保存成功，请重试',
    en: 'it was not stored: try again',
    remedy: { zh: '稍后再试', en: 'try again in a moment' },
  },
} as const satisfies RefusalTable;

const byId = z.object({ bulletin: z.string().min(1).max(64) });
const ok = z.object({ ok: z.literal(true) });
const readers = { permission: 'bulletins.see' } as const;
const editors = { permission: 'bulletins.edit' } as const;

/** `/api/bulletins`: 要情与早会, and who has read them. */
export function bulletinFeature(desk: () => BulletinDesk): Feature {
  return {
    name: 'bulletins',
    routes(app) {
      readRoutes(app, desk);
      editRoutes(app, desk);
    },
  };
}

function readRoutes(app: App, desk: () => BulletinDesk): void {
  const query = z.object({ view: z.enum(['current', 'all']).default('current') });
  const list = { config: readers, schema: { querystring: query, response: { 200: z.array(bulletinView) } } };
  app.get('/api/bulletins', list, async (request) => desk().list(personOf(request).person, request.query.view));
  const read = { config: readers, schema: { params: byId, body: bulletinRead, response: { 200: ok } } };
  app.post('/api/bulletins/:bulletin/read', read, async (request, reply) => {
    const answer = await desk().read(personOf(request).person, request.params.bulletin, request.body.version);
    if (answer === undefined) return refuseFrom(bulletinRouteRefusals, 'bulletin.gone', request, reply);
    return 'refused' in answer ? refuseFrom(bulletinRouteRefusals, 'bulletin.not-stored', request, reply) : { ok: true as const };
  });
}

function editRoutes(app: App, desk: () => BulletinDesk): void {
  const one = { config: editors, schema: { params: byId, response: { 200: bulletinDetail } } };
  app.get('/api/bulletins/:bulletin', one, async (request, reply) => {
    const detail = await desk().detail(personOf(request).person, request.params.bulletin);
    return detail ?? refuseFrom(bulletinRouteRefusals, 'bulletin.gone', request, reply);
  });
  app.post('/api/bulletins', { config: editors, schema: { body: bulletinWrite, response: { 201: ok } } }, async (request, reply) => {
    const { person } = personOf(request);
    if (!(await desk().mayPublishFor(person, request.body.units)))
      return refuseFrom(bulletinRouteRefusals, 'bulletin.foreign-unit', request, reply);
    const refusal = await desk().write(person, request.body);
    return refusal === undefined ? reply.code(201).send({ ok: true as const }) : refuseDomain(request, reply, refusal, 422);
  });
  const change = { config: editors, schema: { params: byId, body: bulletinChange, response: { 200: ok } } };
  app.post('/api/bulletins/:bulletin', change, async (request, reply) => {
    const answer = await desk().change(personOf(request).person, request.params.bulletin, request.body.do);
    if (answer === 'gone') return refuseFrom(bulletinRouteRefusals, 'bulletin.gone', request, reply);
    if (answer === 'foreign') return refuseFrom(bulletinRouteRefusals, 'bulletin.foreign-unit', request, reply);
    return isRefusal(answer) ? refuseDomain(request, reply, answer) : { ok: true as const };
  });
}
