import { type Browser, chromium, type Page } from 'playwright-core';
import { toolPath } from './tools.ts';

const quiet = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--autoplay-policy=no-user-gesture-required',
];

/** Headless Chromium. With `microphone` (a WAV file) it has a fake microphone that plays that file in a loop. */
export function launchBrowser(options: { readonly microphone?: string } = {}): Promise<Browser> {
  const sound = options.microphone
    ? [
        '--use-fake-ui-for-media-stream',
        '--use-fake-device-for-media-stream',
        `--use-file-for-fake-audio-capture=${options.microphone}`,
        '--allow-loopback-in-peer-connection',
      ]
    : [];
  return chromium.launch({ executablePath: toolPath('chromium'), headless: true, args: [...quiet, ...sound] });
}

/**
 * For `context.addInitScript`: remembers what the page's media elements play, also of those that are not in the document.
 * Text, because this package does not have the types of a page.
 */
export const rememberStreams = `(() => {
  const property = Object.getOwnPropertyDescriptor(HTMLMediaElement.prototype, 'srcObject');
  Object.defineProperty(HTMLMediaElement.prototype, 'srcObject', {
    ...property,
    set(source) {
      if (source instanceof MediaStream) globalThis.heardStream = source;
      property.set.call(this, source);
    },
  });
})()`;

const listen = (seconds: number) => `(async () => {
  const stream = globalThis.heardStream;
  if (!stream || stream.getAudioTracks().length === 0) return { hz: 0, db: -200 };
  const context = new AudioContext();
  await context.resume();
  const analyser = context.createAnalyser();
  analyser.fftSize = 8192;
  context.createMediaStreamSource(stream).connect(analyser);
  await new Promise((resolve) => setTimeout(resolve, ${seconds * 1000}));
  const spectrum = new Float32Array(analyser.frequencyBinCount);
  analyser.getFloatFrequencyData(spectrum);
  let loudest = 1;
  for (let bin = 1; bin < spectrum.length; bin += 1) if (spectrum[bin] > spectrum[loudest]) loudest = bin;
  const heard = { hz: Math.round((loudest * context.sampleRate) / analyser.fftSize), db: Math.max(-200, Math.round(spectrum[loudest])) };
  await context.close();
  return heard;
})()`;

/** What a page plays (see `rememberStreams`), as the loudest frequency in hertz and its level in decibels (−200 = nothing). */
export function heardBy(page: Page, seconds = 1): Promise<{ readonly hz: number; readonly db: number }> {
  return page.evaluate(listen(seconds));
}
