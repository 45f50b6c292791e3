const rate = 8000;
/** China's ringing tone: 450 Hz, one second on, four off (GB/T 3380); quiet, it plays in a headset. */
const hertz = 450;
const toneSeconds = 1;
const pauseSeconds = 4;
const amplitude = 3000;
/** Faded in and out, or it clicks; samples. */
const fade = 80;

/** One ring as a WAV file, 8 kHz, 16 bit, mono; played in a loop. */
export function ringingToneWav(): Buffer {
  const samples = new Int16Array(rate * (toneSeconds + pauseSeconds));
  const length = rate * toneSeconds;
  for (let n = 0; n < length; n += 1) {
    const edge = Math.min(1, n / fade, (length - 1 - n) / fade);
    samples[n] = Math.round(amplitude * edge * Math.sin((2 * Math.PI * hertz * n) / rate));
  }
  const data = Buffer.alloc(samples.length * 2);
  for (const [n, sample] of samples.entries()) data.writeInt16LE(sample, n * 2);
  const head = Buffer.alloc(44);
  head.write('RIFF', 0, 'latin1');
  head.writeUInt32LE(36 + data.length, 4);
  head.write('WAVEfmt ', 8, 'latin1');
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(rate, 24);
  head.writeUInt32LE(rate * 2, 28);
  head.writeUInt16LE(2, 32);
  head.writeUInt16LE(16, 34);
  head.write('data', 36, 'latin1');
  head.writeUInt32LE(data.length, 40);
  return Buffer.concat([head, data]);
}
