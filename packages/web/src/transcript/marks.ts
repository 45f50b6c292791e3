import type { WireVerdict } from '@threerings/core/wire/events';

/** A stretch of a text that a verdict points to: `[from, to)` in characters, or the whole text. */
export interface Mark {
  readonly from: number;
  readonly to: number;
  readonly value: 'kept' | 'broken';
}

export interface Run {
  readonly text: string;
  readonly value: 'kept' | 'broken' | undefined;
}

/** Marks by event id, from the witnesses of kept and broken verdicts. Unknown and moot point to nothing that was said. */
export function marksOf(verdicts: readonly WireVerdict[]): ReadonlyMap<string, readonly Mark[]> {
  const marks = new Map<string, Mark[]>();
  for (const verdict of verdicts) {
    if (verdict.value !== 'kept' && verdict.value !== 'broken') continue;
    for (const { event, span } of verdict.witnesses) {
      const mark: Mark = { from: span?.[0] ?? 0, to: span?.[1] ?? Number.POSITIVE_INFINITY, value: verdict.value };
      marks.set(event, [...(marks.get(event) ?? []), mark]);
    }
  }
  return marks;
}

/** Cuts a text at the edges of its marks. Where a kept and a broken mark overlap, broken is shown. Lossless: the runs join to the text. */
export function runsOf(text: string, marks: readonly Mark[]): Run[] {
  const clamp = (place: number) => Math.min(text.length, Math.max(0, place));
  const edges = new Set([0, text.length, ...marks.flatMap((mark) => [clamp(mark.from), clamp(mark.to)])]);
  const places = [...edges].sort((a, b) => a - b);
  const runs: Run[] = [];
  for (const [index, from] of places.entries()) {
    const to = places[index + 1];
    if (to === undefined || to === from) continue;
    const covering = marks.filter((mark) => mark.from <= from && mark.to >= to);
    const value = covering.some((mark) => mark.value === 'broken') ? 'broken' : covering.length > 0 ? 'kept' : undefined;
    runs.push({ text: text.slice(from, to), value });
  }
  return runs;
}
