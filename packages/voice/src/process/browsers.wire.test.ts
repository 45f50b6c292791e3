import dgram from 'node:dgram';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { VoiceRig } from '../fake/voice-rig.ts';
import { decodingTable } from '../media/g711.ts';
import { amplitudeOf } from '../media/tone.ts';
import { readWav } from '../media/wav.ts';
import { LoopbackBrowser } from '../webrtc/loopback-browser.ts';

const LOUD = 5000;
const SILENT = 100;

let rig: VoiceRig;
const browsers: LoopbackBrowser[] = [];
beforeAll(async () => {
  // As in production: one UDP port for all browsers.
  rig = await VoiceRig.start({ webrtcPort: await freePort() });
}, 20_000);
afterEach(async () => {
  for (const browser of browsers.splice(0)) browser.close();
  const snapshot = rig.diary.of('leg-arrived').map(({ leg }) => leg);
  for (const leg of [...snapshot, 'agent', 'other']) await rig.send({ kind: 'hang-up', leg });
});
afterAll(() => rig.close());

async function freePort(): Promise<number> {
  const socket = dgram.createSocket('udp4');
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const { port } = socket.address();
  await new Promise<void>((resolve) => socket.close(() => resolve()));
  return port;
}

/** A browser connected to the leg, and the name of the connection. */
async function connect(leg: string, says: number): Promise<{ readonly browser: LoopbackBrowser; readonly connection: string }> {
  const offers = rig.diary.of('offered').length;
  await rig.do({ kind: 'offer', leg });
  const offered = await rig.diary.next('offered', undefined, offers + 1);
  const browser = new LoopbackBrowser(says);
  browsers.push(browser);
  const sdp = await browser.answer(offered.sdp);
  const connections = rig.diary.of('leg-connected').length;
  await rig.do({ kind: 'accept-answer', leg, connection: offered.connection, sdp });
  browser.accepted();
  const { connection } = await rig.diary.next('leg-connected', undefined, connections + 1);
  expect(connection).toBe(offered.connection);
  return { browser, connection };
}

const soon = { timeout: 10_000, interval: 20 };
const heard = (samples: () => number) => expect.poll(samples, soon);

describe('a browser leg', { timeout: 30_000 }, () => {
  it('talks with a telephone in both directions and tells its digits', async () => {
    const { phone, leg } = await rig.caller({ says: 400 });
    const { browser } = await connect('agent', 700);
    await rig.do({ kind: 'bridge', bridge: 'b1', legs: [leg, 'agent'] });
    await heard(() => phone.audio.hears(700)).toBeGreaterThan(LOUD);
    await heard(() => browser.audio.hears(400)).toBeGreaterThan(LOUD);
    browser.press('9');
    expect(await rig.diary.next('digit', (event) => event.leg === 'agent')).toMatchObject({ digit: '9', durationMs: 100 });
    expect(rig.diary.of('leg-answered').filter((event) => event.leg === 'agent')).toHaveLength(1);
  });

  it('keeps its call, its recording and its place when the page is loaded anew', async () => {
    const { phone, leg } = await rig.caller({ says: 400 });
    const first = await connect('agent', 700);
    const file = path.join(rig.directory, 'reload.wav');
    await rig.do(
      { kind: 'bridge', bridge: 'b2', legs: [leg, 'agent'] },
      { kind: 'record', recording: 'reload', left: leg, right: 'agent', file },
    );
    await heard(() => phone.audio.hears(700)).toBeGreaterThan(LOUD);
    const second = await connect('agent', 1000);
    expect(second.connection).not.toBe(first.connection);
    await heard(() => phone.audio.hears(1000)).toBeGreaterThan(LOUD);
    await heard(() => second.browser.audio.hears(400)).toBeGreaterThan(LOUD);
    expect(rig.diary.of('leg-ended').filter((event) => event.leg === leg)).toEqual([]);
    expect(await rig.send({ kind: 'accept-answer', leg: 'agent', connection: first.connection, sdp: 'v=0' })).toMatchObject({
      refused: 'leg.state',
    });
    // Something to record.
    await new Promise((resolve) => setTimeout(resolve, 600));
    await rig.do({ kind: 'stop-recording', recording: 'reload' });
    await rig.diary.next('recording-stopped', (event) => event.recording === 'reload');
    const wav = readWav(readFileSync(file), decodingTable('PCMA'));
    if ('problem' in wav) throw new Error(wav.problem);
    const right = wav.channels[1] as Int16Array;
    expect(amplitudeOf(700, right)).toBeGreaterThan(SILENT);
    expect(amplitudeOf(1000, right.subarray(right.length - 2400, right.length - 800))).toBeGreaterThan(LOUD);
  });

  it('is told as disconnected when its page is gone, and stays for the next one', async () => {
    const { browser, connection } = await connect('agent', 700);
    browser.close();
    expect(await rig.diary.next('leg-disconnected', (event) => event.connection === connection)).toMatchObject({ leg: 'agent' });
    const again = await connect('agent', 700);
    expect(again.connection).not.toBe(connection);
  });

  it('talks with another browser', async () => {
    const [one, two] = [await connect('agent', 700), await connect('other', 1000)];
    await rig.do({ kind: 'bridge', bridge: 'b3', legs: ['agent', 'other'] });
    await heard(() => one.browser.audio.hears(1000)).toBeGreaterThan(LOUD);
    await heard(() => two.browser.audio.hears(700)).toBeGreaterThan(LOUD);
  });

  it('tells a heartbeat again and again while it is up', async () => {
    await connect('agent', 700);
    const before = rig.diary.of('heartbeat').length;
    await rig.diary.next('heartbeat', undefined, before + 3);
  });

  it('refuses answers that are none, and stands', async () => {
    await rig.do({ kind: 'offer', leg: 'agent' });
    const { connection, sdp: offer } = (await rig.diary.next('offered', undefined, rig.diary.of('offered').length)) as {
      connection: string;
      sdp: string;
    };
    const garbage = [
      'garbage',
      'v=0\r\n',
      offer,
      offer.replace('m=audio', 'm=video'),
      `v=0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 8\r\n${'a=x\r\n'.repeat(9000)}`,
    ];
    for (const sdp of garbage)
      expect(await rig.send({ kind: 'accept-answer', leg: 'agent', connection, sdp })).toMatchObject({ ok: false, refused: 'sdp.invalid' });
    const other = offer.replace(/ 8 101/, ' 0 101').replace('rtpmap:8 PCMA', 'rtpmap:0 PCMU');
    expect(await rig.send({ kind: 'accept-answer', leg: 'agent', connection, sdp: other })).toMatchObject({ refused: 'media.unsupported' });
    await connect('agent', 700);
  });
});
