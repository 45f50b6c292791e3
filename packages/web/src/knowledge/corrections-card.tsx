import { Link } from '@tanstack/react-router';
import { PhoneOutgoing } from 'lucide-react';
import { useCallback, useState } from 'react';
import { useWords } from '../app/i18n/use-words.ts';
import { shortTime } from '../app/time.ts';
import { useAct } from '../app/use-act.ts';
import { useNow } from '../live/clock.ts';
import { DueChooser } from '../promises/due-chooser.tsx';
import { promisesKey } from '../promises/use-promises.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { Failed, Loading } from '../ui/states.tsx';
import { knowledgeKey, useMisled } from './use-knowledge.ts';

/** Callers who were told what proved wrong; one press opens a correction callback for each of them. */
export function CorrectionsCard({ entry }: { entry: string }) {
  const t = useWords();
  const now = useNow(60_000);
  const list = useMisled(entry);
  const { run, busy } = useAct(knowledgeKey, promisesKey);
  const [due, setDue] = useState<number | undefined>(undefined);
  const onDue = useCallback((next: number | undefined) => setDue(next), []);
  const rows = list.data ?? [];
  const open = rows.filter(({ promise }) => promise === undefined).length;
  return (
    <Card
      className="knowledge-misled"
      icon={<PhoneOutgoing size={16} aria-hidden />}
      title={t('knowledge.misled')}
      aside={<span className="meta num">{t('knowledge.misled-count', { n: rows.length, open })}</span>}
    >
      <div className="card-body scroll grow stack">
        {list.isPending && <Loading what={t('knowledge.misled')} />}
        {list.isError && <Failed error={list.error} onRetry={() => void list.refetch()} />}
        <ul className="knowledge-hits">
          {rows.map(({ interaction, version, agent, at, promise }) => (
            <li key={interaction} className="row row-wrap num">
              <Link to="/interactions/$interaction" params={{ interaction }}>
                {shortTime(at, now)}
              </Link>
              <span>{agent}</span>
              <span className="meta">{t('knowledge.version', { n: version })}</span>
              <span className="grow" />
              <span className="meta">{promise === undefined ? t('knowledge.uncorrected') : t('knowledge.callback-open')}</span>
            </li>
          ))}
        </ul>
        {open > 0 && (
          <>
            <DueChooser presets={['1d', '3d']} initial="1d" onChange={onDue} />
            <div>
              <Button
                tone="primary"
                busy={busy}
                blocked={due === undefined ? t('knowledge.due-unknown') : undefined}
                onClick={() => void run(`/api/knowledge/${entry}/corrections`, { dueAt: due })}
              >
                {t('knowledge.open-corrections', { n: open })}
              </Button>
            </div>
          </>
        )}
      </div>
    </Card>
  );
}
