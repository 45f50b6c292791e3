import { MediaLeg } from '../media/leg.ts';
import { emptyRtpHeader, readRtp } from '../rtp/packet.ts';
import { AudioPeer, type AudioPeerOptions } from './audio-peer.ts';

/** A leg with its far end, without a network between them. */
export interface Pair {
  readonly leg: MediaLeg;
  readonly peer: AudioPeer;
}

/** Legs and their far ends in simulated time, for tests of the media: 20 ms pass when the test says so. */
export class MediaRoom {
  now = 1000;
  /** What ticks before the legs: bridges, recorders. */
  readonly before: { tick(now: number): void }[] = [];
  private readonly pairs: Pair[] = [];

  /** A leg whose far end says the tone `options.says`. */
  add(options: AudioPeerOptions): Pair {
    const peer = new AudioPeer(options);
    const payloadType = peer.codec === 'PCMA' ? 8 : 0;
    const leg = new MediaLeg(
      { codec: peer.codec, payloadType, eventPayloadType: 101 },
      { ssrc: 7, sequence: 65_000, timestamp: 4_294_960_000 },
    );
    leg.setTransport({ send: (packet) => peer.hear(Buffer.from(packet)) });
    const pair = { leg, peer };
    this.pairs.push(pair);
    return pair;
  }

  receive(pair: Pair, packet: Buffer): void {
    const header = emptyRtpHeader();
    if (!readRtp(packet, header)) throw new Error('a peer made a packet that is no RTP');
    pair.leg.inbound.receive(packet, header, this.now);
  }

  /** Lets time pass; every far end speaks each 20 ms, unless `lose` says that the network dropped that packet. */
  pass(ms: number, lose: (pair: Pair, frame: number) => boolean = () => false): void {
    for (let frame = 0; frame < ms / 20; frame++) {
      this.now += 20;
      for (const pair of this.pairs) {
        if (lose(pair, frame)) pair.peer.skipPacket();
        else this.receive(pair, pair.peer.nextPacket());
      }
      for (const each of this.before) each.tick(this.now);
      for (const { leg } of this.pairs) leg.tick(this.now);
    }
  }
}
