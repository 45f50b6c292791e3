import type { Clock } from '../../clock.ts';
import { SherpaRecogniser, type SherpaSettings } from '../sherpa/sherpa-recogniser.ts';
import { type BatchHttpSettings, batchHttpRecogniser } from './batch-http.ts';
import { type FunAsrSettings, funAsrRecogniser } from './funasr.ts';
import type { Recogniser } from './recogniser.ts';

/** Which recogniser listens, as plain data: it goes to the listening process. */
export type RecogniserSettings =
  | ({ readonly kind: 'sherpa' } & SherpaSettings)
  | ({ readonly kind: 'funasr' } & FunAsrSettings)
  | ({ readonly kind: 'http' } & BatchHttpSettings);

export function makeRecogniser(settings: RecogniserSettings, clock: Clock, note: (line: string) => void): Recogniser {
  switch (settings.kind) {
    case 'sherpa':
      return new SherpaRecogniser(settings, clock, note);
    case 'funasr':
      return funAsrRecogniser(settings, clock);
    case 'http':
      return batchHttpRecogniser(settings);
  }
}
