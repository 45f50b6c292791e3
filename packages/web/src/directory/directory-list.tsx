import type { DirectoryEntryOnWire } from '@threerings/core/wire/directory';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useWords } from '../app/i18n/use-words.ts';
import { Input } from '../ui/field.tsx';
import { Segmented } from '../ui/segmented.tsx';
import { Empty, Failed, Loading } from '../ui/states.tsx';
import { type Side, useDirectory } from './use-directory.ts';
import '../knowledge/knowledge.css';
import './directory.css';

interface DirectoryListProps {
  readonly focused?: boolean;
  /** what can be done with an entry */
  readonly acts: (entry: DirectoryEntryOnWire) => ReactNode;
}

/** 通讯录与外单位: found while one types, in Chinese, by pinyin, initials or a part of the number. */
export function DirectoryList({ focused, acts }: DirectoryListProps) {
  const t = useWords();
  const [words, setWords] = useState('');
  const [side, setSide] = useState<Side>('all');
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (focused === true) field.current?.focus();
  }, [focused]);
  const found = useDirectory(words, side);
  const rows = found.data ?? [];
  return (
    <div className="knowledge-list">
      <div className="knowledge-search">
        <Input
          ref={field}
          type="search"
          aria-label={t('directory.search')}
          placeholder={t('directory.search')}
          value={words}
          maxLength={100}
          onChange={(event) => setWords(event.target.value)}
        />
        <Segmented<Side>
          label={t('directory.side')}
          value={side}
          onChange={setSide}
          options={(['all', 'own', 'outside'] as const).map((value) => ({ value, label: t(`directory.side.${value}`) }))}
        />
      </div>
      <div className="scroll grow">
        {found.isPending && <Loading what={t('directory.title')} rows={6} />}
        {found.isError && <Failed error={found.error} onRetry={() => void found.refetch()} />}
        {found.isSuccess && rows.length === 0 && (
          <Empty title={t('directory.none')} text={t(words.trim() === '' ? 'directory.none-yet' : 'directory.none-text')} />
        )}
        <ul className="directory-rows">
          {rows.map((entry) => (
            <li key={entry.entry}>
              <EntryLine entry={entry} />
              <span className="row">{acts(entry)}</span>
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}

function EntryLine({ entry: { name, number, department, scope, hours, outside } }: { entry: DirectoryEntryOnWire }) {
  const t = useWords();
  return (
    <div className="grow">
      <span className="row row-wrap">
        <b>{name}</b>
        <b className="num directory-number">{number}</b>
        {outside && <span className="chip">{t('directory.side.outside')}</span>}
      </span>
      <span className="row-note">{[department, hours].filter((one) => one !== undefined).join(' · ')}</span>
      {scope !== undefined && <span className="row-note">{scope}</span>}
    </div>
  );
}
