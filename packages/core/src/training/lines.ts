import type { TrainingScript } from './script.ts';

/** A line of the caller that can be recorded: `<state>-<n>`, and its words. Lines of branches are read as text. */
export interface CallerLine {
  readonly line: string;
  readonly says: string;
}

export function callerLines({ states }: TrainingScript): readonly CallerLine[] {
  return Object.entries(states).flatMap(([state, { says }]) => says.map((text, n) => ({ line: `${state}-${n + 1}`, says: text })));
}
