import dgram from 'node:dgram';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AudioPeer } from '../fake/audio-peer.ts';
import { VoiceRig } from '../fake/voice-rig.ts';
import { decodingTable } from '../media/g711.ts';
import { amplitudeOf, rootMeanSquare } from '../media/tone.ts';
import { readWav } from '../media/wav.ts';
import { type RtcpReport, readRtcp, writeRtcp } from '../rtp/rtcp.ts';

const LOUD = 5000;
const SILENT = 100;

let rig: VoiceRig;
beforeAll(async () => {
  rig = await VoiceRig.start({ mediaTimeoutMs: 1500 });
}, 20_000);
afterAll(() => rig.close());

const soon = { timeout: 10_000, interval: 20 };
const heard = (samples: () => number) => expect.poll(samples, soon);

describe('telephone calls through the process', { timeout: 30_000 }, () => {
  it('ring, are answered, connect two phones, and end on both sides', async () => {
    const caller = await rig.phone({ says: 400 });
    const callee = await rig.phone({ says: 700, codec: 'PCMU', answers: true });
    caller.dial(rig.sipUri);
    const arrived = await rig.diary.next('leg-arrived');
    expect(arrived).toMatchObject({ from: '02012333', to: '12345', trunk: 'test' });
    const { leg } = arrived;
    await rig.do({ kind: 'ring', leg });
    await heard(() => caller.diary.length).toBe(1);
    await rig.do({ kind: 'answer', leg }, { kind: 'dial', leg: 'second', uri: callee.uri });
    await rig.diary.next('leg-answered', (event) => event.leg === 'second');
    await rig.do({ kind: 'bridge', bridge: 'b1', legs: [leg, 'second'] });
    await heard(() => caller.audio.hears(700)).toBeGreaterThan(LOUD);
    await heard(() => callee.audio.hears(400)).toBeGreaterThan(LOUD);
    caller.hangUp();
    expect(await rig.diary.next('leg-ended', (event) => event.leg === leg)).toMatchObject({ side: 'far', cause: 'bye' });
    await rig.do({ kind: 'hang-up', leg: 'second', cause: 'caller left' });
    expect(await rig.diary.next('leg-ended', (event) => event.leg === 'second')).toMatchObject({ side: 'near', cause: 'caller left' });
    await heard(() => callee.diary.length).toBeGreaterThanOrEqual(3);
    expect(callee.diary.at(-1)).toMatch(/^ended bye/);
    expect(caller.diary.slice(0, 2)).toEqual(['ringing', 'answered']);
  });

  it('are recorded: the caller left, the agent right, silence where a leg is muted', async () => {
    const [caller, agent] = [await rig.caller({ says: 400 }), await rig.caller({ says: 700 })];
    const file = path.join(rig.directory, 'r1.wav');
    await rig.do(
      { kind: 'bridge', bridge: 'b2', legs: [caller.leg, agent.leg] },
      { kind: 'record', recording: 'r1', left: caller.leg, right: agent.leg, file },
      { kind: 'record', recording: 'r1', left: caller.leg, right: agent.leg, file },
    );
    await pass(1000);
    await rig.do({ kind: 'mute', leg: agent.leg, on: true });
    await pass(1000);
    expect(caller.phone.audio.hears(700)).toBeLessThan(SILENT);
    await rig.do({ kind: 'mute', leg: agent.leg, on: false }, { kind: 'stop-recording', recording: 'r1' });
    const stopped = await rig.diary.next('recording-stopped', (event) => event.recording === 'r1');
    expect(rig.diary.of('recording-started')).toHaveLength(1);
    const wav = readWav(readFileSync(file), decodingTable('PCMA'));
    if ('problem' in wav) throw new Error(wav.problem);
    const [left, right] = wav.channels as [Int16Array, Int16Array];
    expect(Math.round(left.length / 8)).toBe(stopped.durationMs);
    expect(amplitudeOf(400, left.subarray(1600, 14_400))).toBeGreaterThan(LOUD);
    expect(amplitudeOf(700, left.subarray(1600, 14_400))).toBeLessThan(SILENT);
    expect(amplitudeOf(700, right.subarray(1600, 6400))).toBeGreaterThan(LOUD);
    expect(rootMeanSquare(right.subarray(9600, 14_400))).toBe(0);
    await rig.do({ kind: 'hang-up', leg: caller.leg }, { kind: 'hang-up', leg: agent.leg });
  });

  it('tell digits once each, from RTP events', async () => {
    const { phone, leg } = await rig.caller({ says: 0 });
    phone.press('1');
    phone.press('#');
    await rig.diary.next('digit', (event) => event.leg === leg && event.digit === '#');
    expect(rig.diary.of('digit').filter((event) => event.leg === leg)).toMatchObject([
      { digit: '1', durationMs: 100 },
      { digit: '#', durationMs: 100 },
    ]);
    await rig.do({ kind: 'send-digits', leg, digits: '42' });
    await expect.poll(() => phone.audio.digits.join(''), soon).toBe('42');
    await rig.do({ kind: 'hang-up', leg });
  });

  it('hear hold music, an agent speaking over it, and a prompt to its end', async () => {
    const [caller, agent] = [await rig.caller({ says: 400 }), await rig.caller({ says: 700 })];
    await rig.do({ kind: 'play', player: 'p1', leg: caller.leg, sound: 'hold-music', loop: true });
    await heard(() => rootMeanSquare(caller.phone.audio.heard(500))).toBeGreaterThan(200);
    await rig.do({ kind: 'speak-over', from: agent.leg, to: caller.leg, on: true });
    await heard(() => caller.phone.audio.hears(700)).toBeGreaterThan(LOUD);
    expect(agent.phone.audio.hears(400)).toBeLessThan(SILENT);
    await rig.do({ kind: 'speak-over', from: agent.leg, to: caller.leg, on: false });
    await heard(() => caller.phone.audio.hears(700)).toBeLessThan(SILENT);
    await rig.do({ kind: 'play', player: 'p2', leg: caller.leg, sound: 'silence' });
    expect(await rig.diary.next('player-ended', (event) => event.player === 'p1')).toMatchObject({ interrupted: true });
    expect(await rig.diary.next('player-ended', (event) => event.player === 'p2')).toMatchObject({ interrupted: false, playedMs: 1000 });
    await rig.do({ kind: 'hang-up', leg: caller.leg }, { kind: 'hang-up', leg: agent.leg });
  });

  it('give early media before the answer where it is asked for', async () => {
    const phone = await rig.phone({ says: 0 });
    const arrivals = rig.diary.of('leg-arrived').length;
    phone.dial(rig.sipUri);
    const { leg } = await rig.diary.next('leg-arrived', undefined, arrivals + 1);
    expect(await rig.send({ kind: 'play', player: 'p3', leg, sound: 'ringback' })).toMatchObject({ refused: 'leg.state' });
    await rig.do({ kind: 'early-media', leg }, { kind: 'play', player: 'p3', leg, sound: 'ringback' });
    await heard(() => phone.audio.hears(450)).toBeGreaterThan(3000);
    expect(phone.diary).toEqual(['progress 183']);
    await rig.do({ kind: 'answer', leg });
    await rig.diary.next('leg-answered', (event) => event.leg === leg);
    await rig.do({ kind: 'hang-up', leg });
  });

  it('tell when the far end holds, and are not taken for dead meanwhile', async () => {
    const { phone, leg } = await rig.caller({ says: 400 });
    await phone.hold(true);
    expect(await rig.diary.next('far-hold', (event) => event.leg === leg)).toMatchObject({ on: true });
    await phone.hold(false);
    expect(await rig.diary.next('far-hold', (event) => event.leg === leg, 2)).toMatchObject({ on: false });
    await rig.do({ kind: 'hang-up', leg });
  });

  it('report what they hear, and are bad where the far end reports that it hears badly', { timeout: 20_000 }, async () => {
    const { phone, leg } = await rig.caller({ says: 400, ssrc: 4711 });
    const beside = dgram.createSocket('udp4');
    const reports: RtcpReport[] = [];
    beside.on('message', (packet) => reports.push(...readRtcp(packet)));
    beside.bind(phone.socket.address().port + 1, '127.0.0.1');
    await once(beside, 'listening');
    await expect.poll(() => reports.length, { timeout: 10_000 }).toBeGreaterThan(0);
    const [{ ssrc = 0, sentAt, received } = {}] = reports as readonly Partial<RtcpReport>[];
    expect(sentAt, 'we send silence, so that it is a sender report').toBeGreaterThan(0);
    expect(received).toMatchObject([{ ssrc: 4711, lossRatio: 0 }]);
    const bad = { ssrc, lossRatio: 0.5, lost: 50, highest: 100, jitter: 80, lastReport: 0, delay: 0 };
    beside.send(writeRtcp(4711, 'phone', undefined, [bad]), phone.sendsTo + 1, '127.0.0.1');
    expect(await rig.diary.next('line-degraded', (event) => event.leg === leg)).toMatchObject({ lossRatio: 0.5, jitterMs: 10 });
    beside.close();
    await rig.do({ kind: 'hang-up', leg });
  });

  it('ignore audio that a stranger injects', async () => {
    const [caller, agent] = [await rig.caller({ says: 400 }), await rig.caller({ says: 0 })];
    await rig.do({ kind: 'bridge', bridge: 'b3', legs: [caller.leg, agent.leg] });
    await heard(() => agent.phone.audio.hears(400)).toBeGreaterThan(LOUD);
    const stranger = dgram.createSocket('udp4');
    const noise = new AudioPeer({ says: 1500 });
    const port = caller.phone.sendsTo;
    for (let i = 0; i < 50; i++) {
      stranger.send(noise.nextPacket(), port, '127.0.0.1');
      await pass(20);
    }
    stranger.close();
    expect(agent.phone.audio.hears(1500, 900)).toBeLessThan(SILENT);
    expect(agent.phone.audio.hears(400)).toBeGreaterThan(LOUD);
    await rig.do({ kind: 'hang-up', leg: caller.leg }, { kind: 'hang-up', leg: agent.leg });
  });

  it('end as failed when no audio comes any more', async () => {
    const { phone, leg } = await rig.caller({ says: 400 });
    phone.silence();
    expect(await rig.diary.next('leg-ended', (event) => event.leg === leg)).toMatchObject({ side: 'failure', cause: 'media-timeout' });
    await expect.poll(() => phone.diary.at(-1), soon).toMatch(/^ended bye/);
  });

  it('are tapped as PCM on a Unix socket', async () => {
    const { leg } = await rig.caller({ says: 400 });
    const socket = path.join(rig.directory, 'tap.sock');
    const chunks: Buffer[] = [];
    const server = createServer((connection) => connection.on('data', (chunk) => chunks.push(chunk as Buffer)));
    await new Promise<void>((resolve) => server.listen(socket, resolve));
    await rig.do({ kind: 'tap', tap: 't1', leg, socket });
    const bytes = () => chunks.reduce((sum, chunk) => sum + chunk.length, 0);
    await heard(bytes).toBeGreaterThan(32_000);
    await rig.do({ kind: 'untap', tap: 't1' });
    const pcm = Buffer.concat(chunks);
    const samples = Int16Array.from({ length: 4000 }, (_, i) => pcm.readInt16LE(pcm.length - 16_000 + i * 2));
    expect(amplitudeOf(400, samples)).toBeGreaterThan(LOUD);
    expect(pcm.length % 320).toBe(0);
    expect(await rig.send({ kind: 'tap', tap: 't2', leg, socket: path.join(rig.directory, 'nobody.sock') })).toMatchObject({ ok: false });
    await new Promise((resolve) => server.close(resolve));
    await rig.do({ kind: 'hang-up', leg });
  });

  it('that are dialled and refused tell the status', async () => {
    await rig.do({ kind: 'dial', leg: 'busy', uri: rig.sipUri.replace('12345', 'x'), timeoutMs: 3000 });
    const { leg } = await rig.diary.next('leg-arrived', (event) => event.to === 'x');
    await rig.do({ kind: 'reject', leg, status: 486 });
    expect(await rig.diary.next('leg-ended', (event) => event.leg === 'busy')).toMatchObject({
      side: 'far',
      cause: 'refused',
      status: 486,
    });
    expect(await rig.send({ kind: 'dial', leg: 'wrong', uri: 'mailto:a@b' })).toMatchObject({ ok: false, refused: 'uri.invalid' });
  });
});

function pass(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
