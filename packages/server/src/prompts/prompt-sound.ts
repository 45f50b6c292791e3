import { decodingTable } from '@threerings/voice/media/g711';
import { readWav, wavHeader } from '@threerings/voice/media/wav';

/** A recording as the hotline plays it: WAV, 8 kHz, 16 bit, mono. */
export interface PromptSound {
  readonly sound: Buffer;
  readonly durationMs: number;
  /** loudest sample, dB below full scale */
  readonly peakDb: number;
}

export type SoundFault =
  | { readonly fault: 'unreadable'; readonly found: string }
  | { readonly fault: 'too-short' | 'too-long'; readonly seconds: string }
  | { readonly fault: 'silent'; readonly found: string };

const rate = 8000;
const least = 0.3;
const most = 120;
/** What is softer is no speech, dB. */
const silentDb = -40;
/** Low-pass at 3.5 kHz of 16 kHz, 31 taps of a windowed sinc: what lies above 4 kHz would fold back into the speech. */
const taps = lowPass(3500 / 16_000, 31);

/** Reads a recording – 8 or 16 kHz, 16-bit PCM or A-law, one or two channels – and makes it what the hotline plays, or says what is wrong. */
export function readPromptSound(bytes: Buffer): PromptSound | SoundFault {
  const wide = readWav(bytes, decodingTable('PCMA'), 2 * rate);
  const read = 'problem' in wide ? readWav(bytes, decodingTable('PCMA'), rate) : wide;
  if ('problem' in read) return { fault: 'unreadable', found: read.problem.slice(0, 160) };
  const mono = mixed(read.channels);
  const samples = read === wide ? halved(mono) : mono;
  const seconds = samples.length / rate;
  if (seconds < least || seconds > most) return { fault: seconds < least ? 'too-short' : 'too-long', seconds: seconds.toFixed(1) };
  const peak = samples.reduce((loudest, sample) => Math.max(loudest, Math.abs(sample)), 0);
  const peakDb = Math.round(20 * Math.log10(Math.max(peak, 1) / 32_768));
  if (peakDb < silentDb) return { fault: 'silent', found: String(peakDb) };
  const data = Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength);
  return {
    sound: Buffer.concat([wavHeader({ channels: 1, sampleRate: rate }, data.length), data]),
    durationMs: Math.round(seconds * 1000),
    peakDb,
  };
}

function mixed([left = new Int16Array(), right]: readonly Int16Array[]): Int16Array {
  return right === undefined ? left : left.map((sample, i) => (sample + (right[i] ?? 0)) >> 1);
}

/** Every other sample, after the low-pass. */
function halved(samples: Int16Array): Int16Array {
  const half = (taps.length - 1) / 2;
  return Int16Array.from({ length: Math.floor(samples.length / 2) }, (_, n) => {
    const sum = taps.reduce((before, tap, k) => before + tap * (samples[2 * n + k - half] ?? 0), 0);
    return Math.max(-32_768, Math.min(32_767, Math.round(sum)));
  });
}

/** Hamming-windowed sinc of unit gain; `cut` in parts of the sample rate. */
function lowPass(cut: number, length: number): number[] {
  const middle = (length - 1) / 2;
  const raw = Array.from({ length }, (_, n) => {
    const x = n - middle;
    const sinc = x === 0 ? 2 * cut : Math.sin(2 * Math.PI * cut * x) / (Math.PI * x);
    return sinc * (0.54 - 0.46 * Math.cos((2 * Math.PI * n) / (length - 1)));
  });
  const gain = raw.reduce((sum, tap) => sum + tap, 0);
  return raw.map((tap) => tap / gain);
}
