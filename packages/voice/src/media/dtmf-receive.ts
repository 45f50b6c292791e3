import { readTelephoneEvent } from '../rtp/telephone-event.ts';
import type { AudioFrame } from './inbound.ts';

export interface ReceivedDigit {
  readonly digit: string;
  readonly durationMs: number;
}

/** When neither an end nor an update came for so long, the end was lost and the digit is over. */
const LOST_END_MS = 300;

/**
 * Turns telephone events (RFC 4733) into digits. An event is known by its RTP timestamp: every update of it carries the
 * same one, and its end is sent three times. A digit is told when it ends, once.
 */
export class DigitReceiver {
  private timestamp = -1;
  private ssrc = -1;
  private digit = '';
  private duration = 0;
  private told = true;
  private heardAt = 0;

  /** The digit that this packet completes, if any. */
  take(frame: AudioFrame): ReceivedDigit | undefined {
    const event = readTelephoneEvent(frame.packet, frame.start, frame.end);
    if (event === undefined) return undefined;
    let interrupted: ReceivedDigit | undefined;
    if (frame.timestamp !== this.timestamp || frame.ssrc !== this.ssrc) {
      // An older event that arrives out of order is over already.
      if (frame.ssrc === this.ssrc && ((frame.timestamp - this.timestamp) | 0) < 0) return undefined;
      interrupted = this.finish();
      this.timestamp = frame.timestamp;
      this.ssrc = frame.ssrc;
      this.digit = event.digit;
      this.duration = 0;
      this.told = false;
    }
    this.duration = Math.max(this.duration, event.duration);
    this.heardAt = frame.arrivedAt;
    if (interrupted !== undefined) return interrupted;
    return event.end ? this.finish() : undefined;
  }

  /** The digit whose end never came, if that is so at `now`. */
  expire(now: number): ReceivedDigit | undefined {
    return this.told || now - this.heardAt < LOST_END_MS ? undefined : this.finish();
  }

  private finish(): ReceivedDigit | undefined {
    if (this.told) return undefined;
    this.told = true;
    return { digit: this.digit, durationMs: Math.round(this.duration / 8) };
  }
}
