import type { RtpHeader } from '../rtp/packet.ts';
import { SequenceTracker } from '../rtp/sequence.ts';
import { DigitReceiver, type ReceivedDigit } from './dtmf-receive.ts';
import { ToneDigits } from './dtmf-tones.ts';
import { type Codec, silenceOctet } from './g711.ts';

/** One received packet of audio. The object is reused for the next packet: a sink copies what it keeps. */
export interface AudioFrame {
  packet: Buffer;
  /** the payload is `packet[start … end)` */
  start: number;
  end: number;
  codec: Codec;
  /** unwrapped: grows past 65535 */
  sequence: number;
  /** 8 kHz samples, 32 bit */
  timestamp: number;
  ssrc: number;
  marker: boolean;
  /** RFC 4733 event instead of audio; only the relay is shown these */
  event: boolean;
  /** ms of `performance.now()` */
  arrivedAt: number;
}

export interface FrameSink {
  take(frame: AudioFrame): void;
}

/** How audio is coded on one leg: the codec, its payload type, and that of telephone-event where the far end takes it. */
export interface AudioFormat {
  readonly codec: Codec;
  readonly payloadType: number;
  readonly eventPayloadType?: number;
}

/** What a leg says. Audio goes to every listener, then to the relay, which may write over the packet. */
export class Inbound {
  readonly stream = new SequenceTracker();
  format: AudioFormat;
  /** Nobody hears or records this leg; its digits still count. */
  muted = false;
  /** ms of `performance.now()`; NaN before the first packet */
  lastPacketAt = Number.NaN;
  relay: FrameSink | undefined;
  onDigit: ((digit: ReceivedDigit) => void) | undefined;
  private readonly listeners: FrameSink[] = [];
  private readonly digits = new DigitReceiver();
  private readonly tones = new ToneDigits();
  private readonly frame: AudioFrame;

  constructor(format: AudioFormat) {
    this.format = format;
    const nothing = Buffer.alloc(0);
    this.frame = {
      packet: nothing,
      start: 0,
      end: 0,
      codec: format.codec,
      sequence: 0,
      timestamp: 0,
      ssrc: 0,
      marker: false,
      event: false,
      arrivedAt: 0,
    };
  }

  listen(sink: FrameSink): void {
    if (!this.listeners.includes(sink)) this.listeners.push(sink);
  }

  unlisten(sink: FrameSink): void {
    const at = this.listeners.indexOf(sink);
    if (at >= 0) this.listeners.splice(at, 1);
  }

  /** Takes a packet that belongs to the far end; the packet is ours from here on. */
  receive(packet: Buffer, header: RtpHeader, now: number): void {
    const event = header.payloadType === this.format.eventPayloadType;
    const codec = event ? this.format.codec : this.codecOf(header.payloadType);
    if (codec === undefined) return;
    const frame = this.frame;
    frame.sequence = this.stream.receive(header.ssrc, header.sequence, header.timestamp, now);
    frame.packet = packet;
    frame.start = header.payloadStart;
    frame.end = header.payloadEnd;
    frame.codec = codec;
    frame.timestamp = header.timestamp;
    frame.ssrc = header.ssrc;
    frame.marker = header.marker;
    frame.event = event;
    frame.arrivedAt = now;
    this.lastPacketAt = now;
    if (event) this.takeEvent(frame);
    else this.takeAudio(frame);
  }

  /** Called on every tick: a digit whose end was lost ends by itself. */
  tick(now: number): void {
    const digit = this.digits.expire(now);
    if (digit !== undefined) this.onDigit?.(digit);
  }

  private takeEvent(frame: AudioFrame): void {
    const digit = this.digits.take(frame);
    if (digit !== undefined) this.onDigit?.(digit);
    this.relay?.take(frame);
  }

  private takeAudio(frame: AudioFrame): void {
    // A far end that agreed to events sends no tones beside them.
    if (this.format.eventPayloadType === undefined) {
      const digit = this.tones.take(frame);
      if (digit !== undefined) this.onDigit?.(digit);
    }
    if (this.muted) frame.packet.fill(silenceOctet(frame.codec), frame.start, frame.end);
    else for (let i = 0; i < this.listeners.length; i++) (this.listeners[i] as FrameSink).take(frame);
    this.relay?.take(frame);
  }

  // A peer that was offered both laws may send either one at any time (RFC 3264 §7).
  private codecOf(payloadType: number): Codec | undefined {
    if (payloadType === this.format.payloadType) return this.format.codec;
    if (payloadType === 8) return 'PCMA';
    return payloadType === 0 ? 'PCMU' : undefined;
  }
}
