import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isRtcp } from './packet.ts';
import { ntpMiddle, readRtcp, writeRtcp } from './rtcp.ts';
import { RtcpSession } from './rtcp-session.ts';
import { SequenceTracker } from './sequence.ts';

const block = { ssrc: 9, lossRatio: 0.25, lost: -3, highest: 0x1_0007, jitter: 80, lastReport: 0xdead_beef, delay: 65_536 };

describe('a report', () => {
  it('of a sender and of a receiver is read as it was written, behind the length of whole words', () => {
    const sender = { at: 1_700_000_000_500, timestamp: 160, packets: 5, octets: 800 };
    const [sent, heard] = [writeRtcp(7, 'hotline', sender, [block]), writeRtcp(7, 'ab', undefined, [])];
    expect(readRtcp(sent)).toEqual([{ ssrc: 7, sentAt: ntpMiddle(sender.at), received: [block] }]);
    expect(readRtcp(heard)).toEqual([{ ssrc: 7, received: [] }]);
    expect([sent.length % 4, heard.length % 4, isRtcp(sent), isRtcp(heard)]).toEqual([0, 0, true, true]);
  });

  it('names its instant as NTP does', () => {
    // 2023-11-14T22:13:20.5Z is 3,908,988,800.5 s after 1900.
    expect(ntpMiddle(1_700_000_000_500)).toBe((((3_908_988_800 & 0xffff) << 16) | 0x8000) >>> 0);
  });

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['version 1', Buffer.from([0x41, 200, 0, 6, ...new Array(24).fill(0)])],
    ['more than is there', Buffer.from([0x81, 201, 0, 60, 0, 0, 0, 1])],
    ['more blocks than its length holds', Buffer.from([0x9f, 201, 0, 1, 0, 0, 0, 1])],
    ['an oversized compound', Buffer.alloc(1600, writeRtcp(1, 'x', undefined, []))],
  ])('with %s says nothing', (_what, packet) => {
    expect(readRtcp(packet)).toEqual([]);
  });

  it('never makes the reader throw, whatever the bytes', () => {
    const start = writeRtcp(7, 'hotline', { at: 0, timestamp: 0, packets: 0, octets: 0 }, [block, block]);
    fc.assert(
      fc.property(fc.nat(start.length - 1), fc.nat(255), fc.nat(start.length), (at, value, length) => {
        const packet = Buffer.from(start);
        packet[at] = value;
        readRtcp(packet.subarray(0, length));
      }),
    );
  });
});

/** Two sides of a call whose clocks stand still except where the test moves them. */
function side(ssrc: number, drift = 0) {
  const received = new SequenceTracker();
  const sent = { ssrc, sent: 0, octets: 0, timestampAt: (now: number) => now * 8 };
  const session = new RtcpSession({ name: 'x', received, sent, random: () => 0.5, wallClock: (now) => 1_700_000_000_000 + drift + now });
  return { received, sent, session };
}

describe('the reports of a leg', () => {
  it('come after half an interval, then every interval, and not where there is nothing to tell', () => {
    const { received, session } = side(1);
    const instants: number[] = [];
    for (let now = 0; now <= 30_000; now += 1000) {
      if (now === 4000) received.receive(2, 1, 160, now);
      if (session.due(now) !== undefined) instants.push(now);
    }
    expect(instants).toEqual([8000, 13_000, 18_000, 23_000, 28_000]);
  });

  it('say what was lost since the last one, and how long the way is, whatever the clocks of both sides', () => {
    const [us, them] = [side(1), side(2, 123_456)];
    them.sent.sent = 50;
    us.sent.sent = 50;
    for (let i = 0; i < 100; i++) if (i % 4 !== 0) them.received.receive(1, i, i * 160, i * 20);
    us.session.due(0);
    them.session.due(0);
    const ours = us.session.due(5000) as Buffer;
    // 30 ms there, 1 s at the far end, 30 ms back.
    expect(them.session.take(ours, 5030), 'no audio of theirs was received').toBeUndefined();
    const theirs = them.session.due(6030) as Buffer;
    const far = us.session.take(theirs, 6060);
    expect(far?.lossRatio).toBeCloseTo(0.25, 1);
    expect(far?.roundTripMs).toBeGreaterThan(58);
    expect(far?.roundTripMs).toBeLessThan(62);
  });

  it('are not believed about another stream than ours', () => {
    const { session } = side(1);
    expect(session.take(writeRtcp(2, 'x', undefined, [{ ...block, ssrc: 77, lossRatio: 0.9 }]), 0)).toBeUndefined();
  });
});
