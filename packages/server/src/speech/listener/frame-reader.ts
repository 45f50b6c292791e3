import { frameSamples } from '@threerings/core/acoustics/frames';

const frameBytes = frameSamples * 2;

/** Cuts a stream of 16-bit little-endian samples into frames of 20 ms, whatever pieces it comes in. */
export class FrameReader {
  #rest: Buffer = Buffer.alloc(0);

  *read(bytes: Buffer): Generator<Int16Array> {
    const all = this.#rest.length === 0 ? bytes : Buffer.concat([this.#rest, bytes]);
    let at = 0;
    for (; at + frameBytes <= all.length; at += frameBytes) {
      const frame = new Int16Array(frameSamples);
      for (let i = 0; i < frameSamples; i++) frame[i] = all.readInt16LE(at + 2 * i);
      yield frame;
    }
    this.#rest = all.subarray(at);
  }
}
