import type { MediaLeg } from '../media/leg.ts';
import type { LegSnapshot } from '../port.ts';
import type { Refusal } from './refusal.ts';

/** What the switch does with a leg of either kind. */
export interface SwitchLeg {
  readonly id: string;
  readonly kind: LegSnapshot['kind'];
  readonly media: MediaLeg;
  /** True when there is (or will be, for a browser) a path for audio: the leg can be bridged and played to. */
  readonly hasMedia: boolean;
  snapshot(): LegSnapshot;
  /** The leg tells its end itself, through the `ended` it was made with. */
  hangUp(cause: string | undefined): Refusal | undefined;
  tick(now: number): void;
  /** Called once a second. */
  checkLine(now: number): void;
}

export interface LegEnding {
  readonly side: 'far' | 'near' | 'failure';
  readonly cause: string;
  readonly status?: number;
}
