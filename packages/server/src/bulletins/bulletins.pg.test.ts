import type { BulletinDetail, BulletinView } from '@threerings/core/wire/bulletins';
import { mattersHouse } from '@threerings/testkit/matters';
import { testDatabase } from '@threerings/testkit/test-database';
import { expect, test } from 'vitest';

const database = await testDatabase();
const { shell, parts, clock, settled } = await mattersHouse(database);
const hour = 3_600_000;

type Role = Parameters<typeof shell.cookieOf>[0];
async function ask<Body = never>(who: Role, method: 'GET' | 'POST', url: string, body?: object) {
  const given = await shell.request(method, url, { as: await shell.cookieOf(who), body });
  await settled();
  return { status: given.status, body: given.body as Body, refused: (given.body as { refused?: string } | undefined)?.refused };
}
const bulletin = (id: string, given: object = {}) => ({
  bulletin: id,
  kind: 'briefing',
  title: '今日早会',
  body: '社保系统 10 点维护一小时，来电先登记。',
  units: ['centre'],
  mustRead: true,
  validFrom: clock.now(),
  validUntil: clock.now() + 8 * hour,
  ...given,
});
const seenBy = async (who: Role, view = 'current') =>
  (await ask<BulletinView[]>(who, 'GET', `/api/bulletins?view=${view}`)).body.map(({ bulletin: id, version }) => `${id} ${version}`);

test('a briefing is seen once it is published, read by name, and read again when it was changed', async () => {
  expect((await ask('agent', 'POST', '/api/bulletins', bulletin('b1'))).status).toBe(403);
  expect((await ask('leader', 'POST', '/api/bulletins', bulletin('b1', { body: ' ' }))).refused).toBe('bulletin.no-text');
  expect((await ask('leader', 'POST', '/api/bulletins', bulletin('b1', { validUntil: clock.now() }))).refused).toBe('bulletin.validity');
  expect((await ask('leader', 'POST', '/api/bulletins', bulletin('b1', { units: ['moon'] }))).refused).toBe('bulletin.foreign-unit');
  expect((await ask('leader', 'POST', '/api/bulletins', bulletin('b1'))).status).toBe(201);
  expect([await seenBy('agent'), await seenBy('leader', 'all')]).toEqual([[], ['b1 1']]);
  expect((await ask('agent', 'POST', '/api/bulletins/b1/read', { version: 1 })).refused).toBe('bulletin.gone');
  expect((await ask('leader', 'POST', '/api/bulletins/b1', { do: 'publish' })).status).toBe(200);
  expect(await seenBy('agent')).toEqual(['b1 1']);
  for (const _ of [1, 2]) expect((await ask('agent', 'POST', '/api/bulletins/b1/read', { version: 1 })).status).toBe(200);
  const detail = (await ask<BulletinDetail>('leader', 'GET', '/api/bulletins/b1')).body;
  expect(detail.view.reading?.read).toBe(1);
  expect(detail.readers.at(-1)).toEqual({ agent: 'agent', name: expect.any(String), at: clock.now() });
  expect(detail.readers[0]?.at).toBeUndefined();

  await ask('leader', 'POST', '/api/bulletins', bulletin('b1', { body: '维护改到 11 点。' }));
  expect(await seenBy('agent')).toEqual([]);
  await ask('leader', 'POST', '/api/bulletins/b1', { do: 'publish' });
  expect((await ask<BulletinView[]>('agent', 'GET', '/api/bulletins')).body).toMatchObject([{ version: 2, body: '维护改到 11 点。' }]);
  expect((await ask<BulletinView[]>('agent', 'GET', '/api/bulletins')).body[0]?.readAt).toBeUndefined();
  expect((await ask('agent', 'POST', '/api/bulletins/b1/read', { version: 1 })).refused).toBe('bulletin.gone');
});

test('the hotline knows who must read what, until it is withdrawn or over', async () => {
  const required = () => parts.floor.hotline.briefings.map(({ bulletin: id, version, agents }) => [id, version, agents.includes('agent')]);
  expect(required()).toEqual([['b1', 2, true]]);
  await ask('operations', 'POST', '/api/bulletins', bulletin('b2', { units: [], mustRead: false, kind: 'news' }));
  await ask('operations', 'POST', '/api/bulletins/b2', { do: 'publish' });
  expect(required()).toEqual([['b1', 2, true]]);
  expect(await seenBy('department')).toEqual(['b1 2', 'b2 1']);
  expect((await ask('leader', 'POST', '/api/bulletins/b1', { do: 'withdraw' })).status).toBe(200);
  expect(required()).toEqual([]);
  expect((await ask('leader', 'POST', '/api/bulletins', bulletin('b1'))).refused).toBe('bulletin.settled');
  expect((await ask('leader', 'POST', '/api/bulletins/b1', { do: 'publish' })).refused).toBe('bulletin.settled');
  const { body } = await ask<{ action: string; about: string }[]>('administrator', 'GET', '/api/audit');
  expect(JSON.stringify(body)).toContain('bulletin.withdrawn');
});
