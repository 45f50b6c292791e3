/** What the hotline plays, Hz. */
export const promptRate = 8000;

/** A WAV file, 16 bit, mono; samples from -1 to 1, what lies beyond is cut. */
export function wavOf(samples: Float32Array, rate: number = promptRate): ArrayBuffer {
  const file = new ArrayBuffer(44 + 2 * samples.length);
  const view = new DataView(file);
  const text = (at: number, word: string) => {
    for (let i = 0; i < word.length; i += 1) view.setUint8(at + i, word.charCodeAt(i));
  };
  text(0, 'RIFF');
  view.setUint32(4, 36 + 2 * samples.length, true);
  text(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, rate, true);
  view.setUint32(28, 2 * rate, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  text(36, 'data');
  view.setUint32(40, 2 * samples.length, true);
  samples.forEach((sample, i) => {
    view.setInt16(44 + 2 * i, Math.round(Math.max(-1, Math.min(1, sample)) * 32_767), true);
  });
  return file;
}

const quiet = 0.01;
/** What is left before the first and after the last sound, s. */
const margin = 0.2;

/** Without the silence before and after: nobody waits for a prompt to begin. */
export function trimmed(samples: Float32Array, rate: number = promptRate): Float32Array {
  const first = samples.findIndex((sample) => Math.abs(sample) > quiet);
  if (first < 0) return samples;
  const last = samples.findLastIndex((sample) => Math.abs(sample) > quiet);
  const room = Math.round(margin * rate);
  return samples.slice(Math.max(0, first - room), Math.min(samples.length, last + room));
}

/** One channel of any number of them. */
export function monoOf(channels: readonly Float32Array[]): Float32Array {
  const [first = new Float32Array()] = channels;
  if (channels.length === 1) return first;
  return first.map((_, i) => channels.reduce((sum, channel) => sum + (channel[i] ?? 0), 0) / channels.length);
}
