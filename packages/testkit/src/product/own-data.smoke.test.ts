import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { InteractionRow } from '@threerings/core/wire/interactions';
import { Phone } from '@threerings/voice/fake/phone';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { ConsoleClient } from '../console-client.ts';
import { AgentDesk } from './agent-desk.ts';
import { threerings } from './command.ts';
import { callOf, callsOf, House } from './house.ts';

const soon = { timeout: 30_000, interval: 100 };

/** As much of the list of calls as a restart may not change. */
const gist = (rows: readonly InteractionRow[]) =>
  rows.map(({ interaction, startedAt, agent, outcome }) => ({ interaction, startedAt, agent, outcome }));

async function oneCall(house: House): Promise<string> {
  const desk = await AgentDesk.open(house.base, '0217', 700);
  await desk.beginShift();
  const phone = await Phone.open({ says: 400 });
  phone.dial(`sip:12333@127.0.0.1:${house.sipPort}`);
  const { interaction } = await desk.answered();
  await vi.waitFor(() => expect(phone.audio.hears(700)).toBeGreaterThan(1500), soon);
  phone.hangUp();
  await desk.until((view) => view.wrapUp?.interaction === interaction);
  await desk.do({ kind: 'finish-wrap-up', interaction });
  await desk.do({ kind: 'sign-out-shift' });
  desk.close();
  await phone.close();
  return interaction;
}

async function recordingOf(leader: ConsoleClient, interaction: string) {
  const { recording } = await callOf(leader, interaction);
  const { status, body } = await leader.get(`/api/recordings/${recording?.recording}/peaks`);
  return { status, body };
}

describe('the command line on the data of the product', () => {
  let house: House;
  let folder: string;
  let interaction: string;
  let env: Record<string, string>;
  beforeAll(async () => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'threerings-own-'));
    house = await House.open();
    env = { THREERINGS_DATA: house.folder };
    interaction = await oneCall(house);
  }, 240_000);
  afterAll(async () => {
    await house?.close();
    rmSync(folder, { recursive: true, force: true });
  }, 30_000);

  test('about lists the versions of the native parts', async () => {
    const { ended, lines } = await threerings(['about'], { env });
    expect(ended).toBe(0);
    const all = lines.join('\n');
    for (const part of ['node', 'PostgreSQL', 'node-datachannel']) expect(all.toLowerCase()).toContain(part.toLowerCase());
  });

  test('history is whole, beside the running server, and held against an exported seal', async () => {
    expect(await threerings(['seal', 'export', '--to', folder], { env })).toMatchObject({ ended: 0 });
    const seals = readdirSync(folder).filter((name) => name.includes('seal'));
    expect(seals.length).toBeGreaterThan(0);
    const seal = path.join(folder, seals.sort().at(-1) ?? '');
    expect(await threerings(['verify', seal], { env })).toEqual({ ended: 0, lines: [expect.stringMatching(/ events, .* seals: whole$/)] });
  });

  test('a backup of the running server is restored elsewhere, and that product lists and plays the same calls', async () => {
    const file = path.join(folder, 'all.backup');
    const leader = await house.signIn('0103');
    const before = await callsOf(leader, '&origin=live');
    const sound = await recordingOf(leader, interaction);
    expect(sound).toMatchObject({ status: 200 });
    expect(await threerings(['backup', file], { env })).toEqual({ ended: 0, lines: [expect.stringMatching(/ rows, 1 recordings/)] });

    const other = await House.empty();
    try {
      expect(await threerings(['restore', file], { env: { THREERINGS_DATA: other.folder } })).toMatchObject({ ended: 0 });
      copyFileSync(path.join(house.folder, 'master.key'), path.join(other.folder, 'master.key'));
      await other.start();
      const there = await other.signIn('0103');
      expect(gist(await callsOf(there, '&origin=live'))).toEqual(gist(before));
      expect((await callOf(there, interaction)).events).toEqual((await callOf(leader, interaction)).events);
      expect(await recordingOf(there, interaction)).toEqual(sound);
      const again = await threerings(['restore', file], { env: { THREERINGS_DATA: other.folder } });
      expect(again).toEqual({ ended: 3, lines: [expect.stringContaining('in use')] });
    } finally {
      await other.close();
    }
  });

  test('a backup that was cut short restores nothing', async () => {
    const [file, cut, target] = [path.join(folder, 'all.backup'), path.join(folder, 'cut.backup'), path.join(folder, 'cut')];
    writeFileSync(cut, readFileSync(file).subarray(0, -100));
    mkdirSync(target);
    const answer = await threerings(['restore', cut], { env: { THREERINGS_DATA: target } });
    expect(answer.ended).toBe(1);
    expect(answer.lines).toHaveLength(1);
    expect(await threerings(['verify'], { env: { THREERINGS_DATA: target } })).toEqual({
      ended: 0,
      lines: [expect.stringMatching(/^0 streams, 0 events/)],
    });
  });
});
