import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { MediaRoom } from '../fake/media-room.ts';
import { holdMusic } from './hold-music.ts';
import { Player } from './player.ts';
import { Sound } from './sound.ts';
import { SoundLibrary } from './sounds.ts';
import { SpeakOver } from './speak-over.ts';
import { amplitudeOf, rootMeanSquare, tone } from './tone.ts';
import { wavHeader } from './wav.ts';

const MUSIC_HZ = 1500;
const music = new Sound(tone([MUSIC_HZ], 16_000, 4000));

describe('music on hold', () => {
  it('is heard as long as it loops, and ends when it does not', () => {
    const room = new MediaRoom();
    const caller = room.add({ says: 400 });
    const ended: number[] = [];
    caller.leg.ear.onPlayerEnded = ({ playedMs }) => ended.push(playedMs);
    caller.leg.ear.player = new Player(music, true);
    room.pass(5000);
    expect(caller.peer.hears(MUSIC_HZ)).toBeGreaterThan(3500);
    expect(ended).toEqual([]);
    caller.leg.ear.player = new Player(music, false);
    room.pass(3000);
    expect(ended).toEqual([2000]);
    expect(caller.peer.hears(MUSIC_HZ)).toBeLessThan(20);
  });

  it('drops by 18 dB under speech, which is heard over it, and rises again after', () => {
    const room = new MediaRoom();
    const [caller, agent] = [room.add({ says: 0 }), room.add({ says: 400 })];
    caller.leg.ear.player = new Player(music, true);
    room.pass(500);
    const before = caller.peer.hears(MUSIC_HZ);
    caller.leg.ear.speakOver = new SpeakOver(agent.leg.inbound);
    room.pass(1000);
    const drop = 20 * Math.log10(caller.peer.hears(MUSIC_HZ, 400) / before);
    expect(drop).toBeGreaterThan(-19.5);
    expect(drop).toBeLessThan(-16.5);
    expect(caller.peer.hears(400)).toBeGreaterThan(7000);
    expect(agent.peer.hears(MUSIC_HZ), 'the agent does not hear the caller side').toBeLessThan(20);
    agent.peer.says = 0;
    room.pass(1500);
    expect(caller.peer.hears(MUSIC_HZ)).toBeGreaterThan(before * 0.95);
  });

  it('is not talked over by a muted leg', () => {
    const room = new MediaRoom();
    const [caller, agent] = [room.add({ says: 0 }), room.add({ says: 400 })];
    caller.leg.ear.player = new Player(music, true);
    caller.leg.ear.speakOver = new SpeakOver(agent.leg.inbound);
    agent.leg.inbound.muted = true;
    room.pass(1000);
    expect(caller.peer.hears(400)).toBeLessThan(20);
    expect(caller.peer.hears(MUSIC_HZ)).toBeGreaterThan(3500);
  });

  it('ships as a melody that is quiet, never clips, and loops without a click', () => {
    const samples = holdMusic();
    expect(samples.length / 8).toBe(19_200);
    const level = 20 * Math.log10(rootMeanSquare(samples) / 32_768);
    expect(level).toBeGreaterThan(-30);
    expect(level).toBeLessThan(-18);
    expect(samples.every((sample) => Math.abs(sample) < 20_000)).toBe(true);
    let steepest = 0;
    for (let i = 1; i < samples.length; i++) steepest = Math.max(steepest, Math.abs((samples[i] as number) - (samples[i - 1] as number)));
    expect(Math.abs((samples[0] as number) - (samples.at(-1) as number))).toBeLessThanOrEqual(steepest);
  });
});

describe('the sounds', () => {
  it('have a ring-back of 450 Hz, one second on and four off', () => {
    const ringback = new SoundLibrary().find('ringback') as Sound;
    expect(ringback.samples.length).toBe(40_000);
    expect(amplitudeOf(450, ringback.samples.subarray(0, 8000))).toBeGreaterThan(3500);
    expect(rootMeanSquare(ringback.samples.subarray(8000))).toBe(0);
  });

  it('take every file that can be read, and name those that cannot', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'sounds-'));
    try {
      const good = path.join(folder, 'good.wav');
      const bad = path.join(folder, 'bad.wav');
      writeFileSync(good, Buffer.concat([wavHeader({ channels: 1, sampleRate: 8000 }, 1600), Buffer.alloc(1600, 1)]));
      writeFileSync(bad, 'not a sound');
      const library = new SoundLibrary();
      const problem = library.load({ welcome: '/nowhere/welcome.wav', bad, good });
      expect(problem).toMatch(/^sound welcome: \/nowhere\/welcome\.wav cannot be read.*; sound bad: .*bad\.wav/);
      expect(library.find('good')?.samples).toHaveLength(800);
      expect([library.find('welcome'), library.find('bad'), library.find('constructor')]).toEqual([undefined, undefined, undefined]);
      writeFileSync(good, 'damaged');
      expect(library.load({ good })).toContain('good.wav');
      expect(library.find('good')?.samples).toHaveLength(800);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('of which many are bad are named up to twenty', () => {
    const files = Object.fromEntries(Array.from({ length: 25 }, (_, n) => [`s${n}`, `/nowhere/${n}.wav`]));
    expect(new SoundLibrary().load(files)?.endsWith('; and 5 more')).toBe(true);
  });
});

describe('a leg that hears nothing', () => {
  it('is sent silence at the true rate', () => {
    const room = new MediaRoom();
    const { peer } = room.add({ says: 400 });
    room.pass(1000);
    expect(peer.sequences).toHaveLength(50);
    expect(rootMeanSquare(peer.heard(500))).toBeLessThan(20);
  });
});

describe('digits', () => {
  it('are sent as telephone events, one after the other, in place of what the leg hears', () => {
    const room = new MediaRoom();
    const { leg, peer } = room.add({ says: 0 });
    room.pass(100);
    leg.ear.digits.send('19#');
    room.pass(1000);
    expect(peer.digits).toEqual(['1', '9', '#']);
    expect(leg.ear.digits.active).toBe(false);
    const steps = peer.sequences.slice(1).map((sequence, i) => (sequence - (peer.sequences[i] as number)) & 0xffff);
    expect(new Set(steps)).toEqual(new Set([1]));
  });

  it('are sent as tones to a far end that takes no events', () => {
    const room = new MediaRoom();
    const { leg, peer } = room.add({ says: 0 });
    leg.setFormat({ codec: 'PCMA', payloadType: 8 });
    leg.ear.digits.send('5');
    room.pass(100);
    expect(peer.hears(770, 100)).toBeGreaterThan(5000);
    expect(peer.hears(1336, 100)).toBeGreaterThan(5000);
    expect(peer.hears(697, 100)).toBeLessThan(500);
  });

  it('are told once each although their end comes three times, and even when every end is lost', () => {
    const room = new MediaRoom();
    const caller = room.add({ says: 400 });
    const told: string[] = [];
    caller.leg.inbound.onDigit = ({ digit, durationMs }) => told.push(`${digit} ${durationMs}`);
    for (const packet of caller.peer.digitPackets('1')) room.receive(caller, packet);
    for (const packet of caller.peer.digitPackets('1')) room.receive(caller, packet);
    for (const packet of caller.peer.digitPackets('7').slice(0, 3)) room.receive(caller, packet);
    expect(told).toEqual(['1 100', '1 100']);
    room.pass(400);
    expect(told).toEqual(['1 100', '1 100', '7 60']);
  });

  it('are told in order when the next one begins before the end of the last was heard', () => {
    const room = new MediaRoom();
    const caller = room.add({ says: 400 });
    const told: string[] = [];
    caller.leg.inbound.onDigit = ({ digit }) => told.push(digit);
    const late = caller.peer.digitPackets('1');
    for (const packet of late.slice(0, 4)) room.receive(caller, packet);
    for (const packet of caller.peer.digitPackets('2')) room.receive(caller, packet);
    for (const packet of late.slice(4)) room.receive(caller, packet);
    expect(told).toEqual(['1', '2']);
  });
});
