import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Baresip, startBaresip } from '../baresip.ts';
import type { ConsoleClient } from '../console-client.ts';
import { type FunAsrServer, startFunAsrServer } from '../funasr-server.ts';
import { writeSpoken } from '../spoken.ts';
import { lacks } from '../tools.ts';
import { AgentDesk } from './agent-desk.ts';
import { callOf, House } from './house.ts';

/** A sentence of two seconds every four seconds. */
const sentences = Array.from({ length: 20 }, (_, i) => ({ from: 0.5 + 4 * i, to: 2.5 + 4 * i }));

let folder: string;
let server: FunAsrServer;
let house: House;
let leader: ConsoleClient;
let desk: AgentDesk;
let caller: Baresip;

beforeAll(async () => {
  if (lacks('baresip')) return;
  folder = mkdtempSync(path.join(os.tmpdir(), 'threerings-words-'));
  server = await startFunAsrServer();
  house = await House.open({ THREERINGS_RECOGNISER: 'funasr', THREERINGS_RECOGNISER_URL: server.url });
  leader = await house.signIn('0103');
  desk = await AgentDesk.open(house.base, '0217', 0);
  await desk.beginShift();
  caller = await startBaresip(writeSpoken(path.join(folder, 'caller.wav'), 80, sentences));
}, 180_000);
afterAll(async () => {
  await caller?.stop();
  desk?.close();
  await house?.close();
  await server?.stop();
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
}, 30_000);

describe.skipIf(lacks('baresip'))('a call with speech recognition', () => {
  test('has its words on the desk and in its timeline by reference, and a gap while the recogniser was away', async () => {
    caller.dial(`sip:12333@127.0.0.1:${house.sipPort}`);
    const { interaction } = await desk.answered();
    const view = await desk.until(({ call }) => (call?.transcript.length ?? 0) >= 2, 40_000);
    expect(view.call?.transcribed).toBe(true);
    expect(view.call?.transcript.map(({ by, text }) => `${by} ${text}`)).toEqual(
      expect.arrayContaining(['customer 第1句话', 'customer 第2句话']),
    );

    await server.drop();
    const eventsNow = async () => (await callOf(leader, interaction)).events;
    const gaps = async (type: string) =>
      (await eventsNow()).filter((event) => event.type === type && event.source === 'speech.customer').length;
    await expect.poll(() => gaps('source.gap-started'), { timeout: 30_000, interval: 500 }).toBe(1);
    await server.open();
    await expect.poll(() => gaps('source.gap-ended'), { timeout: 30_000, interval: 500 }).toBe(1);
    const before = desk.view?.call?.transcript.length ?? 0;
    await desk.until(({ call }) => (call?.transcript.length ?? 0) > before, 20_000);

    caller.hangUp();
    await desk.until(({ wrapUp }) => wrapUp?.interaction === interaction);
    await expect
      .poll(async () => (await eventsNow()).filter(({ type }) => type === 'source.ended').map(({ source }) => source), { timeout: 30_000 })
      .toEqual(expect.arrayContaining(['audio', 'speech.agent', 'speech.customer']));
    const said = (await eventsNow()).filter(({ type }) => type === 'speech.said');
    for (const { by, fields } of said) {
      expect([by, fields['engine'], fields['chars']]).toEqual(['customer', 'funasr', 3]);
      expect(String(fields['text'])).toMatch(/^vault:/);
      expect(Number(fields['end']) - Number(fields['start'])).toBeLessThan(2600);
    }
    expect(said.map(({ fields }) => fields['ordinal'])).toEqual(said.map((_, i) => i + 1));
  });
});
