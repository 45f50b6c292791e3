export const dueChoices = ['30m', '1h', '2h', '4h', 'own'] as const;
export type DueChoice = (typeof dueChoices)[number];

const amounts: Record<Exclude<DueChoice, 'own'>, number> = { '30m': 30 * 60_000, '1h': 3600_000, '2h': 2 * 3600_000, '4h': 4 * 3600_000 };

/** Minutes and hours of a promise are elapsed time. `own` is what a datetime-local input holds, in the reader's zone. */
export function dueAtOf(choice: DueChoice, own: string, now: number): number | undefined {
  if (choice !== 'own') return Math.ceil((now + amounts[choice]) / 1000) * 1000;
  const at = new Date(own).getTime();
  return Number.isNaN(at) ? undefined : at;
}

/** An instant as a datetime-local input wants it, rounded up to five minutes. */
export function localInputValue(at: number): string {
  const step = 5 * 60_000;
  const date = new Date(Math.ceil(at / step) * step);
  const two = (n: number) => String(n).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}T${two(date.getHours())}:${two(date.getMinutes())}`;
}
