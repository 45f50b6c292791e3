import { RTP_HEADER_BYTES } from '../rtp/packet.ts';
import { EVENT_BYTES, writeTelephoneEvent } from '../rtp/telephone-event.ts';
import { encode, FRAME_SAMPLES } from './g711.ts';
import type { Outbound } from './outbound.ts';
import { tone } from './tone.ts';

const TONE_FRAMES = 5;
const END_REPEATS = 3;
const GAP_FRAMES = 4;
const ROWS = [697, 770, 852, 941];
const COLUMNS = [1209, 1336, 1477, 1633];
const KEYPAD = '123A456B789C*0#D';
/** −10 dBm0 for each of the two tones */
const TONE_AMPLITUDE = 7000;

/** Sends digits one by one: 100 ms each as RFC 4733 events, or as tones to a far end that takes no events (ITU-T Q.23). */
export class DigitSender {
  private readonly to: Outbound;
  private digits = '';
  private frame = 0;
  private eventTimestamp = 0;

  constructor(to: Outbound) {
    this.to = to;
  }

  get active(): boolean {
    return this.digits.length > 0;
  }

  send(digits: string): void {
    this.digits += digits;
  }

  /** Sends the next 20 ms; only while `active`. */
  tick(now: number): void {
    const digit = this.digits[0] as string;
    const events = this.to.format.eventPayloadType;
    const sounding = this.frame < TONE_FRAMES;
    if (events === undefined) this.sendTone(sounding ? digit : undefined, now);
    else if (sounding) this.sendEvent(events, digit, now);
    this.frame++;
    if (this.frame < TONE_FRAMES + GAP_FRAMES) return;
    this.frame = 0;
    this.digits = this.digits.slice(1);
  }

  private sendEvent(payloadType: number, digit: string, now: number): void {
    const { to } = this;
    const first = this.frame === 0;
    if (first) {
      to.begin(this, now);
      this.eventTimestamp = to.nextTimestamp;
    }
    const end = this.frame === TONE_FRAMES - 1;
    const duration = (this.frame + 1) * FRAME_SAMPLES;
    for (let repeat = 0; repeat < (end ? END_REPEATS : 1); repeat++) {
      const packet = Buffer.allocUnsafe(RTP_HEADER_BYTES + EVENT_BYTES);
      writeTelephoneEvent(packet, RTP_HEADER_BYTES, { digit, end, duration });
      to.sendPacket(packet, payloadType, first, to.nextSequence, this.eventTimestamp, duration, now);
    }
  }

  private sendTone(digit: string | undefined, now: number): void {
    const key = digit === undefined ? -1 : KEYPAD.indexOf(digit);
    const pair = key < 0 ? [] : [ROWS[key >> 2] as number, COLUMNS[key & 3] as number];
    const octets = new Uint8Array(FRAME_SAMPLES);
    encode(this.to.format.codec, tone(pair, FRAME_SAMPLES, TONE_AMPLITUDE, this.frame * FRAME_SAMPLES), octets);
    this.to.sendFrame(this, octets, 0, now);
  }
}
