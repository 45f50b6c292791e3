import type { Measured } from '@threerings/core/acoustics/call-measures';
import type { Stretch, Truth } from './truth.ts';

const stepMs = 10;

export interface Score {
  readonly customer: { readonly precision: number; readonly recall: number };
  readonly agent: { readonly precision: number; readonly recall: number };
  readonly overlap: Found;
  readonly silence: Found;
}

/** Of `of` true ones so many were found; `wrong` were told where there is none. */
export interface Found {
  readonly of: number;
  readonly found: number;
  readonly wrong: number;
}

/** Shortest silence that the truth file lists, ms. */
const listedSilenceMs = 3000;

/** What was measured against what is true: speech by steps of 10 ms, overlaps and silences by whether they touch. */
export function score(measured: readonly Measured[], truth: Truth, lengthMs: number): Score {
  const told = (kind: string, side?: string) => stretches(measured, kind, side, lengthMs);
  const said = (channel: 'agent' | 'caller') => truth.segs.filter(({ ch }) => ch === channel).map(inMs);
  return {
    customer: byStep(told('speaking', 'customer'), said('caller'), lengthMs),
    agent: byStep(told('speaking', 'agent'), said('agent'), lengthMs),
    overlap: byTouch(told('overlap'), truth.overlaps.map(inMs)),
    silence: byTouch(
      told('silence').filter(({ start, end }) => end - start >= listedSilenceMs),
      // Before the first word and after the last the file lists none.
      [...truth.silences.map(inMs)],
      Math.max(...truth.segs.map(({ end }) => end * 1000)),
    ),
  };
}

const inMs = ({ start, end }: Stretch): Stretch => ({ start: start * 1000, end: end * 1000 });

function stretches(measured: readonly Measured[], kind: string, side: string | undefined, lengthMs: number): Stretch[] {
  const found: Stretch[] = [];
  let start: number | undefined;
  for (const one of measured) {
    if (side !== undefined && (!('side' in one) || one.side !== side)) continue;
    if (one.kind === `${kind}-began`) start = one.at;
    if (one.kind === `${kind}-ended` && start !== undefined) {
      found.push({ start, end: one.at });
      start = undefined;
    }
  }
  return start === undefined ? found : [...found, { start, end: lengthMs }];
}

function byStep(told: readonly Stretch[], said: readonly Stretch[], lengthMs: number) {
  const steps = Math.floor(lengthMs / stepMs);
  const mask = (all: readonly Stretch[]) => {
    const set = new Uint8Array(steps);
    for (const { start, end } of all) set.fill(1, Math.round(start / stepMs), Math.round(end / stepMs));
    return set;
  };
  const [is, was] = [mask(told), mask(said)];
  let both = 0;
  let alone = 0;
  let missed = 0;
  for (let i = 0; i < steps; i++) {
    if (is[i] === 1 && was[i] === 1) both += 1;
    else if (is[i] === 1) alone += 1;
    else if (was[i] === 1) missed += 1;
  }
  return { precision: rounded(both / (both + alone)), recall: rounded(both / (both + missed)) };
}

function byTouch(told: readonly Stretch[], listed: readonly Stretch[], until = Number.POSITIVE_INFINITY): Found {
  const touch = (one: Stretch) => (other: Stretch) => Math.min(one.end, other.end) > Math.max(one.start, other.start);
  return {
    of: listed.length,
    found: listed.filter((one) => told.some(touch(one))).length,
    wrong: told.filter((one) => one.start < until && !listed.some(touch(one))).length,
  };
}

const rounded = (value: number) => Math.round(value * 1000) / 1000;
