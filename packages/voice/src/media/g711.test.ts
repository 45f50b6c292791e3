import { describe, expect, it } from 'vitest';
import { type Codec, decode, decodingTable, encode, silenceOctet, transcode } from './g711.ts';

const codecs: readonly Codec[] = ['PCMA', 'PCMU'];

describe('G.711', () => {
  it.each(codecs)('%s gives every octet back after decoding and encoding', (codec) => {
    const octets = Uint8Array.from({ length: 256 }, (_, i) => i);
    const samples = new Int16Array(256);
    decode(codec, octets, 0, 256, samples);
    const again = new Uint8Array(256);
    encode(codec, samples, again);
    // µ-law has two zeros (0x7f and 0xff): they decode to the same sample.
    const expected = codec === 'PCMU' ? octets.map((octet) => (octet === 0x7f ? 0xff : octet)) : octets;
    expect([...again]).toEqual([...expected]);
  });

  it.each(codecs)('%s is monotonic and keeps each sample within half a step of its segment', (codec) => {
    const octet = new Uint8Array(1);
    let before = -40_000;
    let backwards = 0;
    let tooFar = 0;
    for (let sample = -32_000; sample <= 32_000; sample++) {
      encode(codec, Int16Array.of(sample), octet);
      const decoded = decodingTable(codec)[octet[0] as number] as number;
      if (decoded < before) backwards++;
      if (Math.abs(decoded - sample) > Math.max(16, Math.abs(sample) / 27)) tooFar++;
      before = decoded;
    }
    expect({ backwards, tooFar }).toEqual({ backwards: 0, tooFar: 0 });
  });

  it('knows the reference values of the standard', () => {
    // G.711 table 1a/1b: the largest A-law value is ±4032 of 4096, µ-law ±8031 of 8192, here on the 16-bit scale.
    expect(decodingTable('PCMA')[0xaa]).toBe(32_256);
    expect(decodingTable('PCMA')[0x2a]).toBe(-32_256);
    expect(decodingTable('PCMU')[0x80]).toBe(32_124);
    expect(decodingTable('PCMU')[0x00]).toBe(-32_124);
    expect(decodingTable('PCMU')[silenceOctet('PCMU')]).toBe(0);
    expect(decodingTable('PCMA')[silenceOctet('PCMA')]).toBe(8);
  });

  it('transcodes between the laws as decoding and encoding would', () => {
    for (const from of codecs) {
      const to: Codec = from === 'PCMA' ? 'PCMU' : 'PCMA';
      const octets = Uint8Array.from({ length: 256 }, (_, i) => i);
      const samples = new Int16Array(256);
      decode(from, octets, 0, 256, samples);
      const expected = new Uint8Array(256);
      encode(to, samples, expected);
      transcode(from, octets, 0, 256);
      expect([...octets]).toEqual([...expected]);
    }
  });
});
