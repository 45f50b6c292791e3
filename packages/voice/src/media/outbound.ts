import { RTP_HEADER_BYTES, writeRtpHeader } from '../rtp/packet.ts';
import { FRAME_SAMPLES, SAMPLES_PER_MS } from './g711.ts';
import type { AudioFormat } from './inbound.ts';

/** Takes whole RTP packets to the far end. The packet is the transport's from then on. */
export interface MediaTransport {
  send(packet: Buffer): void;
}

/** Start values of a stream; RFC 3550 §5.1 wants them random. */
export interface StreamStart {
  readonly ssrc: number;
  /** 16 bit */
  readonly sequence: number;
  /** 32 bit */
  readonly timestamp: number;
}

/**
 * What a leg is sent: one RTP stream, whoever speaks in it. Sources (player, relay, mixer, digits, silence) take turns.
 * INVARIANT one stream: across a change of source the sequence goes on by one and the timestamp by the time that
 * passed, so that the far end hears a pause, never a jump.
 */
export class Outbound {
  readonly ssrc: number;
  format: AudioFormat;
  transport: MediaTransport | undefined;
  /** ms of `performance.now()`; −Infinity before the first packet */
  sentAt = Number.NEGATIVE_INFINITY;
  sent = 0;
  /** of payload, in all packets sent */
  octets = 0;
  private source: object | undefined;
  private sequence: number;
  private timestamp: number;
  private span = FRAME_SAMPLES;

  constructor(format: AudioFormat, start: StreamStart) {
    this.format = format;
    this.ssrc = start.ssrc >>> 0;
    this.sequence = start.sequence & 0xffff;
    this.timestamp = start.timestamp >>> 0;
  }

  isSpeaking(source: object): boolean {
    return this.source === source;
  }

  /** Makes `source` the speaking one. The next packet's numbers follow in `nextSequence` and `nextTimestamp`. */
  begin(source: object, now: number): void {
    const passed = Number.isFinite(this.sentAt) ? Math.round((now - this.sentAt) * SAMPLES_PER_MS) : 0;
    this.timestamp = (this.timestamp + Math.max(0, passed - this.span)) >>> 0;
    this.source = source;
  }

  get nextSequence(): number {
    return (this.sequence + 1) & 0xffff;
  }

  get nextTimestamp(): number {
    return (this.timestamp + this.span) >>> 0;
  }

  /** The timestamp that belongs to `now`, whether or not something is sent then (RFC 3550 §6.4.1). */
  timestampAt(now: number): number {
    const passed = Number.isFinite(this.sentAt) ? Math.round((now - this.sentAt) * SAMPLES_PER_MS) : 0;
    return (this.timestamp + passed) >>> 0;
  }

  /** Sends 20 ms of audio, already in this leg's law: `octets[offset … offset + 160)`. */
  sendFrame(source: object, octets: Uint8Array, offset: number, now: number): void {
    if (this.transport === undefined) {
      // Nobody is there: whoever speaks when somebody comes begins anew, after the time that passed.
      this.source = undefined;
      return;
    }
    const fresh = this.source !== source;
    if (fresh) this.begin(source, now);
    const packet = Buffer.allocUnsafe(RTP_HEADER_BYTES + FRAME_SAMPLES);
    for (let i = 0; i < FRAME_SAMPLES; i++) packet[RTP_HEADER_BYTES + i] = octets[offset + i] as number;
    this.sendPacket(packet, this.format.payloadType, fresh, this.nextSequence, this.nextTimestamp, FRAME_SAMPLES, now);
  }

  /** Writes the header over the start of `packet`, sends it and notes its numbers. A packet out of order notes nothing. */
  sendPacket(packet: Buffer, payloadType: number, marker: boolean, sequence: number, timestamp: number, span: number, now: number): void {
    writeRtpHeader(packet, payloadType, marker, sequence, timestamp, this.ssrc);
    if (((sequence - this.sequence) << 16) >> 16 > 0) {
      this.sequence = sequence & 0xffff;
      this.timestamp = timestamp >>> 0;
      this.span = span;
    }
    this.sentAt = now;
    this.sent++;
    this.octets += packet.length - RTP_HEADER_BYTES;
    this.transport?.send(packet);
  }
}
