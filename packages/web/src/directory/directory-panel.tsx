import type { DirectoryEntryOnWire } from '@threerings/core/wire/directory';
import { Contact, Pencil, Plus } from 'lucide-react';
import { useState } from 'react';
import { useWords } from '../app/i18n/use-words.ts';
import { hasRole, useMe } from '../app/session.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { DirectoryList } from './directory-list.tsx';
import { EntryForm } from './entry-form.tsx';

/** The directory as a page: everybody looks up, leaders and operations keep it. */
export function DirectoryPanel() {
  const t = useWords();
  const keeps = hasRole(useMe(), 'leader', 'operations');
  const [editing, setEditing] = useState<DirectoryEntryOnWire | 'new' | undefined>(undefined);
  const add = (
    <Button size="small" icon={<Plus size={14} aria-hidden />} onClick={() => setEditing('new')}>
      {t('directory.new')}
    </Button>
  );
  return (
    <div className="day-columns" data-pane={editing !== undefined}>
      <Card className="grow" icon={<Contact size={16} aria-hidden />} title={t('directory.title')} aside={keeps ? add : undefined}>
        <DirectoryList
          focused
          acts={(entry) =>
            keeps && (
              <Button size="small" icon={<Pencil size={14} aria-hidden />} onClick={() => setEditing(entry)}>
                {t('directory.change')}
              </Button>
            )
          }
        />
      </Card>
      {editing !== undefined && (
        <div className="day-pane">
          <EntryForm
            key={editing === 'new' ? 'new' : editing.entry}
            of={editing === 'new' ? undefined : editing}
            onClose={() => setEditing(undefined)}
          />
        </div>
      )}
    </div>
  );
}
