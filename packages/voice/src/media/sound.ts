import { type Codec, encode, FRAME_SAMPLES } from './g711.ts';

/** A sound in memory: 8 kHz mono, padded with silence to whole 20 ms frames; both laws are made when first asked for. */
export class Sound {
  readonly samples: Int16Array;
  private readonly encoded = new Map<Codec, Uint8Array>();

  constructor(samples: Int16Array) {
    this.samples = new Int16Array(Math.ceil(samples.length / FRAME_SAMPLES) * FRAME_SAMPLES);
    this.samples.set(samples);
  }

  get frames(): number {
    return this.samples.length / FRAME_SAMPLES;
  }

  octets(codec: Codec): Uint8Array {
    let octets = this.encoded.get(codec);
    if (octets === undefined) {
      octets = new Uint8Array(this.samples.length);
      encode(codec, this.samples, octets);
      this.encoded.set(codec, octets);
    }
    return octets;
  }
}
