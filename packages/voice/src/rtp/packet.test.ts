import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyRtpHeader, readRtp, writeRtpHeader } from './packet.ts';

function packet(first: number, second: number, rest: readonly number[], payload = [1, 2, 3]): Buffer {
  return Buffer.from([first, second, 0x12, 0x34, 0, 0, 0, 160, 0xde, 0xad, 0xbe, 0xef, ...rest, ...payload]);
}

describe('an RTP packet', () => {
  it('is read where it has contributing sources, an extension and padding', () => {
    const header = emptyRtpHeader();
    const bytes = packet(0x80 | 0x20 | 0x10 | 1, 0x88, [9, 9, 9, 9, 0, 0, 0, 1, 7, 7, 7, 7], [1, 2, 3, 0, 2]);
    expect(readRtp(bytes, header)).toBe(true);
    expect(header).toMatchObject({ payloadType: 8, marker: true, sequence: 0x1234, timestamp: 160, ssrc: 0xdeadbeef });
    expect([...bytes.subarray(header.payloadStart, header.payloadEnd)]).toEqual([1, 2, 3]);
  });

  it.each([
    ['version 1', packet(0x40, 8, [])],
    ['RTCP', packet(0x80, 200, [])],
    ['no payload', packet(0x80, 8, [], [])],
    ['an extension beyond the end', packet(0x90, 8, [0, 0, 0, 9])],
    ['more padding than payload', packet(0xa0, 8, [], [1, 2, 200])],
    ['more contributing sources than bytes', packet(0x8f, 8, [])],
    ['an oversized packet', packet(0x80, 8, [], new Array(1600).fill(0))],
  ])('is refused with %s', (_what, bytes) => {
    expect(readRtp(bytes, emptyRtpHeader())).toBe(false);
  });

  it('is read back as it was written', () => {
    const numbers = fc.tuple(fc.nat(63), fc.boolean(), fc.nat(0xffff), fc.nat(0xffffffff), fc.nat(0xffffffff));
    fc.assert(
      fc.property(numbers, ([payloadType, marker, sequence, timestamp, ssrc]) => {
        const bytes = Buffer.alloc(172);
        writeRtpHeader(bytes, payloadType, marker, sequence, timestamp, ssrc);
        const header = emptyRtpHeader();
        expect(readRtp(bytes, header)).toBe(true);
        expect(header).toEqual({ payloadType, marker, sequence, timestamp, ssrc, payloadStart: 12, payloadEnd: 172 });
      }),
    );
  });

  it('never makes the reader throw or point outside, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
        const header = emptyRtpHeader();
        if (readRtp(Buffer.from(bytes), header))
          expect(header.payloadStart < header.payloadEnd && header.payloadEnd <= bytes.length).toBe(true);
      }),
    );
  });
});
