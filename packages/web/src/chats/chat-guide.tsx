import { ScrollText } from 'lucide-react';
import { useTongue, useWords } from '../app/i18n/use-words.ts';
import { useInteractionFeed } from '../live/use-live.ts';
import { Card } from '../ui/card.tsx';
import { ClauseLinks } from '../ui/clause.tsx';
import { VerdictIcon } from '../ui/verdict.tsx';

/** What the norms have said of this chat so far, newest first. */
export function ChatGuide({ interaction }: { interaction: string }) {
  const t = useWords();
  const localised = useTongue();
  const verdicts = [...(useInteractionFeed(interaction)?.verdicts ?? [])].reverse();
  return (
    <Card className="grow" icon={<ScrollText size={16} aria-hidden />} title={t('chats.norms')}>
      {verdicts.length === 0 && <p className="meta chat-pad">{t('chats.no-verdicts')}</p>}
      <ul className="chat-verdicts">
        {verdicts.map((verdict) => (
          <li key={`${verdict.norm} ${verdict.key}`}>
            <VerdictIcon standing={verdict.value} />
            <span>{localised(verdict.title)}</span>
            <ClauseLinks cites={verdict.cites} norm={localised(verdict.title)} />
          </li>
        ))}
      </ul>
    </Card>
  );
}
