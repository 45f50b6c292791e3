import { RTP_HEADER_BYTES } from '../rtp/packet.ts';
import { SAMPLES_PER_MS, transcode } from './g711.ts';
import type { AudioFrame, FrameSink } from './inbound.ts';
import type { Outbound } from './outbound.ts';

/** Larger steps are a sender that started anew, not loss. */
const MAX_STEP = 3000;
/** A timestamp that differs so much from the time that passed belongs to a new source behind the same SSRC. */
const MAX_SLIP_SAMPLES = 1000 * SAMPLES_PER_MS;

/**
 * Carries one leg's packets to another one without touching the audio where both use the same law, and by a table where
 * not. It carries the *difference* of sequence numbers, so that the far end still sees what the network lost; timestamps are
 * rebased, so that a change of source never jumps.
 */
export class Relay implements FrameSink {
  private readonly to: Outbound;
  private readonly mayPass: () => boolean;
  private ssrc = -1;
  private fromSequence = 0;
  private fromTimestamp = 0;
  private sequence = 0;
  private timestamp = 0;
  private lastTimestamp = 0;
  private lastAt = 0;

  /** `mayPass` is false while the target hears something else than its bridge. */
  constructor(to: Outbound, mayPass: () => boolean) {
    this.to = to;
    this.mayPass = mayPass;
  }

  take(frame: AudioFrame): void {
    if (!this.mayPass()) return;
    const { to } = this;
    const payloadType = frame.event ? to.format.eventPayloadType : to.format.payloadType;
    const anchored = this.isAnchored(frame);
    if (!anchored) this.anchor(frame);
    if (payloadType === undefined) {
      // A digit that the target cannot be told is no loss: the numbers close up behind it.
      this.fromSequence++;
      return;
    }
    this.lastTimestamp = frame.timestamp;
    this.lastAt = frame.arrivedAt;
    if (!frame.event && frame.codec !== to.format.codec) transcode(frame.codec, frame.packet, frame.start, frame.end);
    const packet = withPlainHeader(frame);
    const sequence = (this.sequence + frame.sequence - this.fromSequence) & 0xffff;
    const timestamp = this.timestamp + frame.timestamp - this.fromTimestamp;
    const span = frame.event ? 0 : frame.end - frame.start;
    to.sendPacket(packet, payloadType, !anchored || frame.marker, sequence, timestamp, span, frame.arrivedAt);
  }

  private isAnchored(frame: AudioFrame): boolean {
    if (frame.ssrc !== this.ssrc || !this.to.isSpeaking(this)) return false;
    const step = frame.sequence - this.fromSequence;
    if (step > 0x40000000 || step < -MAX_STEP) return false;
    const slip = ((frame.timestamp - this.lastTimestamp) | 0) - (frame.arrivedAt - this.lastAt) * SAMPLES_PER_MS;
    return slip < MAX_SLIP_SAMPLES && slip > -MAX_SLIP_SAMPLES;
  }

  private anchor(frame: AudioFrame): void {
    this.to.begin(this, frame.arrivedAt);
    this.ssrc = frame.ssrc;
    this.fromSequence = frame.sequence;
    this.fromTimestamp = frame.timestamp;
    this.sequence = this.to.nextSequence;
    this.timestamp = this.to.nextTimestamp;
    this.lastTimestamp = frame.timestamp;
    this.lastAt = frame.arrivedAt;
  }
}

/** The packet with its payload right behind a header without extensions: the same memory wherever that already is so. */
function withPlainHeader(frame: AudioFrame): Buffer {
  const { packet, start, end } = frame;
  if (start === RTP_HEADER_BYTES) return end === packet.length ? packet : packet.subarray(0, end);
  packet.copyWithin(RTP_HEADER_BYTES, start, end);
  return packet.subarray(0, RTP_HEADER_BYTES + end - start);
}
