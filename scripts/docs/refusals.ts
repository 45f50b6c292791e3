import { refusalSentences } from '@threerings/core/errors/refusal';
import { page, table } from './table.ts';

/** Every domain refusal with its sentence and its remedy, in both languages. */
export function refusalsPage(): string {
  const rows = Object.entries(refusalSentences)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([code, s]) => [`\`${code}\``, s.zh, s.remedy.zh, s.en, s.remedy.en]);
  return page('Refusals', 'packages/core/src/errors', [
    `${rows.length} codes. A code is never reused and never changes its meaning.`,
    '',
    table(['code', '说明', '怎么办', 'meaning', 'remedy'], rows),
  ]);
}
