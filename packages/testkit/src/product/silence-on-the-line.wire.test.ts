import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Baresip, startBaresip } from '../baresip.ts';
import type { ConsoleClient } from '../console-client.ts';
import { writeSpoken } from '../spoken.ts';
import { lacks } from '../tools.ts';
import { AgentDesk } from './agent-desk.ts';
import { callOf, House } from './house.ts';
import { processesOf } from './processes-of.ts';

/** The caller says something for two seconds and then nothing for four, twenty times; then baresip hangs up. */
const rounds = Array.from({ length: 20 }, (_, i) => ({ from: 0.5 + 6 * i, to: 2.5 + 6 * i }));

let folder: string;
let house: House;
let leader: ConsoleClient;
let desk: AgentDesk;
let caller: Baresip;

beforeAll(async () => {
  if (lacks('baresip')) return;
  folder = mkdtempSync(path.join(os.tmpdir(), 'threerings-silence-'));
  house = await House.open();
  leader = await house.signIn('0103');
  // An agent whose microphone is open and says nothing.
  desk = await AgentDesk.open(house.base, '0217', 0);
  await desk.beginShift();
  caller = await startBaresip(writeSpoken(path.join(folder, 'caller.wav'), 120, rounds));
}, 180_000);
afterAll(async () => {
  await caller?.stop();
  desk?.close();
  await house?.close();
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
}, 30_000);

const typesOf = async (interaction: string) => (await callOf(leader, interaction)).events.map(({ type }) => type);

describe.skipIf(lacks('baresip'))('a call on which somebody falls silent', () => {
  test('shows who spoke and when nobody did, and a gap while the listening process was dead', async () => {
    caller.dial(`sip:12333@127.0.0.1:${house.sipPort}`);
    const { interaction } = await desk.answered();
    const answeredAt = Date.now();
    const count = async (type: string) => (await typesOf(interaction)).filter((one) => one === type).length;
    await expect.poll(() => count('speech.silence-ended'), { timeout: 40_000, interval: 500 }).toBeGreaterThanOrEqual(2);

    const listening = processesOf(house.folder).filter(({ command }) => command.includes('speech/listener'));
    const before = (await callOf(leader, interaction)).events.length;
    expect(before).toBeLessThan(40 + (Date.now() - answeredAt) / 200);
    for (const { pid } of listening) process.kill(pid, 'SIGKILL');
    expect(listening).toHaveLength(1);
    await expect.poll(() => count('source.gap-ended'), { timeout: 30_000, interval: 500 }).toBe(1);
    const again = await count('speech.silence-started');
    await expect.poll(() => count('speech.silence-started'), { timeout: 30_000, interval: 500 }).toBeGreaterThan(again);

    caller.hangUp();
    await desk.until((view) => view.wrapUp?.interaction === interaction);
    await expect.poll(async () => (await typesOf(interaction)).includes('source.ended'), { timeout: 30_000 }).toBe(true);
    const { events } = await callOf(leader, interaction);
    const silences = events.filter(({ type }) => type === 'speech.silence-ended').map(({ fields }) => Number(fields['silence']));
    expect(silences.filter((ms) => ms > 3800 && ms < 4200).length).toBeGreaterThanOrEqual(1);
    const spoken = events.filter(({ type }) => type === 'speech.activity-ended');
    expect(new Set(spoken.map(({ by }) => by))).toEqual(new Set(['customer']));
    for (const { fields } of spoken) expect(Number(fields['speech'])).toBeLessThan(2600);
    expect(events.filter(({ source, type }) => source === 'audio' && type.startsWith('source.')).map(({ type }) => type)).toEqual([
      'source.started',
      'source.gap-started',
      'source.gap-ended',
      'source.ended',
    ]);
  });
});
