import { type FigureId, type FigureWords, figureWords } from '@threerings/core/reports/figure-words';

/** `95.2%`, `1:20`, `431`; a dash where there was nothing to divide by. */
export function shownValue(figure: string, value: number | undefined): string {
  if (value === undefined) return '—';
  const unit = wordsOf(figure)?.unit;
  if (unit === 'share') return `${Math.round(value * 1000) / 10}%`;
  if (unit === 'ms') return shownLength(value);
  return String(value);
}

/** Below a minute with a tenth of a second: `8.4 s`; else `1:20`, `7:00:00`. */
export function shownLength(ms: number): string {
  if (ms < 60_000) return `${Math.round(ms / 100) / 10} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds >= 3600) return `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return `${Math.floor(seconds / 60)}:${two(seconds % 60)}`;
}

const two = (count: number) => String(count).padStart(2, '0');

export function wordsOf(figure: string): FigureWords | undefined {
  return Object.hasOwn(figureWords, figure) ? figureWords[figure as FigureId] : undefined;
}
