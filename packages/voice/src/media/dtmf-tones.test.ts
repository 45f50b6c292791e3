import { describe, expect, it } from 'vitest';
import { MediaRoom } from '../fake/media-room.ts';
import { writeRtpHeader } from '../rtp/packet.ts';
import { ToneDigits } from './dtmf-tones.ts';
import { type Codec, encode, FRAME_SAMPLES } from './g711.ts';
import { holdMusic } from './hold-music.ts';
import type { AudioFrame } from './inbound.ts';
import { tone } from './tone.ts';

const KEYS: Readonly<Record<string, readonly [number, number]>> = {
  1: [697, 1209],
  5: [770, 1336],
  9: [852, 1477],
  0: [941, 1336],
  '*': [941, 1209],
  '#': [941, 1477],
  A: [697, 1633],
  D: [941, 1633],
};

function framesOf(samples: Int16Array, codec: Codec): AudioFrame[] {
  return Array.from({ length: Math.floor(samples.length / FRAME_SAMPLES) }, (_, i) => {
    const packet = Buffer.alloc(FRAME_SAMPLES);
    encode(codec, samples.subarray(i * FRAME_SAMPLES, (i + 1) * FRAME_SAMPLES), packet);
    const place = { start: 0, end: FRAME_SAMPLES, sequence: i, timestamp: i * FRAME_SAMPLES, arrivedAt: i * 20 };
    return { packet, codec, ssrc: 1, marker: false, event: false, ...place };
  });
}

function heard(samples: Int16Array, codec: Codec = 'PCMA') {
  const receiver = new ToneDigits();
  return framesOf(samples, codec).flatMap((frame) => receiver.take(frame) ?? []);
}

function joined(...parts: readonly Int16Array[]): Int16Array {
  return Int16Array.from(parts.flatMap((part) => [...part]));
}

const pause = new Int16Array(800);
const key = (name: string, ms = 100, amplitude = 7000) => tone(KEYS[name] ?? [], ms * 8, amplitude, 0);

describe('digits as tones', () => {
  it.each(['PCMA', 'PCMU'] as const)('are heard one by one, repeated ones too (%s)', (codec) => {
    const said = [...Object.keys(KEYS), '5', '5'];
    const digits = heard(joined(...said.flatMap((name) => [key(name), pause])), codec);
    expect(digits.map(({ digit }) => digit)).toEqual(said);
    for (const { durationMs } of digits) expect(Math.abs(durationMs - 100)).toBeLessThanOrEqual(52);
  });

  it('are heard softly and with tones of unlike loudness, and through noise', () => {
    const mixed = (low: number, high: number) => {
      const [a, b] = [tone([770], 1600, low, 0), tone([1336], 1600, high, 0)];
      return a.map((sample, i) => sample + (b[i] as number) + Math.round(60 * Math.sin(i * i)));
    };
    expect(heard(joined(key('5', 120, 400), pause)).map(({ digit }) => digit)).toEqual(['5']);
    for (const [low, high] of [
      [7000, 4000],
      [5000, 6500],
    ] as const)
      expect(heard(joined(mixed(low, high), pause)).map(({ digit }) => digit)).toEqual(['5']);
  });

  it('are not heard in a short click, in one tone alone, in three tones, in noise or in music', () => {
    let seed = 1;
    const noise = Int16Array.from({ length: 80_000 }, () => {
      seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
      return (seed >>> 17) - 16_384;
    });
    expect(heard(joined(key('5', 25), pause))).toEqual([]);
    expect(heard(joined(tone([697], 4000, 7000, 0), pause))).toEqual([]);
    expect(heard(joined(tone([697, 852, 1209], 4000, 5000, 0), pause))).toEqual([]);
    expect(heard(noise)).toEqual([]);
    expect(heard(holdMusic())).toEqual([]);
  });

  it('count only where the far end can send no events', () => {
    const room = new MediaRoom();
    const digits: string[] = [];
    const pairs = [room.add({ says: 0 }), room.add({ says: 0 })];
    pairs[1]?.leg.setFormat({ codec: 'PCMA', payloadType: 8 });
    pairs.forEach(({ leg }, i) => {
      leg.inbound.onDigit = ({ digit }) => digits.push(`${i} ${digit}`);
    });
    for (const [i, { packet }] of framesOf(joined(key('9'), pause), 'PCMA').entries()) {
      const whole = Buffer.concat([Buffer.alloc(12), packet]);
      writeRtpHeader(whole, 8, false, i, i * FRAME_SAMPLES, 9);
      for (const pair of pairs) room.receive(pair, Buffer.from(whole));
    }
    expect(digits).toEqual(['1 9']);
  });
});
