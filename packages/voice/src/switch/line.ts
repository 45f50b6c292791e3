import type { MediaLeg } from '../media/leg.ts';
import type { EventStream } from './events.ts';

/** Once a second for each leg: tells when its line became bad, or good again. */
export function tellLineChange(leg: string, media: MediaLeg, events: EventStream): void {
  const change = media.quality.check();
  if (change === undefined) return;
  if (change.kind === 'restored') events.emit({ kind: 'line-restored', leg });
  else events.emit({ kind: 'line-degraded', leg, lossRatio: change.lossRatio, jitterMs: change.jitterMs });
}
