import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodingTable, encode } from './g711.ts';
import { readWav, wavHeader } from './wav.ts';

const table = decodingTable('PCMA');

function wav(channels: number, samples: readonly number[]): Buffer {
  const data = Buffer.alloc(samples.length * 2);
  samples.forEach((sample, i) => {
    data.writeInt16LE(sample, i * 2);
  });
  return Buffer.concat([wavHeader({ channels, sampleRate: 8000 }, data.length), data]);
}

describe('a WAV file', () => {
  it('is read channel by channel', () => {
    const read = readWav(wav(2, [1, -1, 2, -2, 3, -3]), table);
    expect(read).toEqual({ channels: [Int16Array.of(1, 2, 3), Int16Array.of(-1, -2, -3)] });
  });

  it('may hold A-law, and chunks that we do not know', () => {
    const octets = new Uint8Array(4);
    encode('PCMA', Int16Array.of(8, 1000, -1000, 8), octets);
    const header = wavHeader({ channels: 1, sampleRate: 8000 }, 4);
    header.writeUInt16LE(6, 20);
    header.writeUInt16LE(8, 34);
    const list = Buffer.from('LIST\x03\x00\x00\x00abc\x00', 'latin1');
    const read = readWav(Buffer.concat([header.subarray(0, 36), list, header.subarray(36), octets]), table);
    expect('channels' in read && [...(read.channels[0] as Int16Array)]).toEqual([8, 1008, -1008, 8]);
  });

  it('whose writer was killed is read as far as it goes', () => {
    const whole = wav(1, [5, 6, 7, 8]);
    const read = readWav(whole.subarray(0, whole.length - 3), table);
    expect(read).toEqual({ channels: [Int16Array.of(5, 6)] });
  });

  it('of another rate is refused with the remedy', () => {
    const other = wavHeader({ channels: 1, sampleRate: 44_100 }, 0);
    expect(readWav(other, table)).toEqual({ problem: expect.stringMatching(/44100 Hz.*save it as 8000 Hz/) });
  });

  it('never makes the reader throw, whatever the bytes', () => {
    const start = wav(1, [1, 2, 3]);
    fc.assert(
      fc.property(fc.nat(start.length - 1), fc.nat(255), fc.nat(60), (at, value, length) => {
        const bytes = Buffer.from(start);
        bytes[at] = value;
        readWav(bytes.subarray(0, length), table);
        expect(Object.keys(readWav(bytes, table))).toHaveLength(1);
      }),
    );
  });
});
