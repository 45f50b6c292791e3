import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type AsteriskServer, startAsterisk } from '@threerings/testkit/asterisk';
import { lacksAsterisk } from '@threerings/testkit/tools';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { AsteriskRig } from '../fake/asterisk-rig.ts';
import { EventDiary } from '../fake/diary.ts';
import { Phone } from '../fake/phone.ts';
import { decodingTable } from '../media/g711.ts';
import { amplitudeOf } from '../media/tone.ts';
import { readWav } from '../media/wav.ts';
import type { Voice, VoiceCommand } from '../port.ts';
import { type VoiceHarness, voiceContract } from '../port-contract.ts';
import { LoopbackBrowser } from '../webrtc/loopback-browser.ts';
import { AsteriskVoice } from './engine.ts';

const LOUD = 4000;
const SILENT = 100;
const browsers: LoopbackBrowser[] = [];
const phones: Phone[] = [];
let server: AsteriskServer;
let rig: AsteriskRig;
let voice: Voice;
let callee: Phone;

const soon = { timeout: 10_000, interval: 20 };
const heard = (samples: () => number) => expect.poll(samples, soon);

async function call(says = 400): Promise<Phone> {
  const phone = await Phone.open({ says });
  phones.push(phone);
  phone.dial(`sip:12345@127.0.0.1:${server.sipPort}`);
  return phone;
}

function harnessFor(connected: Voice): VoiceHarness {
  const callers = new Map<string, Phone>();
  const waiting: Phone[] = [];
  connected.listen((event) => {
    const phone = event.kind === 'leg-arrived' ? waiting.shift() : undefined;
    if (event.kind === 'leg-arrived' && phone !== undefined) callers.set(event.leg, phone);
  });
  return {
    voice: connected,
    uri: callee.uri,
    freshFile: () => path.join(rig.gateway.directory, `${randomUUID()}.wav`),
    async arrive() {
      waiting.push(await call());
    },
    farHangsUp: (leg) => callers.get(leg)?.hangUp(),
    farPresses: (leg, digit) => callers.get(leg)?.press(digit),
    farHolds: (leg, on) => callers.get(leg)?.hold(on),
    // This phone rings and answers by itself, and a sound ends by itself.
    farRings() {},
    farAnswers() {},
    finishes() {},
    async browserAnswer(offer) {
      const browser = new LoopbackBrowser(700);
      browsers.push(browser);
      return { sdp: await browser.answer(offer), accepted: () => browser.accepted() };
    },
    connectAgain: () => rig.open(),
    async graceEnds() {
      await expect.poll(() => phones.at(-1)?.diary.at(-1), soon).toMatch(/^ended bye/);
    },
  };
}

/** A diary that has been told its snapshot: what happens from here on, it is told. */
async function listening(): Promise<EventDiary> {
  const diary = new EventDiary(voice);
  await diary.next('snapshot');
  return diary;
}

async function carryOut(...commands: readonly VoiceCommand[]): Promise<void> {
  for (const command of commands) {
    const answer = await voice.send(command);
    if (!answer.ok) throw new Error(`${command.kind} was refused: ${answer.refused}: ${answer.message}`);
  }
}

/** A phone whose call was answered, and its leg. */
async function caller(diary: EventDiary): Promise<{ readonly phone: Phone; readonly leg: string }> {
  const before = diary.of('leg-arrived').length;
  const phone = await call();
  const { leg } = await diary.next('leg-arrived', undefined, before + 1);
  await carryOut({ kind: 'answer', leg });
  await diary.next('leg-answered', (event) => event.leg === leg);
  return { phone, leg };
}

/** A browser connected to its leg. */
async function browser(diary: EventDiary, leg: string, says: number): Promise<LoopbackBrowser> {
  const offers = diary.of('offered').length;
  await carryOut({ kind: 'offer', leg });
  const { connection, sdp } = await diary.next('offered', undefined, offers + 1);
  const page = new LoopbackBrowser(says);
  browsers.push(page);
  await carryOut({ kind: 'accept-answer', leg, connection, sdp: await page.answer(sdp) });
  page.accepted();
  await diary.next('leg-connected', (event) => event.leg === leg);
  return page;
}

describe.skipIf(lacksAsterisk())('the engine on Asterisk (skipped where it is missing)', { timeout: 30_000 }, () => {
  beforeAll(async () => {
    [callee, server] = await Promise.all([Phone.open({ says: 0, answers: true }), startAsterisk()]);
    rig = await AsteriskRig.start(server);
    voice = await rig.connect();
  }, 40_000);
  afterEach(() => {
    for (const page of browsers.splice(0)) page.close();
  });
  afterAll(async () => {
    await rig?.close();
    for (const phone of [callee, ...phones.splice(0)]) await phone?.close();
    await server?.stop();
  });

  for (const { title, run } of voiceContract.filter(({ alone }) => !alone)) it(title, () => run(harnessFor(voice)));

  it('joins telephones to agents in browsers: talk, hold, a leader who listens and whispers, both sides recorded', async () => {
    const diary = await listening();
    const { phone, leg } = await caller(diary);
    const [agent, leader] = [await browser(diary, 'agent-1', 700), await browser(diary, 'agent-2', 1000)];
    const file = path.join(rig.gateway.directory, 'talk.wav');
    const talk = { kind: 'bridge', bridge: 'talk', legs: [leg, 'agent-1'] } as const;
    await carryOut(talk, { kind: 'record', recording: 'talk', left: leg, right: 'agent-1', file });
    await heard(() => phone.audio.hears(700)).toBeGreaterThan(LOUD);
    await heard(() => agent.audio.hears(400)).toBeGreaterThan(LOUD);

    await carryOut({ kind: 'unbridge', bridge: 'talk' }, { kind: 'play', player: 'hold', leg, sound: 'silence', loop: true });
    await heard(() => phone.audio.hears(700)).toBeLessThan(SILENT);
    expect(await voice.send({ kind: 'speak-over', from: 'agent-1', to: leg, on: true })).toMatchObject({ refused: 'media.unsupported' });
    await carryOut({ kind: 'stop-player', player: 'hold' }, talk, { kind: 'mute', leg: 'agent-1', on: true });
    await heard(() => agent.audio.hears(400)).toBeGreaterThan(LOUD);
    await heard(() => phone.audio.hears(700)).toBeLessThan(SILENT);
    await carryOut({ kind: 'mute', leg: 'agent-1', on: false });
    await heard(() => phone.audio.hears(700)).toBeGreaterThan(LOUD);

    await carryOut({ ...talk, aside: { leg: 'agent-2', heardBy: ['agent-1'] } });
    await heard(() => agent.audio.hears(1000)).toBeGreaterThan(LOUD);
    await heard(() => Math.min(leader.audio.hears(400), leader.audio.hears(700))).toBeGreaterThan(LOUD);
    expect(phone.audio.hears(1000)).toBeLessThan(SILENT);

    await carryOut({ kind: 'stop-recording', recording: 'talk' }, { kind: 'hang-up', leg });
    await diary.next('recording-stopped', (event) => event.recording === 'talk');
    const wav = readWav(readFileSync(file), decodingTable('PCMA'));
    if ('problem' in wav) throw new Error(wav.problem);
    const [left, right] = wav.channels as [Int16Array, Int16Array];
    expect(amplitudeOf(400, left)).toBeGreaterThan(LOUD / 2);
    expect(amplitudeOf(700, right)).toBeGreaterThan(SILENT);
    expect([amplitudeOf(700, left), amplitudeOf(400, right)].map((each) => each < SILENT)).toEqual([true, true]);
    await carryOut({ kind: 'hang-up', leg: 'agent-1' }, { kind: 'hang-up', leg: 'agent-2' });
    diary.stop();
  });

  it('goes on talking while no controller is there, and the next one finds the call as it is', async () => {
    const diary = await listening();
    const { phone, leg } = await caller(diary);
    const agent = await browser(diary, 'agent-3', 700);
    await carryOut({ kind: 'bridge', bridge: 'kept', legs: [leg, 'agent-3'] });
    await heard(() => phone.audio.hears(700)).toBeGreaterThan(LOUD);
    await voice.close();
    phone.audio.forget();
    await heard(() => phone.audio.hears(700)).toBeGreaterThan(LOUD);
    voice = await rig.connect();
    const next = new EventDiary(voice);
    const { snapshot } = await next.next('snapshot');
    expect(snapshot.bridges.find(({ bridge }) => bridge === 'kept')?.legs.toSorted()).toEqual(['agent-3', leg]);
    await carryOut({ kind: 'unbridge', bridge: 'kept' });
    await heard(() => agent.audio.hears(400)).toBeLessThan(SILENT);
    await carryOut({ kind: 'bridge', bridge: 'kept', legs: [leg, 'agent-3'] });
    await heard(() => agent.audio.hears(400)).toBeGreaterThan(LOUD);
    phone.hangUp();
    expect(await next.next('leg-ended', (event) => event.leg === leg)).toMatchObject({ side: 'far', cause: 'bye' });
    await carryOut({ kind: 'hang-up', leg: 'agent-3' });
    next.stop();
  });

  it('says that Asterisk is gone, refuses what it cannot do, and is told afterwards that the calls are lost', async () => {
    const diary = await listening();
    const { leg } = await caller(diary);
    const agent = await browser(diary, 'agent-4', 700);
    await server.kill('SIGKILL');
    await expect.poll(() => rig.faults.at(-1)?.code, soon).toMatch(/^ari\.(lost|unreachable)$/);
    expect(await voice.send({ kind: 'hang-up', leg })).toMatchObject({ ok: false, refused: 'process.gone' });
    await server.start();
    const { snapshot } = await diary.next('snapshot', undefined, 2);
    expect(snapshot.legs.filter((each) => ['agent-4', leg].includes(each.leg))).toMatchObject([{ leg: 'agent-4', connected: true }]);
    const { phone, leg: second } = await caller(diary);
    await carryOut({ kind: 'bridge', bridge: 'after', legs: [second, 'agent-4'] });
    await heard(() => agent.audio.hears(400)).toBeGreaterThan(LOUD);
    await heard(() => phone.audio.hears(700)).toBeGreaterThan(LOUD);
    await carryOut({ kind: 'hang-up', leg: second }, { kind: 'hang-up', leg: 'agent-4' });
    diary.stop();
  });

  it('names what is wrong with user and password, and never the password', async () => {
    const access = { ...rig.options.access, password: 'not this one', application: 'nobody' };
    const refused = AsteriskVoice.start({ ...rig.options, access });
    await expect(refused).rejects.toThrow(/ari\.password: http:\S+: user threerings was refused/);
    await expect(refused).rejects.not.toThrow(/not this one/);
  });

  for (const { title, run } of voiceContract.filter(({ alone }) => alone))
    it(title, async () => {
      await voice.close();
      voice = await rig.connect();
      await run(harnessFor(voice));
    });
});
