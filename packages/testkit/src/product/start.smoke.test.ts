import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { signIn } from '../console-client.ts';
import { boardOf, callsOf, House } from './house.ts';
import { databaseProcessOf, untilNothingRuns, voiceProcessOf } from './processes-of.ts';

/** What a stop may take, and a voice process that waits a moment for its controller. */
const stopMs = 10_000;

describe('the demo', () => {
  let house: House;
  beforeAll(async () => {
    house = await House.open();
  }, 180_000);
  afterAll(() => house?.close(), 30_000);

  test('is healthy and plays a call on the board, with verdicts, within 40 s', async () => {
    const health = await fetch(`${house.base}/api/health`);
    expect([health.status, await health.json()]).toEqual([200, expect.objectContaining({ product: 'threerings', ok: true })]);
    const leader = await house.signIn('0103');
    const judged = async () =>
      (await boardOf(leader)).calls.some(({ origin, kept, broken }) => origin === 'replay' && kept > 0 && broken > 0);
    await expect.poll(judged, { timeout: 40_000, interval: 250 }).toBe(true);
    const page = await fetch(`${house.base}/`);
    expect(await page.text()).toContain('<div id="');
  });

  test('started again it has its people, its calls and its board', async () => {
    const administrator = await house.signIn('0001');
    const person = { agent: '0700', login: '0700', name: '新人', unit: 'team-1', roles: ['agent'], password: 'a quiet afternoon' };
    expect(await administrator.send('POST', '/api/people', person)).toMatchObject({ status: 201 });
    const before = await callsOf(await house.signIn('0103'));
    expect(before.length).toBeGreaterThan(0);

    house.product.process.child.kill('SIGINT');
    expect(await house.product.process.ended).toBe(0);
    await untilNothingRuns(house.folder, stopMs);
    await house.start();

    await signIn(house.base, '0700', 'a quiet afternoon');
    const leader = await house.signIn('0103');
    const after = await callsOf(leader);
    for (const { interaction, startedAt } of before) expect(after).toContainEqual(expect.objectContaining({ interaction, startedAt }));
    expect((await boardOf(leader)).queues[0]?.today.offered).toBeGreaterThanOrEqual(before.length);
  });

  test.each(['SIGINT', 'SIGTERM', 'SIGKILL'] as const)('%s leaves no process behind', async (signal) => {
    if (voiceProcessOf(house.folder) === undefined) await house.start();
    expect(databaseProcessOf(house.folder)).toBeGreaterThan(1);
    house.product.process.child.kill(signal);
    expect(await house.product.process.ended).toBe(signal === 'SIGKILL' ? 'SIGKILL' : 0);
    await untilNothingRuns(house.folder, stopMs);
  });
});
