import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MediaRoom, type Pair } from '../fake/media-room.ts';
import { decodingTable } from './g711.ts';
import { Recorder } from './recorder.ts';
import { RecordingFile } from './recording-file.ts';
import { amplitudeOf, rootMeanSquare } from './tone.ts';
import { readWav } from './wav.ts';

const LOUD = 6000;
const SILENT = 50;

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'recorder-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

function recordingOf(room: MediaRoom, left: Pair | undefined, right: Pair | undefined) {
  const file = path.join(directory, 'call.wav');
  const recorder = new Recorder(new RecordingFile(file), room.now);
  room.before.push(recorder);
  recorder.setSide('left', left?.leg.inbound);
  recorder.setSide('right', right?.leg.inbound);
  return { file, recorder };
}

function channels(file: string): readonly [Int16Array, Int16Array] {
  const wav = readWav(readFileSync(file), decodingTable('PCMA'));
  if ('problem' in wav) throw new Error(wav.problem);
  return [wav.channels[0] as Int16Array, wav.channels[1] as Int16Array];
}

const part = (samples: Int16Array, fromMs: number, toMs: number) => samples.subarray(fromMs * 8, toMs * 8);

describe('a recording', () => {
  it('has the caller left and the agent right, and is as long as the call', async () => {
    const room = new MediaRoom();
    const { file, recorder } = recordingOf(room, room.add({ says: 400 }), room.add({ says: 700, codec: 'PCMU' }));
    room.pass(3000);
    expect(await recorder.stop(room.now)).toBe(3000);
    const [left, right] = channels(file);
    expect(left.length).toBe(24_000);
    expect([amplitudeOf(400, part(left, 500, 2500)) > LOUD, amplitudeOf(700, part(left, 500, 2500)) > SILENT]).toEqual([true, false]);
    expect([amplitudeOf(700, part(right, 500, 2500)) > LOUD, amplitudeOf(400, part(right, 500, 2500)) > SILENT]).toEqual([true, false]);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('leaves a gap of the right length where packets were lost, and none where they only came late', async () => {
    const room = new MediaRoom();
    const caller = room.add({ says: 400 });
    const { file, recorder } = recordingOf(room, caller, undefined);
    room.pass(1000);
    const late = Array.from({ length: 5 }, () => caller.peer.nextPacket());
    room.pass(100, () => true);
    // The peer went on counting while nothing came: the held-back packets carry the timestamps of the time before.
    for (const packet of late) room.receive(caller, packet);
    room.pass(500, (_pair, frame) => frame < 5);
    await recorder.stop(room.now);
    const [left] = channels(file);
    const silentMs = Array.from({ length: 160 }, (_, i) => part(left, i * 10, i * 10 + 10)).filter(
      (piece) => rootMeanSquare(piece) < SILENT,
    );
    expect(silentMs.length * 10).toBeGreaterThanOrEqual(150);
    expect(silentMs.length * 10).toBeLessThanOrEqual(220);
  });

  it('holds silence while it is paused and while a leg is muted', async () => {
    const room = new MediaRoom();
    const [caller, agent] = [room.add({ says: 400 }), room.add({ says: 700 })];
    const { file, recorder } = recordingOf(room, caller, agent);
    room.pass(1000);
    recorder.paused = true;
    room.pass(1000);
    recorder.paused = false;
    agent.leg.inbound.muted = true;
    room.pass(1000);
    await recorder.stop(room.now);
    const [left, right] = channels(file);
    expect(rootMeanSquare(part(left, 1100, 1900))).toBe(0);
    expect(amplitudeOf(400, part(left, 2100, 2900))).toBeGreaterThan(LOUD);
    expect(rootMeanSquare(part(right, 1100, 2900))).toBe(0);
    expect(amplitudeOf(700, part(right, 100, 900))).toBeGreaterThan(LOUD);
  });

  it('switches a side to another leg', async () => {
    const room = new MediaRoom();
    const [caller, first, second] = [room.add({ says: 400 }), room.add({ says: 700 }), room.add({ says: 1000, sequence: 5, timestamp: 5 })];
    const { file, recorder } = recordingOf(room, caller, first);
    room.pass(1000);
    recorder.setSide('right', second.leg.inbound);
    room.pass(1000);
    recorder.setSide('right', undefined);
    room.pass(1000);
    await recorder.stop(room.now);
    const [, right] = channels(file);
    expect(amplitudeOf(700, part(right, 100, 900))).toBeGreaterThan(LOUD);
    expect(amplitudeOf(1000, part(right, 1100, 1900))).toBeGreaterThan(LOUD);
    expect(rootMeanSquare(part(right, 2100, 2900))).toBe(0);
  });

  it('anchors a stream again that jumped by more than 200 ms', async () => {
    const room = new MediaRoom();
    const caller = room.add({ says: 400 });
    const { file, recorder } = recordingOf(room, caller, undefined);
    room.pass(1000);
    for (let i = 0; i < 500; i++) caller.peer.skipPacket();
    room.pass(1000);
    await recorder.stop(room.now);
    const [left] = channels(file);
    expect(left.length).toBe(16_000);
    expect(amplitudeOf(400, part(left, 1100, 1900))).toBeGreaterThan(LOUD);
  });

  it('is a whole WAV on the disk at any moment while it runs, at most a second behind', async () => {
    const room = new MediaRoom();
    const { file, recorder } = recordingOf(room, room.add({ says: 400 }), room.add({ says: 700 }));
    room.pass(10_000);
    await expect.poll(() => channels(file)[0].length).toBeGreaterThanOrEqual(8 * 9000);
    expect(amplitudeOf(400, part(channels(file)[0], 8000, 9000))).toBeGreaterThan(LOUD);
    const claims = () => readFileSync(file).readUInt32LE(40);
    expect(claims()).toBeGreaterThanOrEqual(statSync(file).size - 44);
    expect(claims()).toBeLessThanOrEqual(statSync(file).size - 44 + 352_000);
    await recorder.stop(room.now);
    expect(claims()).toBe(statSync(file).size - 44);
  });

  it('never writes over a file that is there', async () => {
    const room = new MediaRoom();
    const { file, recorder } = recordingOf(room, room.add({ says: 400 }), undefined);
    await recorder.stop(room.now);
    expect(() => new RecordingFile(file)).toThrow(/EEXIST/);
  });
});
