import { type Refusal, refuse } from '../errors/refusal.ts';
import type { HotlinePlan } from '../wire/hotline-plan.ts';

/** Emergency numbers of the country: they can be dialled whatever the plan says. */
export const emergencyNumbers: readonly string[] = ['110', '119', '120', '122'];

/** Signs that people put between digits for reading. */
const readingMarks = /[\s().\-–—（）]/g;
/** A service number such as 110 up to an international number with its prefix. */
const telephoneNumber = /^\+?[0-9]{3,24}$/;

/**
 * The number as it may be dialled to the outside, or why not. Of the beginnings in the plan the longest that fits decides;
 * nothing may be dialled that no beginning allows (a stolen password must not buy calls). Refusals never tell the number.
 */
export function dialable({ dialPlan }: Pick<HotlinePlan, 'dialPlan'>, typed: string): string | Refusal {
  const number = typed.normalize('NFKC').replace(readingMarks, '');
  if (!telephoneNumber.test(number)) return refuse('dial.not-a-number');
  if (emergencyNumbers.includes(number)) return number;
  if (isExtension({ dialPlan }, number)) return number;
  const { allow = [], refuse: barred = [] } = dialPlan ?? {};
  if (allow.length === 0) return refuse('dial.nothing-allowed');
  const allowed = longest(allow, number);
  return allowed > 0 && allowed > longest(barred, number) ? number : refuse('dial.outside-plan');
}

/** True for an extension of another exchange that the plan names. */
export function isExtension({ dialPlan }: Pick<HotlinePlan, 'dialPlan'>, number: string): boolean {
  return dialPlan?.extensions?.some(([from, to]) => number.length === from.length && from <= number && number <= to) ?? false;
}

function longest(beginnings: readonly string[], number: string): number {
  return Math.max(0, ...beginnings.filter((each) => number.startsWith(each)).map((each) => each.length));
}
