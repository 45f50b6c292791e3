import type { EntryKind } from '@threerings/core/knowledge/entry';
import type { EntryHit } from '@threerings/core/wire/knowledge';
import { Search } from 'lucide-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useWords } from '../app/i18n/use-words.ts';
import { useEnterWhenFresh } from '../app/use-enter-when-fresh.ts';
import { Input } from '../ui/field.tsx';
import { Empty, Failed, Loading } from '../ui/states.tsx';
import { useInView } from '../ui/use-in-view.ts';
import { StandingNote } from './standing.tsx';
import { useKnowledgeSearch } from './use-knowledge.ts';

interface KnowledgeListProps {
  readonly kind: EntryKind;
  readonly interaction?: string | undefined;
  readonly words: string;
  readonly onWords: (words: string) => void;
  readonly open?: string | undefined;
  readonly onOpen: (hit: EntryHit, hits: number) => void;
  /** one begins to type at once */
  readonly focused?: boolean;
}

/** Search as one types; arrows choose, Enter opens, without leaving the field. */
export function KnowledgeList({ kind, interaction, words, onWords, open, onOpen, focused }: KnowledgeListProps) {
  const t = useWords();
  const list = useKnowledgeSearch(kind, words, interaction);
  const hits = list.data ?? [];
  const [chosen, setChosen] = useState(0);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (focused === true) field.current?.focus();
  }, [focused]);
  const at = Math.min(chosen, Math.max(0, hits.length - 1));
  const hit = hits[at];
  const { enter, forget } = useEnterWhenFresh(list.isPlaceholderData, () => hit !== undefined && onOpen(hit, hits.length));
  const keys = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) setChosen(Math.min(hits.length - 1, Math.max(0, at + step)));
    if (event.key === 'Enter') enter();
    if (step === 0 && event.key !== 'Enter') return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className="knowledge-list">
      <div className="knowledge-search">
        <Search size={16} aria-hidden />
        <Input
          ref={field}
          data-autofocus
          type="search"
          aria-label={t(`knowledge.search.${kind}`)}
          placeholder={t(`knowledge.search.${kind}`)}
          maxLength={200}
          value={words}
          onKeyDown={keys}
          onChange={(event) => {
            setChosen(0);
            forget();
            onWords(event.target.value);
          }}
        />
      </div>
      <div className="scroll grow">
        {list.isPending && <Loading what={t('knowledge.title')} rows={5} />}
        {list.isError && <Failed error={list.error} onRetry={() => void list.refetch()} />}
        {list.isSuccess && hits.length === 0 && <Empty title={t('knowledge.none')} text={t('knowledge.none-text')} />}
        <ul className="knowledge-hits">
          {hits.map((hit, n) => (
            <Hit key={hit.entry} hit={hit} chosen={n === at} open={hit.entry === open} onOpen={() => onOpen(hit, hits.length)} />
          ))}
        </ul>
      </div>
    </div>
  );
}

function Hit({ hit, chosen, open, onOpen }: { hit: EntryHit; chosen: boolean; open: boolean; onOpen: () => void }) {
  const place = useInView<HTMLLIElement>(chosen);
  return (
    <li ref={place} data-chosen={chosen} data-open={open}>
      <button type="button" className="knowledge-hit" onClick={onOpen} aria-current={open || undefined}>
        <b>{hit.title}</b>
        <span className="row-note knowledge-snippet">{hit.text}</span>
        <StandingNote standing={hit.standing} validUntil={hit.validUntil} />
      </button>
    </li>
  );
}
