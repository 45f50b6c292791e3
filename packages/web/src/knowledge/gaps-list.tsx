import { Link } from '@tanstack/react-router';
import type { KnowledgeGap } from '@threerings/core/wire/knowledge';
import { useWords } from '../app/i18n/use-words.ts';
import { shortTime } from '../app/time.ts';
import { useAct } from '../app/use-act.ts';
import { useNow } from '../live/clock.ts';
import { Button } from '../ui/button.tsx';
import { Empty, Failed, Loading } from '../ui/states.tsx';
import { knowledgeKey, useGaps } from './use-knowledge.ts';

const outcomes = ['written', 'corrected', 'not-needed'] as const;

/** What agents did not find, or found wrong, newest first; each is settled with what became of it. */
export function GapsList({ onOpen }: { onOpen: (entry: string) => void }) {
  const t = useWords();
  const list = useGaps();
  const rows = list.data ?? [];
  return (
    <div className="scroll grow">
      {list.isPending && <Loading what={t('knowledge.view.gaps')} rows={6} />}
      {list.isError && <Failed error={list.error} onRetry={() => void list.refetch()} />}
      {list.isSuccess && rows.length === 0 && <Empty title={t('knowledge.empty')} text={t('knowledge.empty.gaps')} />}
      <ul className="knowledge-hits">
        {rows.map((gap) => (
          <Gap key={gap.gap} gap={gap} onOpen={onOpen} />
        ))}
      </ul>
    </div>
  );
}

function Gap({ gap, onOpen }: { gap: KnowledgeGap; onOpen: (entry: string) => void }) {
  const t = useWords();
  const now = useNow(60_000);
  const { run, busy } = useAct(knowledgeKey);
  const { entry, interaction } = gap;
  return (
    <li className="knowledge-gap">
      <b>{gap.kind === 'wrong' ? t('knowledge.gap.wrong', { title: gap.title ?? entry ?? '—' }) : (gap.words ?? '—')}</b>
      <span className="row-note row row-wrap num">
        {t(`knowledge.gap.kind.${gap.kind}`)} · {gap.agent} · {shortTime(gap.at, now)}{' '}
        {interaction !== undefined && (
          <Link to="/interactions/$interaction" params={{ interaction }}>
            {t('knowledge.gap.call')}
          </Link>
        )}
      </span>
      {gap.note !== undefined && <span>{gap.note}</span>}
      <span className="row row-wrap">
        {entry !== undefined && (
          <Button size="small" onClick={() => onOpen(entry)}>
            {t('knowledge.open')}
          </Button>
        )}
        {outcomes.map((outcome) => (
          <Button
            key={outcome}
            size="small"
            busy={busy}
            onClick={() => void run(`/api/knowledge-gaps/${gap.gap}`, { do: 'close', outcome })}
          >
            {t(`knowledge.gap.do.${outcome}`)}
          </Button>
        ))}
      </span>
    </li>
  );
}
