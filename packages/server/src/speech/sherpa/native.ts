import { createRequire } from 'node:module';
import type { SherpaModel } from './model-files.ts';

/** As much of the native library as is used here; it comes without types. */
interface NativeStream {
  acceptWaveform(sound: { readonly sampleRate: number; readonly samples: Float32Array }): void;
  inputFinished(): void;
}
interface NativeRecogniser {
  createStream(): NativeStream;
  decode(stream: NativeStream): void;
  isReady(stream: NativeStream): boolean;
  getResult(stream: NativeStream): { readonly text: string };
}
interface NativeLibrary {
  readonly OfflineRecognizer: new (config: object) => NativeRecogniser;
  readonly OnlineRecognizer: new (config: object) => NativeRecogniser;
}

const sampleRate = 8000;
/** The models hear 16 kHz; the library makes them of ours. */
const features = { sampleRate: 16_000, featureDim: 80 };
/** A streaming model looks ahead: silence behind the last word lets it finish. */
const tail = new Float32Array(sampleRate);

/** Loads the library and the model; throws what the library says, or that it is not installed. */
export function loadModel({ streaming, tokens, config }: SherpaModel, threads: number): (samples: Int16Array) => string {
  const library = createRequire(import.meta.url)('sherpa-onnx-node') as NativeLibrary;
  const modelConfig = { ...config, tokens, numThreads: threads, debug: 0 };
  const recogniser = new (streaming ? library.OnlineRecognizer : library.OfflineRecognizer)({ featConfig: features, modelConfig });
  return (samples) => {
    const stream = recogniser.createStream();
    stream.acceptWaveform({ sampleRate, samples: Float32Array.from(samples, (x) => x / 32_768) });
    if (!streaming) {
      recogniser.decode(stream);
      return recogniser.getResult(stream).text;
    }
    stream.acceptWaveform({ sampleRate, samples: tail });
    stream.inputFinished();
    while (recogniser.isReady(stream)) recogniser.decode(stream);
    return recogniser.getResult(stream).text;
  };
}
