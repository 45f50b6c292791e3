import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Phone } from '../fake/phone.ts';
import { VoiceRig } from '../fake/voice-rig.ts';
import { type VoiceHarness, voiceContract } from '../port-contract.ts';
import { LoopbackBrowser } from '../webrtc/loopback-browser.ts';
import { VoiceClient } from './client.ts';

const browsers: LoopbackBrowser[] = [];
const phones: Phone[] = [];
const clients: VoiceClient[] = [];

/** The far ends of a real process; an arrived call's phone is found by the order of arrival. */
async function harnessFor(rig: VoiceRig): Promise<VoiceHarness> {
  const callers = new Map<string, Phone>();
  const waiting: Phone[] = [];
  rig.voice.listen((event) => {
    const phone = event.kind === 'leg-arrived' ? waiting.shift() : undefined;
    if (event.kind === 'leg-arrived' && phone !== undefined) callers.set(event.leg, phone);
  });
  const callee = await Phone.open({ says: 0, answers: true });
  phones.push(callee);
  const pid = rig.supervisor.pid as number;
  return {
    voice: rig.voice,
    uri: callee.uri,
    freshFile: () => path.join(rig.directory, `${randomUUID()}.wav`),
    async arrive() {
      const phone = await Phone.open({ says: 400 });
      phones.push(phone);
      waiting.push(phone);
      phone.dial(rig.sipUri);
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
    connectAgain() {
      const client = new VoiceClient(path.join(rig.directory, 'voice.sock'));
      clients.push(client);
      return client;
    },
    async graceEnds() {
      await expect.poll(() => existsSync(`/proc/${pid}`), { timeout: 10_000, interval: 20 }).toBe(false);
      expect(phones.some((phone) => phone.diary.at(-1)?.startsWith('ended bye'))).toBe(true);
    },
  };
}

afterEach(async () => {
  for (const browser of browsers.splice(0)) browser.close();
  for (const client of clients.splice(0)) await client.close();
});
afterAll(async () => {
  for (const phone of phones.splice(0)) await phone.close();
});

describe('the voice process', { timeout: 30_000 }, () => {
  let rig: VoiceRig;
  let harness: VoiceHarness;
  beforeAll(async () => {
    rig = await VoiceRig.start();
    harness = await harnessFor(rig);
  }, 20_000);
  afterAll(() => rig.close());

  for (const { title, run } of voiceContract.filter(({ alone }) => !alone)) it(title, () => run(harness));
});

describe('a voice process of its own', { timeout: 30_000 }, () => {
  for (const { title, run } of voiceContract.filter(({ alone }) => alone))
    it(title, async () => {
      const rig = await VoiceRig.start();
      try {
        await run(await harnessFor(rig));
      } finally {
        await rig.close();
      }
    });
});
