import type { EntryDetail, EntryVersionOnWire } from '@threerings/core/wire/knowledge';
import { BookOpen } from 'lucide-react';
import { useState } from 'react';
import { useWords } from '../app/i18n/use-words.ts';
import { Files } from '../attachments/files.tsx';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { Select } from '../ui/field.tsx';
import { Failed, Loading } from '../ui/states.tsx';
import { CorrectionsCard } from './corrections-card.tsx';
import { EntryForm } from './entry-form.tsx';
import { EntryView } from './entry-view.tsx';
import { useEntry } from './use-knowledge.ts';
import { VersionActs } from './version-acts.tsx';

/** An entry with its versions; what may be done with the one that is shown. */
export function EntryPane({ entry, edits }: { entry: string; edits: boolean }) {
  const t = useWords();
  const detail = useEntry(entry);
  const [shown, setShown] = useState<number | undefined>(undefined);
  const [writing, setWriting] = useState(false);
  if (detail.isPending) return <Loading what={t('knowledge.title')} />;
  if (detail.isError) return <Failed error={detail.error} onRetry={() => void detail.refetch()} />;
  const { versions } = detail.data;
  const [newest] = versions;
  const version = versions.find((one) => one.version === shown) ?? newest;
  if (version === undefined || newest === undefined) return null;
  if (writing)
    return (
      <EntryForm
        kind={detail.data.kind}
        of={{ detail: detail.data, version }}
        onClose={() => setWriting(false)}
        onSaved={() => setWriting(false)}
      />
    );
  return (
    <>
      <Card
        className="grow"
        icon={<BookOpen size={16} aria-hidden />}
        title={t(`knowledge.kind.${detail.data.kind}`)}
        aside={<Versions detail={detail.data} version={version} onShow={setShown} />}
      >
        <div className="card-body scroll grow stack">
          {version.note !== undefined && <p className="meta">{t('knowledge.note', { note: version.note })}</p>}
          <EntryView detail={detail.data} version={version} />
          <Files owner={{ kind: 'knowledge', id: entry }} />
        </div>
        <footer className="card-body row row-wrap">
          {edits && newest.state !== 'in-review' && <Button onClick={() => setWriting(true)}>{t('knowledge.edit')}</Button>}
          <VersionActs entry={entry} version={version} edits={edits} />
        </footer>
      </Card>
      {detail.data.misled !== undefined && detail.data.misled.all > 0 && <CorrectionsCard entry={entry} />}
    </>
  );
}

interface VersionsProps {
  readonly detail: EntryDetail;
  readonly version: EntryVersionOnWire;
  readonly onShow: (version: number) => void;
}

function Versions({ detail, version, onShow }: VersionsProps) {
  const t = useWords();
  if (detail.versions.length < 2) return <span className="meta">{t(`knowledge.state.${version.state}`)}</span>;
  return (
    <Select aria-label={t('knowledge.versions')} value={version.version} onChange={(event) => onShow(Number(event.target.value))}>
      {detail.versions.map((one) => (
        <option key={one.version} value={one.version}>
          {`${t('knowledge.version', { n: one.version })} · ${t(`knowledge.state.${one.state}`)}${one.corrects ? ` · ${t('knowledge.corrects-short')}` : ''}`}
        </option>
      ))}
    </Select>
  );
}
