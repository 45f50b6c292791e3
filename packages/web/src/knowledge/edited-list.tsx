import type { EditedEntry } from '@threerings/core/wire/knowledge';
import { useWords } from '../app/i18n/use-words.ts';
import { dayOf, shortTime } from '../app/time.ts';
import { useNow } from '../live/clock.ts';
import { Empty, Failed, Loading } from '../ui/states.tsx';
import { StandingNote } from './standing.tsx';
import { type EditorView, useEditing } from './use-knowledge.ts';

interface EditedListProps {
  readonly view: EditorView;
  readonly open: string | undefined;
  readonly onOpen: (entry: string) => void;
}

/** Versions by where they stand. */
export function EditedList({ view, open, onOpen }: EditedListProps) {
  const t = useWords();
  const list = useEditing(view);
  const rows = list.data ?? [];
  return (
    <div className="scroll grow">
      {list.isPending && <Loading what={t('knowledge.title')} rows={6} />}
      {list.isError && <Failed error={list.error} onRetry={() => void list.refetch()} />}
      {list.isSuccess && rows.length === 0 && <Empty title={t('knowledge.empty')} text={t(`knowledge.empty.${view}`)} />}
      <ul className="knowledge-hits">
        {rows.map((row) => (
          <Line key={`${row.entry} ${row.version}`} row={row} open={row.entry === open} onOpen={() => onOpen(row.entry)} />
        ))}
      </ul>
    </div>
  );
}

function Line({ row, open, onOpen }: { row: EditedEntry; open: boolean; onOpen: () => void }) {
  const t = useWords();
  const now = useNow(60_000);
  return (
    <li data-open={open}>
      <button type="button" className="knowledge-hit" aria-current={open || undefined} onClick={onOpen}>
        <b>{row.title}</b>
        <span className="row-note row row-wrap num">
          {t(`knowledge.kind.${row.kind}`)} · {t('knowledge.version', { n: row.version })} · {row.author} · {shortTime(row.changedAt, now)}
        </span>
        {row.state === 'live' && <StandingNote standing={row.standing} validUntil={row.validUntil} />}
        {row.reviewDue !== undefined && <span className="meta num">{t('knowledge.review-by', { when: dayOf(row.reviewDue, true) })}</span>}
      </button>
    </li>
  );
}
