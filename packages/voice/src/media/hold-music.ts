import { SAMPLES_PER_MS } from './g711.ts';

/**
 * Music on hold that belongs to nobody: a slow melody on a pentatonic scale over long low notes, made of decaying
 * sines. Made when the process starts; a loop of 19.2 s.
 */

const BEAT_MS = 600;
const SCALE = [261.63, 293.66, 329.63, 392.0, 440.0, 523.25, 587.33];
/** Steps of the scale, one per beat; −1 rests. */
const MELODY = [2, 4, 5, 4, 3, -1, 2, 1, 2, -1, 4, 3, 2, 1, 0, -1, 1, 2, 3, 2, 4, -1, 5, 6, 5, -1, 4, 3, 2, 3, 0, -1];
const BASS = [130.81, 196.0, 220.0, 174.61];
const BASS_BEATS = 8;
const MELODY_AMPLITUDE = 3600;
const BASS_AMPLITUDE = 1800;

/** 8 kHz mono, quiet enough (about −20 dBFS) to talk over; ends where it begins, so that it loops without a click. */
export function holdMusic(): Int16Array {
  const beat = BEAT_MS * SAMPLES_PER_MS;
  const mix = new Float64Array(MELODY.length * beat);
  MELODY.forEach((step, i) => {
    const frequency = SCALE[step];
    if (frequency !== undefined) addNote(mix, i * beat, frequency, MELODY_AMPLITUDE, 3 * beat);
  });
  BASS.forEach((frequency, i) => {
    addNote(mix, i * BASS_BEATS * beat, frequency, BASS_AMPLITUDE, (BASS_BEATS + 1) * beat);
  });
  return Int16Array.from(mix, (sample) => Math.round(sample));
}

/** One soft note that rings on over the end into the beginning of the loop. */
function addNote(mix: Float64Array, start: number, frequency: number, amplitude: number, length: number): void {
  const step = (2 * Math.PI * frequency) / (SAMPLES_PER_MS * 1000);
  const attack = 20 * SAMPLES_PER_MS;
  for (let i = 0; i < length; i++) {
    const swell = Math.min(1, i / attack);
    const decay = Math.exp((-3.5 * i) / length) * (1 - i / length);
    const sample = Math.sin(step * i) + 0.3 * Math.sin(2 * step * i) + 0.1 * Math.sin(3 * step * i);
    const at = (start + i) % mix.length;
    mix[at] = (mix[at] as number) + amplitude * swell * decay * sample;
  }
}
