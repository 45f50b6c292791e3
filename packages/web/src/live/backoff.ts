/** Waiting before attempt `attempt` (from 0): 0.5 s doubled up to 15 s, spread by ±25 % so that a floor does not come back at once. */
export function backoffMs(attempt: number, random: number): number {
  const base = Math.min(15_000, 500 * 2 ** Math.min(attempt, 6));
  return Math.round(base * (0.75 + 0.5 * random));
}
