import type { EditedEntry } from '@threerings/core/wire/knowledge';
import { useState } from 'react';
import { useWords } from '../app/i18n/use-words.ts';
import { dayOf, shortTime } from '../app/time.ts';
import { useNow } from '../live/clock.ts';
import { Empty, Failed, Loading } from '../ui/states.tsx';
import { ManyActs } from './many-acts.tsx';
import { StandingNote } from './standing.tsx';
import { type EditorView, useEditing } from './use-knowledge.ts';

interface EditedListProps {
  readonly view: EditorView;
  readonly open: string | undefined;
  readonly onOpen: (entry: string) => void;
  /** this person writes; else only reviews */
  readonly edits: boolean;
}

/** Versions by where they stand. */
export function EditedList({ view, open, onOpen, edits }: EditedListProps) {
  const t = useWords();
  const list = useEditing(view);
  const rows = list.data ?? [];
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const many = (view === 'draft' && edits) || view === 'in-review' ? view : undefined;
  const toggle = (entry: string) => setChosen((before) => (before.has(entry) ? without(before, entry) : new Set([...before, entry])));
  return (
    <div className="scroll grow">
      {many !== undefined && rows.length > 0 && <ManyActs view={many} rows={rows} chosen={chosen} onChosen={setChosen} />}
      {list.isPending && <Loading what={t('knowledge.title')} rows={6} />}
      {list.isError && <Failed error={list.error} onRetry={() => void list.refetch()} />}
      {list.isSuccess && rows.length === 0 && <Empty title={t('knowledge.empty')} text={t(`knowledge.empty.${view}`)} />}
      <ul className="knowledge-hits">
        {rows.map((row) => (
          <Line
            key={`${row.entry} ${row.version}`}
            row={row}
            open={row.entry === open}
            onOpen={() => onOpen(row.entry)}
            {...(many === undefined ? {} : { chosen: chosen.has(row.entry), onChosen: () => toggle(row.entry) })}
          />
        ))}
      </ul>
    </div>
  );
}

const without = (chosen: ReadonlySet<string>, entry: string) => new Set([...chosen].filter((each) => each !== entry));

interface LineProps {
  readonly row: EditedEntry;
  readonly open: boolean;
  readonly onOpen: () => void;
  readonly chosen?: boolean;
  readonly onChosen?: () => void;
}

function Line({ row, open, onOpen, chosen, onChosen }: LineProps) {
  const t = useWords();
  const now = useNow(60_000);
  return (
    <li className="row" data-open={open}>
      {onChosen !== undefined && (
        <input type="checkbox" aria-label={t('knowledge.choose-one', { title: row.title })} checked={chosen ?? false} onChange={onChosen} />
      )}
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
