import { setTimeout as sleep } from 'node:timers/promises';
import { Phone } from '@threerings/voice/fake/phone';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { AgentDesk } from './agent-desk.ts';
import { boardOf, callOf, callsOf, House } from './house.ts';
import { databaseProcessOf, untilNothingRuns, voiceProcessOf } from './processes-of.ts';

const rounds = Array.from({ length: Number(process.env['THREERINGS_RUNS'] ?? 1) }, (_, i) => i + 1);
const loud = 1500;
const soon = { timeout: 30_000, interval: 100 };

let house: House;
let phones: Phone[] = [];
const desks: AgentDesk[] = [];
beforeEach(async () => {
  house = await House.open();
}, 120_000);
afterEach(async () => {
  for (const desk of desks.splice(0)) desk.close();
  await Promise.all(phones.splice(0).map((phone) => phone.close()));
  await house.close();
}, 60_000);

async function dial(): Promise<Phone> {
  const phone = await Phone.open({ says: 400 });
  phones = [...phones, phone];
  phone.dial(`sip:12333@127.0.0.1:${house.sipPort}`);
  return phone;
}

async function atWork(login: string): Promise<AgentDesk> {
  const desk = await AgentDesk.open(house.base, login, 700);
  desks.push(desk);
  await desk.beginShift();
  return desk;
}

function killed(pid: number | undefined): void {
  if (pid === undefined) throw new Error('there is no such process to kill');
  process.kill(pid, 'SIGKILL');
}

describe('the voice process is killed', () => {
  test('its calls are reported lost to timeline and desk, it is started again, and the next call works', async () => {
    const desk = await atWork('0217');
    await dial();
    const { interaction } = await desk.answered();
    await desk.until((view) => view.call?.recording === true);
    await expect.poll(() => desk.phone.audio.hears(400), soon).toBeGreaterThan(loud);
    await dial();
    const leader = await house.signIn('0103');
    await expect.poll(async () => (await boardOf(leader)).queues[0]?.waitingSince.length, soon).toBe(1);

    const before = voiceProcessOf(house.folder);
    killed(before);
    const { wrapUp } = await desk.until((view) => view.wrapUp?.interaction === interaction);
    expect(wrapUp).toBeDefined();
    await expect.poll(() => voiceProcessOf(house.folder), soon).not.toBe(before);
    const rows = await callsOf(leader, '&origin=live');
    expect(rows.map(({ outcome }) => outcome)).toEqual(['dropped', 'dropped']);
    const lost = await callOf(leader, interaction);
    expect(lost.events.find(({ type }) => type === 'call.dropped')).toMatchObject({ source: 'telephony' });
    // What was recorded up to then can be heard.
    await expect.poll(async () => (await callOf(leader, interaction)).recording?.durationMs, soon).toBeGreaterThan(500);

    await desk.do({ kind: 'finish-wrap-up', interaction });
    await desk.connectPhone();
    await desk.beReady();
    await dial();
    const next = await desk.answered();
    expect(next.interaction).not.toBe(interaction);
    await expect.poll(() => desk.phone.audio.hears(400), soon).toBeGreaterThan(loud);
    expect((await callsOf(leader, '&origin=live')).length).toBe(3);
  }, 120_000);
});

describe('the voice process is killed and the server is stopped', () => {
  test.each(rounds.length === 1 ? [0, 450] : [0, 250, 450, 700])(
    '%i ms later no process is left',
    async (ms) => {
      killed(voiceProcessOf(house.folder));
      await sleep(ms);
      house.product.process.child.kill('SIGTERM');
      expect(await house.product.process.ended).toBe(0);
      // Less than a voice process waits for its first controller.
      await untilNothingRuns(house.folder, 8000);
    },
    120_000,
  );
});

describe('the database is killed', () => {
  test.each(rounds)(
    'round %i: the server says so in one line and ends; what was answered is there after the next start',
    async () => {
      const desk = await atWork('0217');
      const phone = await dial();
      const { interaction } = await desk.answered();
      await desk.do({ kind: 'mute', interaction, on: true });
      const server = house.product.process;
      killed(databaseProcessOf(house.folder));
      const ended = await server.ended;
      const said = server.output().trim().split('\n');
      expect([ended, said.at(-1)], server.output()).toEqual([3, expect.stringMatching(/stopped: the database ended by itself/)]);
      await untilNothingRuns(house.folder, 10_000);
      expect(phone.diary.some((line) => line.startsWith('ended'))).toBe(true);

      await house.start();
      const leader = await house.signIn('0103');
      await expect.poll(async () => (await callOf(leader, interaction)).row.outcome, soon).toBe('dropped');
      const types = (await callOf(leader, interaction)).events.map(({ type }) => type);
      expect(types).toEqual(expect.arrayContaining(['call.answered', 'mute.on', 'source.gap-started', 'call.dropped', 'wrapup.started']));
    },
    120_000,
  );
});
