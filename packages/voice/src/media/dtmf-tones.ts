import type { ReceivedDigit } from './dtmf-receive.ts';
import { decodingTable } from './g711.ts';
import type { AudioFrame } from './inbound.ts';

/** 25.6 ms at 8 kHz: long enough to tell 697 from 770 Hz, short enough for the shortest digit that counts. */
const BLOCK = 205;
const ROWS = [697, 770, 852, 941];
const COLUMNS = [1209, 1336, 1477, 1633];
const KEYPAD = '123A456B789C*0#D';
/** A digit of 77 ms has two whole blocks wherever it begins; of 40 ms, the shortest that ITU-T Q.24 asks for, it may have one. */
const BLOCKS_TO_BEGIN = 2;
const BLOCKS_TO_END = 2;
/** Mean power of a tone of −36 dBm0, both tones together. */
const LEAST_POWER = 2.5e4;
/** Speech and music have power beside the two tones; a key has next to none. */
const LEAST_PURITY = 0.8;
/** How much louder than the second of its group a tone must be: 6 dB. */
const LEAST_LEAD = 4;
/** How much the tones of a key may differ: the high one 4 dB louder, or 8 dB softer (Q.24). */
const MOST_TWIST = 2.5;
const MOST_REVERSE_TWIST = 6.3;
const WEIGHTS = [...ROWS, ...COLUMNS].map((frequency) => 2 * Math.cos((2 * Math.PI * frequency) / 8000));

/**
 * Hears digits that are sent as tones (ITU-T Q.23) by a far end that cannot send events: Goertzel's filters over blocks of
 * samples. A digit is told when it ends, once, like those of RFC 4733.
 */
export class ToneDigits {
  private readonly block = new Float64Array(BLOCK);
  private readonly powers = new Float64Array(WEIGHTS.length);
  private filled = 0;
  private digit = '';
  private heard = 0;
  private missed = 0;

  /** The digit that ends with this packet, if any. */
  take(frame: AudioFrame): ReceivedDigit | undefined {
    const table = decodingTable(frame.codec);
    const { packet, end } = frame;
    let ended: ReceivedDigit | undefined;
    for (let i = frame.start; i < end; i++) {
      this.block[this.filled++] = table[packet[i] as number] as number;
      if (this.filled < BLOCK) continue;
      this.filled = 0;
      ended = this.follow(this.judge()) ?? ended;
    }
    return ended;
  }

  private follow(found: string): ReceivedDigit | undefined {
    if (found === this.digit && found !== '') {
      this.heard += 1 + this.missed;
      this.missed = 0;
      return undefined;
    }
    if (this.digit !== '' && ++this.missed < BLOCKS_TO_END && found === '') return undefined;
    const ended = this.heard >= BLOCKS_TO_BEGIN ? { digit: this.digit, durationMs: Math.round((this.heard * BLOCK) / 8) } : undefined;
    this.digit = found;
    this.heard = found === '' ? 0 : 1;
    this.missed = 0;
    return ended;
  }

  /** The key that the block sounds like; empty = none. */
  private judge(): string {
    let power = 0;
    for (let i = 0; i < BLOCK; i++) power += (this.block[i] as number) ** 2;
    power /= BLOCK;
    if (power < LEAST_POWER) return '';
    for (let tone = 0; tone < WEIGHTS.length; tone++) this.powers[tone] = this.powerOf(WEIGHTS[tone] as number);
    const row = this.loudest(0);
    const column = this.loudest(ROWS.length);
    if (row < 0 || column < 0) return '';
    const [low, high] = [this.powers[row] as number, this.powers[column] as number];
    if (high > low * MOST_TWIST || low > high * MOST_REVERSE_TWIST) return '';
    return low + high >= power * LEAST_PURITY ? KEYPAD.charAt(row * 4 + column - ROWS.length) : '';
  }

  /** Index of the tone of the group from `first` that stands out; −1 = none does. */
  private loudest(first: number): number {
    let best = first;
    for (let tone = first + 1; tone < first + 4; tone++) if ((this.powers[tone] as number) > (this.powers[best] as number)) best = tone;
    for (let tone = first; tone < first + 4; tone++)
      if (tone !== best && (this.powers[tone] as number) * LEAST_LEAD > (this.powers[best] as number)) return -1;
    return best;
  }

  /** Mean power of one frequency in the block. */
  private powerOf(weight: number): number {
    let [last, before] = [0, 0];
    for (let i = 0; i < BLOCK; i++) [last, before] = [(this.block[i] as number) + weight * last - before, last];
    return (2 * (last * last + before * before - weight * last * before)) / (BLOCK * BLOCK);
  }
}
