import { Link } from '@tanstack/react-router';
import type { EntryKind } from '@threerings/core/knowledge/entry';
import { BookOpen, FileUp, Plus } from 'lucide-react';
import { useState } from 'react';
import { useWords } from '../app/i18n/use-words.ts';
import { hasRole, useMe } from '../app/session.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { Segmented } from '../ui/segmented.tsx';
import { Empty } from '../ui/states.tsx';
import { EditedList } from './edited-list.tsx';
import { EntryForm } from './entry-form.tsx';
import { EntryPane } from './entry-pane.tsx';
import { GapsList } from './gaps-list.tsx';
import { KnowledgeList } from './knowledge-list.tsx';
import type { EditorView } from './use-knowledge.ts';
import '../promises/promises-page.css';
import './knowledge.css';

type View = EntryKind | EditorView | 'gaps';
const readers: readonly View[] = ['article', 'reply'];
const reviewers: readonly View[] = [...readers, 'draft', 'in-review', 'live', 'due'];
const editors: readonly View[] = [...reviewers, 'gaps'];

/** Articles and quick replies: everybody searches and reads; editors write, a second person reviews, gaps say what is missing. */
export function KnowledgePage() {
  const t = useWords();
  const person = useMe();
  const edits = hasRole(person, 'leader', 'operations');
  const [view, setView] = useState<View>('article');
  const [words, setWords] = useState('');
  const [open, setOpen] = useState<string | undefined>(undefined);
  const [adding, setAdding] = useState(false);
  const views = edits ? editors : hasRole(person, 'reviewer') ? reviewers : readers;
  const choose = (next: View) => {
    setView(next);
    setOpen(undefined);
    setAdding(false);
  };
  return (
    <div className="ledger">
      <header className="ledger-head">
        <h1 className="visually-hidden">{t('knowledge.title')}</h1>
        <Segmented<View>
          label={t('ledger.view')}
          value={view}
          onChange={choose}
          options={views.map((value) => ({ value, label: t(`knowledge.view.${value}`) }))}
        />
        <span className="grow" />
        {edits && (
          <Link to="/imports" search={{ kind: 'knowledge' }} className="btn" data-tone="plain" data-size="normal">
            <FileUp size={16} aria-hidden />
            {t('nav.imports')}
          </Link>
        )}
        {edits && (
          <Button tone="primary" icon={<Plus size={16} aria-hidden />} onClick={() => setAdding(true)}>
            {t('knowledge.new')}
          </Button>
        )}
      </header>
      <div className="knowledge-columns">
        <Card className="grow" icon={<BookOpen size={16} aria-hidden />} title={t(`knowledge.view.${view}`)}>
          {view === 'article' || view === 'reply' ? (
            <KnowledgeList key={view} kind={view} words={words} onWords={setWords} open={open} onOpen={(hit) => setOpen(hit.entry)} />
          ) : view === 'gaps' ? (
            <GapsList onOpen={setOpen} />
          ) : (
            <EditedList key={view} view={view} open={open} onOpen={setOpen} edits={edits} />
          )}
        </Card>
        <div className="knowledge-pane">
          {adding ? (
            <EntryForm
              kind={view === 'reply' ? 'reply' : 'article'}
              onClose={() => setAdding(false)}
              onSaved={(entry) => {
                setAdding(false);
                setView('draft');
                setOpen(entry);
              }}
            />
          ) : open === undefined ? (
            <Card className="grow" title={t('knowledge.title')}>
              <Empty title={t('knowledge.choose')} text={t('knowledge.choose-text')} />
            </Card>
          ) : (
            <EntryPane key={open} entry={open} edits={edits} />
          )}
        </div>
      </div>
    </div>
  );
}
