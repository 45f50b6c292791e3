import { Ear } from './ear.ts';
import { type AudioFormat, Inbound } from './inbound.ts';
import { LineQuality } from './line-quality.ts';
import { type MediaTransport, Outbound, type StreamStart } from './outbound.ts';

/** The media of one leg: what it says, what it is sent, and what decides what it hears. */
export class MediaLeg {
  readonly inbound: Inbound;
  readonly outbound: Outbound;
  readonly ear: Ear;
  readonly quality: LineQuality;

  constructor(format: AudioFormat, start: StreamStart) {
    this.inbound = new Inbound(format);
    this.outbound = new Outbound(format, start);
    this.ear = new Ear(this.outbound);
    this.quality = new LineQuality(this.inbound.stream);
  }

  setFormat(format: AudioFormat): void {
    this.inbound.format = format;
    this.outbound.format = format;
  }

  /** Without a transport nothing is sent; time goes on for players. */
  setTransport(transport: MediaTransport | undefined): void {
    this.outbound.transport = transport;
  }

  tick(now: number): void {
    this.inbound.tick(now);
    this.ear.tick(now);
  }
}
