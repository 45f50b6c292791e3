import type { PromiseView } from '@threerings/core/wire/desk';
import { dayOf } from '../app/time.ts';

/** Two visits of one person that begin this near to each other cannot both be kept, ms. */
const apartMs = 3_600_000;

export type Span = 'all' | 'today' | 'tomorrow' | 'week';

const dayMs = 86_400_000;

/** Whether an appointment lies in the span of days. What is overdue always does: somebody waits there. */
export function inSpan({ dueAt, state }: Pick<PromiseView, 'dueAt' | 'state'>, span: Span, now: number): boolean {
  if (span === 'all' || state === 'missed') return true;
  const day = dayOf(dueAt, true);
  if (span === 'week') return dueAt >= now - dayMs && dueAt < now + 7 * dayMs;
  return day === dayOf(span === 'today' ? now : now + dayMs, true);
}

export interface Slot {
  readonly view: PromiseView;
  /** how many other open visits of the same person lie within an hour */
  readonly clashes: number;
}

/** The appointments of each day in the order of their times, with what stands in each other's way. */
export function byDay(views: readonly PromiseView[]): readonly { readonly day: string; readonly slots: readonly Slot[] }[] {
  const sorted = views.toSorted((one, other) => one.dueAt - other.dueAt);
  const isOpen = ({ state }: PromiseView) => state === 'open';
  const days = new Map<string, Slot[]>();
  for (const view of sorted) {
    const near = sorted.filter((other) => other !== view && other.owner === view.owner && Math.abs(other.dueAt - view.dueAt) < apartMs);
    const slot = { view, clashes: isOpen(view) ? near.filter(isOpen).length : 0 };
    const day = dayOf(view.dueAt, true);
    days.set(day, [...(days.get(day) ?? []), slot]);
  }
  return [...days].map(([day, slots]) => ({ day, slots }));
}
