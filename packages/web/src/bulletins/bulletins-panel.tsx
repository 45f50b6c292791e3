import type { BulletinView } from '@threerings/core/wire/bulletins';
import { Newspaper, Plus } from 'lucide-react';
import { useState } from 'react';
import { useWords } from '../app/i18n/use-words.ts';
import { hasRole, useMe } from '../app/session.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { Segmented } from '../ui/segmented.tsx';
import { Empty, Failed, Loading } from '../ui/states.tsx';
import { BulletinForm } from './bulletin-form.tsx';
import { BulletinText } from './bulletin-item.tsx';
import { ReadersCard } from './readers-card.tsx';
import { useBulletins } from './use-bulletins.ts';

type Pane = { readonly kind: 'form'; readonly of?: BulletinView } | { readonly kind: 'readers'; readonly bulletin: string };

/** 要情与早会: what everybody must know today; leaders write it and see who has not read it. */
export function BulletinsPanel() {
  const t = useWords();
  const edits = hasRole(useMe(), 'leader', 'operations');
  const [view, setView] = useState<'current' | 'all'>('current');
  const [pane, setPane] = useState<Pane | undefined>(undefined);
  const list = useBulletins(view);
  const rows = list.data ?? [];
  const aside = edits && (
    <span className="row">
      <Segmented<'current' | 'all'>
        label={t('bulletin.view')}
        value={view}
        onChange={setView}
        options={(['current', 'all'] as const).map((value) => ({ value, label: t(`bulletin.view.${value}`) }))}
      />
      <Button size="small" icon={<Plus size={14} aria-hidden />} onClick={() => setPane({ kind: 'form' })}>
        {t('bulletin.new')}
      </Button>
    </span>
  );
  return (
    <div className="day-columns" data-pane={pane !== undefined}>
      <Card className="grow" icon={<Newspaper size={16} aria-hidden />} title={t('bulletin.title')} aside={aside}>
        <div className="scroll grow">
          {list.isPending && <Loading what={t('bulletin.title')} rows={4} />}
          {list.isError && <Failed error={list.error} onRetry={() => void list.refetch()} />}
          {list.isSuccess && rows.length === 0 && <Empty title={t('bulletin.none')} text={t('bulletin.none-text')} />}
          <ul className="day-rows">
            {rows.map((item) => (
              <li key={item.bulletin} data-alert={item.mustRead && item.readAt === undefined && item.state === 'published'}>
                <BulletinText item={item} />
                {edits && (
                  <EditorLine
                    item={item}
                    onEdit={() => setPane({ kind: 'form', of: item })}
                    onReaders={() => setPane({ kind: 'readers', bulletin: item.bulletin })}
                  />
                )}
              </li>
            ))}
          </ul>
        </div>
      </Card>
      {pane !== undefined && (
        <div className="day-pane">
          {pane.kind === 'form' ? (
            <BulletinForm key={pane.of?.bulletin ?? 'new'} of={pane.of} onClose={() => setPane(undefined)} />
          ) : (
            <ReadersCard key={pane.bulletin} bulletin={pane.bulletin} onClose={() => setPane(undefined)} />
          )}
        </div>
      )}
    </div>
  );
}

interface EditorLineProps {
  readonly item: BulletinView;
  readonly onEdit: () => void;
  readonly onReaders: () => void;
}

function EditorLine({ item: { state, reading, version }, onEdit, onReaders }: EditorLineProps) {
  const t = useWords();
  return (
    <span className="row row-wrap">
      <span className="chip">{t(`bulletin.state.${state}`)}</span>
      <span className="row-note num">{t('bulletin.version', { n: version })}</span>
      {reading !== undefined && state === 'published' && (
        <Button size="small" onClick={onReaders}>
          {t('bulletin.readers', { n: reading.read, of: reading.of })}
        </Button>
      )}
      {state !== 'withdrawn' && (
        <Button size="small" onClick={onEdit}>
          {t('bulletin.change')}
        </Button>
      )}
    </span>
  );
}
