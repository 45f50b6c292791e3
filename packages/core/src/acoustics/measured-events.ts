import type { Instant } from '@threerings/norms/trace';
import { fact } from '../timeline/decider.ts';
import type { NewEvent } from '../timeline/event.ts';
import type { Measured } from './call-measures.ts';

/** Where the sound lies in the world. */
export interface Placed {
  /** instant of the first measured sample */
  readonly origin: Instant;
  /** legs of the two parties as the call's events name them */
  readonly legs: { readonly agent: string; readonly customer: string };
}

/** What was measured, as an event of the call's timeline. */
export function measuredEvent(measured: Measured, { origin, legs }: Placed): NewEvent {
  const at = origin + measured.at;
  switch (measured.kind) {
    case 'speaking-began':
      return fact('speech.activity-started', at, { leg: legs[measured.side] }, { by: measured.side });
    case 'speaking-ended':
      return fact('speech.activity-ended', at, { leg: legs[measured.side], speech: measured.speech }, { by: measured.side });
    case 'silence-began':
      return fact('speech.silence-started', at);
    case 'silence-ended':
      return fact('speech.silence-ended', at, { silence: measured.silence });
    case 'overlap-began':
      return fact('speech.overlap-started', at);
    case 'overlap-ended':
      return fact('speech.overlap-ended', at, { overlap: measured.overlap });
    case 'interrupted':
      return fact('speech.interrupted', at, { victim: measured.victim, overlap: measured.overlap }, { by: measured.by });
    case 'level':
      return fact('speech.level', at, { level: measured.level, peak: measured.peak, window: measured.window }, { by: measured.side });
    case 'rate':
      return fact('speech.rate', at, { rate: measured.rate, window: measured.window, basis: 'nuclei' }, { by: measured.side });
  }
}
