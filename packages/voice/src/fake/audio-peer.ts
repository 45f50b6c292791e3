import { type Codec, decode, encode, FRAME_SAMPLES } from '../media/g711.ts';
import { amplitudeOf, tone } from '../media/tone.ts';
import { emptyRtpHeader, RTP_HEADER_BYTES, readRtp, writeRtpHeader } from '../rtp/packet.ts';
import { EVENT_BYTES, readTelephoneEvent, writeTelephoneEvent } from '../rtp/telephone-event.ts';

export interface AudioPeerOptions {
  /** Hz of the tone it says; 0 = silence */
  readonly says: number;
  readonly codec?: Codec;
  readonly ssrc?: number;
  readonly sequence?: number;
  readonly timestamp?: number;
}

const AMPLITUDE = 8000;
const EVENT_TYPE = 101;
const REMEMBERED_SAMPLES = 8000 * 10;

/** The far end of a leg for tests: it says a tone, packet by packet, and knows which tones it hears. */
export class AudioPeer {
  says: number;
  readonly codec: Codec;
  ssrc: number;
  readonly digits: string[] = [];
  readonly sequences: number[] = [];
  readonly timestamps: number[] = [];
  readonly markers: boolean[] = [];
  private sequence: number;
  private timestamp: number;
  private samples = new Int16Array();
  private lastDigitAt = -1;

  constructor(options: AudioPeerOptions) {
    this.says = options.says;
    this.codec = options.codec ?? 'PCMA';
    this.ssrc = options.ssrc ?? 0x1000 + options.says;
    this.sequence = options.sequence ?? 65_530;
    this.timestamp = options.timestamp ?? 0xffff_fc00;
  }

  /** The next 20 ms of the tone. */
  nextPacket(): Buffer {
    const packet = Buffer.alloc(RTP_HEADER_BYTES + FRAME_SAMPLES);
    const samples = this.says === 0 ? new Int16Array(FRAME_SAMPLES) : tone([this.says], FRAME_SAMPLES, AMPLITUDE, this.timestamp % 8000);
    writeRtpHeader(packet, this.codec === 'PCMA' ? 8 : 0, false, this.sequence, this.timestamp, this.ssrc);
    encode(this.codec, samples, packet, RTP_HEADER_BYTES);
    this.skipPacket();
    return packet;
  }

  /** 20 ms that the network lost. */
  skipPacket(): void {
    this.sequence = (this.sequence + 1) & 0xffff;
    this.timestamp = (this.timestamp + FRAME_SAMPLES) >>> 0;
  }

  /** A digit of 100 ms with its three ends (RFC 4733). */
  digitPackets(digit: string): Buffer[] {
    const start = this.timestamp;
    const packets = [1, 2, 3, 4, 5, 5, 5].map((frames, i) => {
      const packet = Buffer.alloc(RTP_HEADER_BYTES + EVENT_BYTES);
      writeRtpHeader(packet, EVENT_TYPE, i === 0, this.sequence, start, this.ssrc);
      writeTelephoneEvent(packet, RTP_HEADER_BYTES, { digit, end: i >= 4, duration: frames * FRAME_SAMPLES });
      this.sequence = (this.sequence + 1) & 0xffff;
      return packet;
    });
    this.timestamp = (start + 5 * FRAME_SAMPLES) >>> 0;
    return packets;
  }

  /** Takes a packet that was sent to it. */
  hear(packet: Buffer): void {
    const header = emptyRtpHeader();
    if (!readRtp(packet, header)) return;
    this.sequences.push(header.sequence);
    this.timestamps.push(header.timestamp);
    this.markers.push(header.marker);
    if (header.payloadType === EVENT_TYPE) this.hearEvent(packet, header.payloadStart, header.payloadEnd, header.timestamp);
    else this.hearAudio(packet, header.payloadStart, header.payloadEnd, header.payloadType === 8 ? 'PCMA' : 'PCMU');
  }

  /** The newest `ms` of what it heard. */
  heard(ms: number): Int16Array {
    return this.samples.subarray(Math.max(0, this.samples.length - ms * 8));
  }

  /** How loud a tone was in the newest `ms`: 0 to about 8000. */
  hears(frequency: number, ms = 200): number {
    return Math.round(amplitudeOf(frequency, this.heard(ms)));
  }

  forget(): void {
    this.samples = new Int16Array();
  }

  private hearAudio(packet: Buffer, start: number, end: number, codec: Codec): void {
    const kept = this.samples.subarray(Math.max(0, this.samples.length - REMEMBERED_SAMPLES));
    const grown = new Int16Array(kept.length + end - start);
    grown.set(kept);
    decode(codec, packet, start, end, grown.subarray(kept.length));
    this.samples = grown;
  }

  private hearEvent(packet: Buffer, start: number, end: number, timestamp: number): void {
    const event = readTelephoneEvent(packet, start, end);
    if (event === undefined || !event.end || timestamp === this.lastDigitAt) return;
    this.lastDigitAt = timestamp;
    this.digits.push(event.digit);
  }
}
