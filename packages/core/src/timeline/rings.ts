/** How a telephone rings. Ring 1 begins `phase` ms after `call.ringing`; one ring is `on` ms of tone and `off` ms of pause. */
export interface Cadence {
  readonly on: number;
  readonly off: number;
  readonly phase: number;
}

/** China's ring-back cadence: 1 s tone, 4 s pause. One ring is 5 s, three rings are 15 s. */
export const chineseCadence: Cadence = { on: 1000, off: 4000, phase: 0 };

export function ringLength(cadence: Cadence): number {
  return cadence.on + cadence.off;
}

/**
 * Rings begun when the telephone was answered `elapsed` ms after `call.ringing`; at least 1. Agrees with `ringsAllow`:
 * answered within n rings exactly when this is at most n.
 */
export function ringsHeard(elapsed: number, cadence: Cadence = chineseCadence): number {
  return Math.max(1, Math.ceil((elapsed - cadence.phase) / ringLength(cadence)));
}

/** Milliseconds after `call.ringing` by which “within n rings” must be answered; the last millisecond is in time. */
export function ringsAllow(rings: number, cadence: Cadence = chineseCadence): number {
  return cadence.phase + rings * ringLength(cadence);
}
