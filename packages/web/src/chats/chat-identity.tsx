import { UserCheck } from 'lucide-react';
import { useState } from 'react';
import { useWords } from '../app/i18n/use-words.ts';
import { CallerIdentity } from '../customers/caller-identity.tsx';
import { isSearchable } from '../customers/use-customers.ts';
import { Card } from '../ui/card.tsx';
import { Input } from '../ui/field.tsx';

/** Who writes: a chat brings no number, so that name or number is asked for and looked up. */
export function ChatIdentity({ interaction, name }: { interaction: string; name: string | undefined }) {
  const t = useWords();
  const [words, setWords] = useState(name ?? '');
  const number = /^[+0-9 ()-]+$/.test(words.trim()) ? words.trim() : undefined;
  return (
    <Card className="grow" icon={<UserCheck size={16} aria-hidden />} title={t('chats.identity')}>
      <div className="card-body scroll grow stack">
        <Input
          type="search"
          aria-label={t('chats.identity-search')}
          placeholder={t('chats.identity-search')}
          maxLength={60}
          value={words}
          onChange={(event) => setWords(event.target.value)}
        />
        {isSearchable(words) ? (
          <CallerIdentity interaction={interaction} number={number} words={words} />
        ) : (
          <p className="meta">{t('chats.identity-text')}</p>
        )}
      </div>
    </Card>
  );
}
