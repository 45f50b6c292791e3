import { describe, expect, it } from 'vitest';
import { AudioPeer } from '../fake/audio-peer.ts';
import { emptyRtpHeader, readRtp } from '../rtp/packet.ts';
import { FRAME_SAMPLES } from './g711.ts';
import { Inbound } from './inbound.ts';
import { JitterBuffer } from './jitter-buffer.ts';
import { amplitudeOf, rootMeanSquare } from './tone.ts';

interface Arrival {
  readonly at: number;
  readonly packet: Buffer;
}

/** Packets of a 400 Hz tone, `delay(i)` ms late each; undefined = lost. */
function arrivals(count: number, delay: (i: number) => number | undefined): Arrival[] {
  const peer = new AudioPeer({ says: 400 });
  const all: Arrival[] = [];
  for (let i = 0; i < count; i++) {
    const packet = peer.nextPacket();
    const late = delay(i);
    if (late !== undefined) all.push({ at: i * 20 + late, packet });
  }
  return all.sort((a, b) => a.at - b.at);
}

/** Everything that the consumer hears, frame by frame, and the buffer afterwards. */
function play(all: readonly Arrival[], frames: number) {
  const inbound = new Inbound({ codec: 'PCMA', payloadType: 8 });
  const buffer = new JitterBuffer();
  inbound.listen(buffer);
  const header = emptyRtpHeader();
  const heard: Int16Array[] = [];
  let next = 0;
  for (let frame = 0; frame < frames; frame++) {
    for (; next < all.length && (all[next] as Arrival).at <= frame * 20; next++) {
      const { packet, at } = all[next] as Arrival;
      if (readRtp(packet, header)) inbound.receive(packet, header, at);
    }
    const out = new Int16Array(FRAME_SAMPLES);
    buffer.pull(out);
    heard.push(out);
  }
  return { heard, delayMs: buffer.delayMs };
}

const quiet = (frames: readonly Int16Array[]) => frames.filter((frame) => rootMeanSquare(frame) < 3000).length;

describe('the jitter buffer', () => {
  it('plays a steady stream whole after 40 ms', () => {
    const { heard, delayMs } = play(
      arrivals(200, () => 0),
      150,
    );
    expect(delayMs).toBe(40);
    expect(quiet(heard.slice(3))).toBe(0);
    expect(amplitudeOf(400, heard[100] as Int16Array)).toBeGreaterThan(7500);
  });

  it('puts packets that overtook each other back in order', () => {
    const swapped = play(
      arrivals(200, (i) => (i % 10 === 4 ? 25 : 0)),
      150,
    );
    const straight = play(
      arrivals(200, () => 0),
      150,
    );
    expect(swapped.heard.slice(5)).toEqual(straight.heard.slice(5));
  });

  it('hides a lost packet by what was said before', () => {
    const { heard } = play(
      arrivals(200, (i) => (i === 100 ? undefined : 0)),
      150,
    );
    expect(quiet(heard.slice(3)), 'no frame is silent').toBe(0);
    expect(amplitudeOf(400, heard[102] as Int16Array)).toBeGreaterThan(6000);
  });

  it('falls silent within 100 ms when nothing comes any more', () => {
    const { heard } = play(
      arrivals(50, () => 0),
      80,
    );
    expect(rootMeanSquare(heard[60] as Int16Array)).toBe(0);
  });

  it('grows to 120 ms for late packets and no further', () => {
    const { heard, delayMs } = play(
      arrivals(400, (i) => (i % 7 === 3 ? 90 : 0)),
      380,
    );
    expect(delayMs).toBeGreaterThanOrEqual(80);
    expect(delayMs).toBeLessThanOrEqual(120);
    expect(quiet(heard.slice(150)), 'once it is deep enough, nothing is missing').toBe(0);
  });

  it('becomes shallow again when the line is calm', () => {
    const { delayMs } = play(
      arrivals(3000, (i) => (i < 200 && i % 7 === 3 ? 90 : 0)),
      2900,
    );
    expect(delayMs).toBeLessThanOrEqual(60);
  });

  it('survives a sender whose clock runs 1 % slow or fast', () => {
    for (const drift of [0.2, -0.2]) {
      const { heard } = play(
        arrivals(3000, (i) => 40 + i * drift),
        2300,
      );
      expect(quiet(heard.slice(10)) / heard.length).toBeLessThan(0.03);
    }
  });

  it('follows a sender that starts anew with other numbers', () => {
    const first = arrivals(100, () => 0);
    const peer = new AudioPeer({ says: 900, ssrc: 5, sequence: 1, timestamp: 77 });
    const second = Array.from({ length: 100 }, (_, i) => ({ at: 2000 + i * 20, packet: peer.nextPacket() }));
    const { heard } = play([...first, ...second], 190);
    expect(amplitudeOf(900, heard[150] as Int16Array)).toBeGreaterThan(7000);
  });
});
