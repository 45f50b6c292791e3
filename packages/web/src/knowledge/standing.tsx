import type { Standing } from '@threerings/core/knowledge/entry';
import { useWords } from '../app/i18n/use-words.ts';
import { dayOf } from '../app/time.ts';

interface StandingNoteProps {
  readonly standing: Standing;
  readonly validUntil?: number | undefined;
}

/** Said only where there is something to say: an entry that holds is not marked. */
export function StandingNote({ standing, validUntil }: StandingNoteProps) {
  const t = useWords();
  const until = validUntil === undefined ? undefined : t('knowledge.until', { when: dayOf(validUntil, true) });
  if (standing === 'current') return until === undefined ? null : <span className="meta num">{until}</span>;
  return (
    <span className="knowledge-standing" data-standing={standing}>
      {t(`knowledge.standing.${standing}`)}
    </span>
  );
}
