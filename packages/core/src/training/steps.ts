import type { Instant } from '@threerings/norms/trace';
import type { StepView } from '../wire/training.ts';
import { holds, type Situation } from './occasion.ts';
import type { PractisedStep } from './script.ts';

/** When each step was done first, and first in its order: after all steps before it. */
export interface StepsDone {
  readonly first: ReadonlyMap<string, Instant>;
  readonly inOrder: ReadonlyMap<string, Instant>;
}

export const noSteps: StepsDone = { first: new Map(), inOrder: new Map() };

/** The steps after something was said or done at `at`; `visited`: states that the conversation came to. */
export function stepsAfter(
  steps: readonly PractisedStep[],
  before: StepsDone,
  now: { readonly situation: Situation; readonly visited: ReadonlySet<string>; readonly at: Instant },
): StepsDone {
  const first = new Map(before.first);
  const inOrder = new Map(before.inOrder);
  let earlierDone = true;
  for (const { step, when, within } of steps) {
    const counts = isAsked(within, now.visited);
    if (counts && holds(when, now.situation)) {
      if (!first.has(step)) first.set(step, now.at);
      if (earlierDone && !inOrder.has(step)) inOrder.set(step, now.at);
    }
    if (counts && !inOrder.has(step)) earlierDone = false;
  }
  return { first, inOrder };
}

export function stepViews(steps: readonly PractisedStep[], { first, inOrder }: StepsDone, visited: ReadonlySet<string>): StepView[] {
  return steps.map(({ step, title, cites, say, within }) => {
    const at = inOrder.get(step) ?? first.get(step);
    const missed = isAsked(within, visited) ? ('missing' as const) : ('not-asked' as const);
    const standing = inOrder.has(step) ? ('done' as const) : first.has(step) ? ('early' as const) : missed;
    return { step, title, cites: [...cites], standing, at, say };
  });
}

function isAsked(within: readonly string[] | undefined, visited: ReadonlySet<string>): boolean {
  return within === undefined || within.some((state) => visited.has(state));
}
