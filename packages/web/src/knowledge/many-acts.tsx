import type { EditedEntry } from '@threerings/core/wire/knowledge';
import { useState } from 'react';
import { useWords } from '../app/i18n/use-words.ts';
import { useMe } from '../app/session.ts';
import { useAct } from '../app/use-act.ts';
import { Button } from '../ui/button.tsx';
import { knowledgeKey } from './use-knowledge.ts';

interface ManyActsProps {
  readonly view: 'draft' | 'in-review';
  readonly rows: readonly EditedEntry[];
  readonly chosen: ReadonlySet<string>;
  readonly onChosen: (chosen: ReadonlySet<string>) => void;
}

/** What is done with many at once, after an import for example: sent for review, or approved where somebody else wrote them. Stops at the first refusal. */
export function ManyActs({ view, rows, chosen, onChosen }: ManyActsProps) {
  const t = useWords();
  const { agent } = useMe();
  const { run } = useAct(knowledgeKey);
  const [done, setDone] = useState<number | undefined>(undefined);
  const may = view === 'draft' ? rows : rows.filter(({ author }) => author !== agent);
  const wanted = may.filter(({ entry }) => chosen.has(entry));
  const all = wanted.length === may.length && may.length > 0;
  const act = async () => {
    setDone(0);
    for (const { entry, version } of wanted) {
      const change = { do: view === 'draft' ? 'submit' : 'approve' };
      if (!(await run(`/api/knowledge/${encodeURIComponent(entry)}/versions/${version}`, change))) break;
      setDone((n = 0) => n + 1);
    }
    setDone(undefined);
    onChosen(new Set());
  };
  return (
    <div className="row knowledge-many">
      <label className="row">
        <input
          type="checkbox"
          checked={all}
          onChange={() => onChosen(all ? new Set() : new Set(may.map(({ entry }) => entry)))}
          disabled={may.length === 0}
        />
        {may.length === 0 && rows.length > 0 ? t('knowledge.own-review') : t('knowledge.all', { n: may.length })}
      </label>
      <span className="grow" />
      {wanted.length > 0 && (
        <Button tone="primary" size="small" busy={done !== undefined} onClick={() => void act()}>
          {t(`knowledge.many.${view}`, { n: wanted.length - (done ?? 0) })}
        </Button>
      )}
    </div>
  );
}
