import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import { Phone } from '@threerings/voice/fake/phone';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { freePort } from '../baresip.ts';
import { type ConsoleClient, signIn } from '../console-client.ts';
import type { Running } from '../processes.ts';
import { AgentDesk } from './agent-desk.ts';
import { buildProduct, startCommand, threerings } from './command.ts';
import { untilNothingRuns, voiceProcessOf } from './processes-of.ts';

/** `nobody`: serve refuses root, and initdb wants a user whom the system knows. */
const someone = process.getuid?.() === 0 ? { as: 65_534 } : {};
const password = 'a quiet afternoon';
const loud = 1500;
const soon = { timeout: 30_000, interval: 100 };

let folder: string;
let data: string;
let ports: readonly [web: number, sip: number];
let server: Running | undefined;
let desk: AgentDesk | undefined;
let phone: Phone | undefined;
beforeEach(async () => {
  folder = mkdtempSync('/tmp/tr-serve-');
  chmodSync(folder, 0o777);
  data = path.join(folder, 'data');
  ports = [await freePort(), await freePort()];
  await buildProduct();
}, 120_000);
afterEach(async () => {
  desk?.close();
  await phone?.close();
  await server?.stop();
  await untilNothingRuns(folder, 10_000);
  rmSync(folder, { recursive: true, force: true });
}, 40_000);

async function serve(): Promise<string> {
  const [web, sip] = ports;
  const named = ['--hotline-name', '某市热线', '--hotline-number', '12345'];
  server = startCommand(['serve', ...named, '--data', data, '--port', String(web), '--sip-port', String(sip), '--grace', '20s'], someone);
  await server.prints(/is ready at/, 60_000);
  return `http://127.0.0.1:${web}`;
}

/** The first administrator by command, then a unit and an agent by the console. */
async function staffUp(base: string): Promise<void> {
  expect(await threerings(['admin', 'create', '--login', 'chief', '--data', data], { ...someone, input: `${password}\n` })).toMatchObject({
    ended: 0,
  });
  const chief: ConsoleClient = await signIn(base, 'chief', password);
  const { body } = await chief.get('/api/units');
  const [unit] = body as { unit: string }[];
  expect(unit).toBeDefined();
  const person = { agent: '8001', login: '8001', name: '坐席', unit: unit?.unit, roles: ['agent'], password };
  expect(await chief.send('POST', '/api/people', person)).toMatchObject({ status: 201 });
}

describe('serve is stopped and started again while a call stands', () => {
  test('the call goes on without it, is taken up again, and can be ended', async () => {
    const base = await serve();
    await staffUp(base);
    desk = await AgentDesk.open(base, '8001', 700, password);
    // The router learns of new people within seconds.
    await expect.poll(async () => (await desk?.ask({ kind: 'sign-in-shift' }))?.status, soon).toBe(200);
    await desk.beReady();
    phone = await Phone.open({ says: 400 });
    phone.dial(`sip:12345@127.0.0.1:${ports[1]}`);
    const { interaction } = await desk.answered();
    const hears = () => desk?.phone.audio.hears(400) ?? 0;
    await expect.poll(hears, soon).toBeGreaterThan(loud);

    const voice = voiceProcessOf(data);
    expect(await server?.stop('SIGTERM')).toBe(0);
    expect(voiceProcessOf(data)).toBe(voice);
    desk.phone.audio.forget();
    await expect.poll(hears, soon).toBeGreaterThan(loud);

    await serve();
    await desk.comeBack();
    await desk.until((view) => view.call?.interaction === interaction && view.call.mediaConnected);
    await desk.do({ kind: 'hold', interaction, reason: 'lookup', limitMs: 30_000, consent: true, override: '已口头说明' });
    await expect.poll(hears, soon).toBeLessThan(100);
    await desk.do({ kind: 'resume', interaction });
    await expect.poll(hears, soon).toBeGreaterThan(loud);
    phone.hangUp();
    await desk.until((view) => view.wrapUp?.interaction === interaction);
    await desk.do({ kind: 'finish-wrap-up', interaction });
    // Without calls a stop ends the voice process as well.
    expect(await server?.stop('SIGTERM')).toBe(0);
    await untilNothingRuns(folder, 5000);
  }, 180_000);
});
