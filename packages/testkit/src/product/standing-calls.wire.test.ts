import { setTimeout as sleep } from 'node:timers/promises';
import type { DeskCommand } from '@threerings/core/wire/desk';
import type { InteractionDetail } from '@threerings/core/wire/interactions';
import { Phone } from '@threerings/voice/fake/phone';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ConsoleClient } from '../console-client.ts';
import { AgentDesk } from './agent-desk.ts';
import { callOf, callsOf, House } from './house.ts';
import { gistOf, judgedOutside } from './judged-outside.ts';
import { processesOf, untilNothingRuns, voiceProcessOf } from './processes-of.ts';

const runs = Number(process.env['THREERINGS_RUNS'] ?? 1);
const rounds = runs === 1 ? 1 : 2 * runs;
const callers = 20;
const extraAgents = ['0601', '0602', '0603', '0604', '0605'];
const extraPassword = 'a quiet afternoon';
const loud = 1500;
const soon = { timeout: 30_000, interval: 100 };

let house: House;
const phones: Phone[] = [];
const desks: AgentDesk[] = [];
beforeEach(async () => {
  house = await House.open({ THREERINGS_GRACE: '20s' });
}, 120_000);
afterEach(async () => {
  for (const desk of desks.splice(0)) desk.close();
  await Promise.all(phones.splice(0).map((phone) => phone.close()));
  await house.close();
}, 60_000);

async function staffUp(): Promise<void> {
  const administrator = await house.signIn('0001');
  for (const login of extraAgents) {
    const person = { agent: login, login, name: `坐席 ${login}`, unit: 'team-1', roles: ['agent'], password: extraPassword };
    expect(await administrator.send('POST', '/api/people', person)).toMatchObject({ status: 201 });
  }
}

async function dial(says: number): Promise<Phone> {
  const phone = await Phone.open({ says });
  phones.push(phone);
  phone.dial(`sip:12333@127.0.0.1:${house.sipPort}`);
  return phone;
}

const stands = (phone: Phone) => phone.diary.includes('answered') && !phone.diary.some((line) => line.startsWith('ended'));
/** Packets that each phone was sent so far: music has pauses, its packets have none. */
const packets = () => phones.map((phone) => phone.audio.sequences.length);
/** What was heard is certain a second later, and then takes its place among what was told before. */
const types = ({ events }: InteractionDetail) => events.filter(({ source }) => source !== 'audio').map(({ type }) => type);

interface Talk {
  readonly desk: AgentDesk;
  readonly interaction: string;
}

/** Every agent answers one call. */
async function answerAll(agents: readonly string[]): Promise<Talk[]> {
  const talks: Talk[] = [];
  for (const [i, login] of agents.entries()) {
    const password = extraAgents.includes(login) ? extraPassword : undefined;
    const desk = await AgentDesk.open(house.base, login, 500 + 100 * i, password);
    desks.push(desk);
    await desk.beginShift();
    talks.push({ desk, interaction: (await desk.answered()).interaction });
  }
  return talks;
}

/** As answerAll; the first puts his caller on hold. */
async function talkAll(agents: readonly string[]): Promise<Talk[]> {
  const talks = await answerAll(agents);
  const [first] = talks;
  if (first === undefined) throw new Error('nobody talks');
  await first.desk.do({
    kind: 'hold',
    interaction: first.interaction,
    reason: 'lookup',
    limitMs: 120_000,
    consent: true,
    override: '已口头说明',
  });
  return talks;
}

/** Works at a desk until the server is gone, and counts the commands that were answered. */
function workUntilGone({ desk, interaction }: Talk): { answered: number; readonly gone: Promise<void> } {
  const work = { answered: 0, gone: Promise.resolve() };
  const ask = async () => {
    for (;;) {
      const command: DeskCommand = { kind: 'mute', interaction, on: work.answered % 2 === 0 };
      const status = await desk.ask(command).then(
        (answer) => answer.status,
        () => undefined,
      );
      if (status !== 200) return;
      work.answered += 1;
    }
  };
  work.gone = ask();
  return work;
}

async function everyCall(leader: ConsoleClient): Promise<InteractionDetail[]> {
  const rows = await callsOf(leader, '&origin=live');
  return Promise.all(rows.map((row) => callOf(leader, row.interaction)));
}

describe('the server is killed while twenty calls stand', () => {
  test.each(Array.from({ length: rounds }, (_, i) => i + 1))(
    'round %i: sound goes on, every call is taken up again, and nothing that was answered is lost',
    async (round) => {
      await staffUp();
      for (let i = 0; i < callers; i++) await dial(400);
      await expect.poll(() => phones.filter(stands).length, soon).toBe(callers);
      const leader = await house.signIn('0103');
      const talks = await talkAll(['0217', '0209', ...extraAgents]);
      const [held, busy] = talks;
      if (held === undefined || busy === undefined) throw new Error('nobody talks');
      for (const { desk } of talks.slice(1)) await expect.poll(() => desk.phone.audio.hears(400), soon).toBeGreaterThan(loud);
      const before = await everyCall(leader);
      expect(before).toHaveLength(callers);

      // One more caller is hearing the notice, and one agent is at work, when it happens.
      const late = await dial(400);
      await expect.poll(() => stands(late), soon).toBe(true);
      const work = workUntilGone(busy);
      await expect.poll(() => work.answered, soon).toBeGreaterThan(0);
      await sleep(100 + 150 * (round % 4));
      const voice = voiceProcessOf(house.folder);
      await house.kill();
      await work.gone;

      // Nobody listens now but the voice process.
      const sent = packets();
      for (const { desk } of talks) desk.phone.audio.forget();
      await sleep(500);
      expect(phones.filter(stands)).toHaveLength(callers + 1);
      for (const { desk } of talks.slice(2)) expect(desk.phone.audio.hears(400)).toBeGreaterThan(loud);
      expect(packets().filter((now, i) => now > (sent[i] ?? 0))).toHaveLength(callers + 1);

      await house.start();
      expect(voiceProcessOf(house.folder)).toBe(voice);
      for (const { desk } of talks) await desk.comeBack();
      expect(phones.filter(stands)).toHaveLength(callers + 1);
      const after = await everyCall(await house.signIn('0103'));
      expect(after).toHaveLength(callers + 1);
      for (const call of after) {
        expect(call.row.endedAt).toBeUndefined();
        const gap = call.events.find(({ type, fields }) => type === 'source.gap-started' && fields['source'] === 'telephony');
        expect(gap).toMatchObject({ fields: { reason: 'engine-down' } });
        const earlier = before.find(({ interaction }) => interaction === call.interaction);
        const told = types(earlier ?? call);
        expect(types(call).slice(0, told.length)).toEqual(told);
      }
      const worked = after.find(({ interaction }) => interaction === busy.interaction);
      const muted = types(worked as InteractionDetail).filter((type) => type.startsWith('mute.')).length;
      expect([work.answered, work.answered + 1]).toContain(muted);

      await goOn(talks, late);
    },
    180_000,
  );

  test('a caller who hangs up meanwhile is found to be gone, and the others are not', async () => {
    for (let i = 0; i < 3; i++) await dial(400);
    await expect.poll(() => phones.filter(stands).length, soon).toBe(3);
    const [talk] = await answerAll(['0217']);
    if (talk === undefined) throw new Error('nobody talks');
    await talk.desk.until((view) => view.call?.recording === true);
    await expect.poll(() => phones.filter((phone) => phone.audio.hears(500) > loud).length, soon).toBe(1);
    const leaving = phones.find((phone) => phone.audio.hears(500) > loud);
    if (leaving === undefined) throw new Error('nobody hears the agent any more');
    await house.kill();
    leaving.hangUp();
    await sleep(300);
    await house.start();
    const leader = await house.signIn('0103');
    await expect.poll(async () => (await callOf(leader, talk.interaction)).row.endedAt, soon).toBeDefined();
    expect(types(await callOf(leader, talk.interaction))).toContain('call.dropped');
    await expect.poll(async () => types(await callOf(leader, talk.interaction)), soon).toContain('recording.stopped');
    expect((await callOf(leader, talk.interaction)).recording?.durationMs).toBeGreaterThan(0);
    expect((await everyCall(leader)).filter(({ row }) => row.endedAt === undefined)).toHaveLength(2);
    expect(phones.filter(stands)).toHaveLength(2);
  }, 120_000);

  test('and does not come back: after the grace time the calls are ended and no process is left', async () => {
    await house.close();
    house = await House.open({ THREERINGS_GRACE: '2s' });
    for (let i = 0; i < 3; i++) await dial(400);
    await expect.poll(() => phones.filter(stands).length, soon).toBe(3);
    await house.kill();
    expect(phones.filter(stands)).toHaveLength(3);
    await expect.poll(() => phones.filter(stands).length, soon).toBe(0);
    await untilNothingRuns(house.folder, 5000);
    expect(processesOf(house.folder)).toEqual([]);
  }, 120_000);
});

/** After the restart: hold and talk work, hanging up works, who waited is answered, and everything is closed in the end. */
async function goOn(talks: readonly Talk[], late: Phone): Promise<void> {
  const [held, ...others] = talks;
  if (held === undefined) throw new Error('nobody talks');
  const leader = await house.signIn('0103');
  await held.desk.do({ kind: 'resume', interaction: held.interaction });
  await expect.poll(() => held.desk.phone.audio.hears(400), soon).toBeGreaterThan(loud);
  for (const { desk, interaction } of others) {
    await desk.until((view) => view.call?.interaction === interaction);
    await desk.until((view) => view.call?.mediaConnected === true);
  }
  // Its notice was cut off: it is told again, and then waits like the others.
  await expect
    .poll(async () => (await everyCall(leader)).filter((call) => types(call).includes('call.queued')).length, soon)
    .toBe(callers + 1);
  const sent = late.audio.sequences.length;
  await expect.poll(() => late.audio.sequences.length, soon).toBeGreaterThan(sent);
  for (const phone of phones) phone.hangUp();
  await expect.poll(async () => (await everyCall(leader)).filter(({ row }) => row.endedAt === undefined).length, soon).toBe(0);
  for (const { desk, interaction } of talks) {
    await desk.until((view) => view.wrapUp?.interaction === interaction);
    await desk.do({ kind: 'finish-wrap-up', interaction });
    const call = await callOf(leader, interaction);
    await expect.poll(async () => types(await callOf(leader, interaction)), soon).toContain('recording.stopped');
    expect(call.events.find(({ type }) => type === 'call.ended')?.fields).toMatchObject({ side: 'customer', outcome: 'normal' });
  }
  // Judged live across the gap as it is judged from its timeline.
  const outside = await judgedOutside(house.folder, held.interaction);
  expect(outside.length).toBeGreaterThan(0);
  expect(gistOf((await callOf(leader, held.interaction)).verdicts)).toEqual(outside);
  // Everybody is free again: the next caller is answered.
  const next = await dial(400);
  await expect.poll(() => stands(next), soon).toBe(true);
  const rung = await Promise.race(talks.map(({ desk }) => desk.answered()));
  expect(rung.mediaConnected).toBe(true);
  next.hangUp();
}
