/** Making tones and finding them again: ring-back, DTMF and the ears of the tests. 8 kHz, 16 bit. */

const RATE = 8000;

/** `amplitude` is the peak of each frequency, 0–32767 in sum; `startSample` keeps the phase across frames. */
export function tone(frequencies: readonly number[], samples: number, amplitude: number, startSample = 0): Int16Array {
  const out = new Int16Array(samples);
  for (const frequency of frequencies) {
    const step = (2 * Math.PI * frequency) / RATE;
    for (let i = 0; i < samples; i++) out[i] = (out[i] as number) + Math.round(amplitude * Math.sin(step * (startSample + i)));
  }
  return out;
}

/** Amplitude of one frequency in `samples` (Goertzel); resolution 8000 ÷ samples.length Hz. */
export function amplitudeOf(frequency: number, samples: Int16Array): number {
  const cosine = 2 * Math.cos((2 * Math.PI * frequency) / RATE);
  let last = 0;
  let beforeLast = 0;
  for (const sample of samples) {
    const now = sample + cosine * last - beforeLast;
    beforeLast = last;
    last = now;
  }
  const power = last * last + beforeLast * beforeLast - cosine * last * beforeLast;
  return samples.length === 0 ? 0 : (2 * Math.sqrt(Math.max(0, power))) / samples.length;
}

/** Root mean square; a full-scale sine is 23170. */
export function rootMeanSquare(samples: Int16Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return samples.length === 0 ? 0 : Math.sqrt(sum / samples.length);
}
