import { useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useWords } from '../app/i18n/use-words.ts';
import { hasRole, useMe } from '../app/session.ts';
import { Segmented } from '../ui/segmented.tsx';
import { ErasureList } from './erasure-list.tsx';
import { HoldList } from './hold-list.tsx';
import { TrainingDataCard } from './training-data.tsx';
import '../promises/promises-page.css';
import './retention-page.css';

type View = 'holds' | 'erasures' | 'training';

/** 留存与抹除: what must not be deleted and why, and who asked that a person be erased. */
export function RetentionPage() {
  const t = useWords();
  const holds = hasRole(useMe(), 'administrator');
  const { call } = useSearch({ strict: false });
  const [view, setView] = useState<View>(holds ? 'holds' : 'erasures');
  return (
    <div className="ledger">
      <header className="ledger-head">
        <h1 className="visually-hidden">{t('retention.title')}</h1>
        {holds && (
          <Segmented<View>
            label={t('ledger.view')}
            value={view}
            onChange={setView}
            options={(['holds', 'erasures', 'training'] as const).map((value) => ({ value, label: t(`retention.view.${value}`) }))}
          />
        )}
      </header>
      {view === 'holds' && <HoldList call={call} />}
      {view === 'erasures' && <ErasureList decides={holds} />}
      {view === 'training' && <TrainingDataCard />}
    </div>
  );
}
