import type { DeskView } from '@threerings/core/wire/desk';
import { wordOfCode } from '../app/i18n/translate.ts';
import { useWords } from '../app/i18n/use-words.ts';

/** What became of the last call that reached nobody; read out once. */
export function LastDial({ last }: { last: NonNullable<DeskView['lastDial']> }) {
  const t = useWords();
  const noted = last.promise !== undefined && last.outcome !== 'failed';
  return (
    <p className="meta" role="status">
      {wordOfCode(t, 'dial.last', last.outcome)}
      {noted && ` · ${t('dial.last.noted')}`}
    </p>
  );
}
