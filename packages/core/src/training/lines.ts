import type { TrainingScript } from './script.ts';

/**
 * A line of the caller that can be recorded, and its words. Names: `<state>-<n>` on coming to a state, `<state>--<branch>-<n>` of its n-th
 * branch, `<state>--else-<n>` where nothing fits, `caller--asks-<n>` into a silence, `caller--tired-1` before hanging up. Names of states
 * hold no two dashes.
 */
export interface CallerLine {
  readonly line: string;
  readonly says: string;
}

/** Where lines belong: the beginning of their names. */
export const placeOfBranch = (state: string, branch: number | 'else'): string => `${state}--${branch === 'else' ? branch : branch + 1}`;
export const askingPlace = 'caller--asks';
export const tiredLine: CallerLine = { line: 'caller--tired-1', says: '算了，我不问了。' };

/** Is it said only if the conversation goes that way? */
export const isOfBranch = (line: string): boolean => line.includes('--');

export function linesAt(place: string, says: readonly string[]): CallerLine[] {
  return says.map((text, n) => ({ line: `${place}-${n + 1}`, says: text }));
}

/** Every line that the caller can ever say, state by state. */
export function callerLines({ states, caller }: TrainingScript): readonly CallerLine[] {
  const ofStates = Object.entries(states).flatMap(([state, { says, when, otherwise }]) => [
    ...linesAt(state, says),
    ...when.flatMap((branch, n) => linesAt(placeOfBranch(state, n), branch.says ?? [])),
    ...linesAt(placeOfBranch(state, 'else'), otherwise?.says ?? []),
  ]);
  return [...ofStates, ...linesAt(askingPlace, caller.asks), tiredLine];
}
