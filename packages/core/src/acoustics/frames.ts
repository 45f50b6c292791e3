/** Telephone sound as it is measured: 16-bit samples, 8 000 a second, in steps of 10 ms. */
export const sampleRate = 8000;
export const stepSamples = 80;
export const stepMs = 10;
/** 20 ms, as the voice process hands sound over. */
export const frameSamples = 160;
export const frameMs = 20;

/** Softer than the least step of 16 bits: stands for no sound at all, dBFS. */
export const silentDb = -100;

/** dBFS of a mean square of samples where full scale is 1. */
export function decibels(meanSquare: number): number {
  return meanSquare <= 1e-10 ? silentDb : 10 * Math.log10(meanSquare);
}
