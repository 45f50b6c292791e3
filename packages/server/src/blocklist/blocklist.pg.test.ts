import type { BlocklistView } from '@threerings/core/wire/blocklist';
import { mattersHouse, mattersOpen } from '@threerings/testkit/matters';
import { testDatabase } from '@threerings/testkit/test-database';
import { expect, test } from 'vitest';
import { forgetNumbers } from './blocklist-read-model.ts';

const database = await testDatabase();
const { shell, parts, matters, clock, settled } = await mattersHouse(database);
const dayMs = 86_400_000;
const soon = mattersOpen + 7 * dayMs;

async function ask(who: Parameters<typeof shell.cookieOf>[0], method: 'GET' | 'POST', url: string, body?: object) {
  const answer = await shell.request(method, url, { as: await shell.cookieOf(who), ...(body === undefined ? {} : { body }) });
  return { status: answer.status, body: answer.body as { refused?: string } };
}
const block = (more: object) => ({
  entry: 'block-0001',
  number: '138 0013 8000',
  reason: '反复骚扰坐席',
  offer: 'end',
  until: soon,
  ...more,
});
const arrival = (number: string) =>
  ({ kind: 'caller-arrived', interaction: 'i', channel: 'phone', called: '12333', number, at: clock.now() }) as const;
const view = async () => (await ask('leader', 'GET', '/api/blocklist')).body as unknown as BlocklistView;

test('a number is blocked with reason and end, once, and only by who may; every way of writing it is the same number', async () => {
  expect((await ask('agent', 'POST', '/api/blocklist', block({}))).status).toBe(403);
  for (const [more, refused] of [
    [{ until: mattersOpen - 1 }, 'blocklist.until'],
    [{ until: mattersOpen + 400 * dayMs }, 'blocklist.until'],
    [{ number: '12110' }, 'blocklist.never'],
  ] as const)
    expect((await ask('leader', 'POST', '/api/blocklist', block(more))).body.refused).toBe(refused);
  expect((await ask('leader', 'POST', '/api/blocklist', block({}))).status).toBe(201);
  expect((await ask('leader', 'POST', '/api/blocklist', block({}))).status).toBe(201);
  const twice = await ask('leader', 'POST', '/api/blocklist', block({ entry: 'block-0002', number: '+8613800138000' }));
  expect(twice.body.refused).toBe('blocklist.twice');
  expect((await view()).entries).toMatchObject([{ entry: 'block-0001', number: '****8000', by: 'leader', calls: 0, until: soon }]);
  expect(parts.blocklist.known(arrival('008613800138000'))).toMatchObject({ blocked: { entry: 'block-0001', offer: 'end' } });
  expect(parts.blocklist.known(arrival('13800138001'))).not.toHaveProperty('blocked');
  expect(parts.blocklist.known({ ...arrival('13800138000'), at: soon })).not.toHaveProperty('blocked');
  const audited = JSON.stringify(await shell.audit.entries(0, 10));
  expect(audited).toContain('blocklist.added');
  expect(audited).not.toContain('8000');
});

test('a call of that number is told so, rings nobody, and is counted at its entry', async () => {
  await parts.floor.tell({ ...arrival('13800138000'), interaction: 'blocked-1' });
  await parts.floor.tell({ kind: 'caller-connected', interaction: 'blocked-1', at: clock.now() });
  await settled();
  await clock.advance(1000, settled);
  const told = (await parts.events.loadInteraction('blocked-1')).map(({ type }) => type);
  expect(told).toContain('call.blocked');
  await expect.poll(async () => (await view()).entries[0]?.calls, { timeout: 10_000 }).toBe(1);
});

test('a leader lets the number through again, with a note; much later nothing is left of the number', async () => {
  const release = (note: string) => ask('leader', 'POST', '/api/blocklist/block-0001/release', { note });
  expect((await release('误登，已向来电人致歉')).status).toBe(200);
  expect((await release('误登，已向来电人致歉')).body.refused).toBe('blocklist.gone');
  expect(parts.blocklist.known(arrival('13800138000'))).not.toHaveProperty('blocked');
  expect((await view()).entries[0]?.released).toMatchObject({ by: 'leader' });
  await forgetNumbers(database.db, parts.vault, clock.now() + dayMs);
  expect((await view()).entries[0]?.number).toBe('****');
});

test('a table of numbers is looked at first, then written as a whole; what stands already stays', async () => {
  const send = async (text: string, apply?: string) => {
    const as = await shell.cookieOf('leader');
    const query = new URLSearchParams({ file: 'numbers.csv', ...(apply === undefined ? {} : { apply }) });
    const answer = await shell.app.inject({
      method: 'POST',
      url: `/api/imports/blocklist?${query}`,
      headers: {
        host: 'localhost:8080',
        origin: shell.origin,
        cookie: as.cookie,
        'x-csrf-token': as.csrf,
        'content-type': 'application/octet-stream',
      },
      payload: Buffer.from(text),
    });
    return answer.json<{ digest: string; applied: boolean; counts: object; faults: { line: number; head: string }[] }>();
  };
  const wrong = await send('号码,原因,截止日期\n119,恶意占线,2026-12-31\n13900139000,恶意占线,2030-01-01\n');
  expect(wrong.faults.map(({ line, head }) => [line, head])).toEqual([
    [2, '号码'],
    [3, '截止日期'],
  ]);
  const good = '号码,原因,截止日期,处理\n13900139000,恶意占线,2026-12-31,挂断\n+86 139 0013 9001,恶意占线,2026-12-31,\n';
  const looked = await send(good);
  expect(looked).toMatchObject({ applied: false, counts: { fresh: 2 }, faults: [] });
  expect(await send(good, looked.digest)).toMatchObject({ applied: true });
  expect(await send(good)).toMatchObject({ counts: { fresh: 0, same: 2 } });
  expect(parts.blocklist.known(arrival('13900139000'))).toMatchObject({ blocked: { offer: 'end' } });
  expect(matters.day.blocklist.parts.list).toBe(parts.blocklist);
});
