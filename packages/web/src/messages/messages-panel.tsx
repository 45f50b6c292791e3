import { leftWord } from '@threerings/core/promises/view';
import type { PromiseView } from '@threerings/core/wire/desk';
import { StickyNote } from 'lucide-react';
import { useState } from 'react';
import { wordOfCode } from '../app/i18n/translate.ts';
import { useWords } from '../app/i18n/use-words.ts';
import { shortTime } from '../app/time.ts';
import { useNow } from '../live/clock.ts';
import { PromiseListCard } from '../promises/promise-list-card.tsx';
import { promiseStanding } from '../promises/promise-standing.ts';
import { StandingCell } from '../promises/standing-cell.tsx';
import { usePromiseList } from '../promises/use-promise-list.ts';
import { Select } from '../ui/field.tsx';
import { useInView } from '../ui/use-in-view.ts';
import { MessageSheet } from './message-sheet.tsx';

const states = ['all', 'unseen', 'seen', 'overdue'] as const;
type State = (typeof states)[number];

/** 留言: word taken for colleagues. For whom, by whom, whether it was seen, and whether the caller was called back. */
export function MessagesPanel() {
  const t = useWords();
  const now = useNow(15_000);
  const [state, setState] = useState<State>('all');
  const of = usePromiseList('message', (row) => state === 'all' || stateOf(row, now).includes(state));
  return (
    <>
      <PromiseListCard
        of={of}
        words="message"
        icon={<StickyNote size={16} aria-hidden />}
        filters={
          of.view !== 'settled' && (
            <Select
              aria-label={t('message.state')}
              value={state}
              onChange={(event) => setState(states.find((each) => each === event.target.value) ?? 'all')}
            >
              {states.map((value) => (
                <option key={value} value={value}>
                  {t(`message.state.${value}`)}
                </option>
              ))}
            </Select>
          )
        }
      >
        <table className="rows-table">
          <thead>
            <tr>
              <th>{t('message.back-by')}</th>
              <th>{t('message.for')}</th>
              <th>{t('message.what')}</th>
              <th>{t('message.taken-by')}</th>
            </tr>
          </thead>
          <tbody>
            {of.rows.map((row) => (
              <MessageRow
                key={row.promise}
                row={row}
                now={now}
                chosen={row.promise === of.chosen}
                onChoose={() => of.setChosen(row.promise)}
              />
            ))}
          </tbody>
        </table>
      </PromiseListCard>
      {of.adding && <MessageSheet onClose={() => of.setAdding(false)} />}
    </>
  );
}

function stateOf({ seenAt, dueAt, state }: PromiseView, now: number): readonly State[] {
  const late: readonly State[] = state === 'missed' || dueAt < now ? ['overdue'] : [];
  return [seenAt === undefined ? 'unseen' : 'seen', ...late];
}

function MessageRow({ row, now, chosen, onChoose }: { row: PromiseView; now: number; chosen: boolean; onChoose: () => void }) {
  const t = useWords();
  const place = useInView<HTMLTableRowElement>(chosen);
  const spoken = row.channel === leftWord;
  return (
    <tr ref={place} data-chosen={chosen} data-standing={promiseStanding(row, now)} onClick={onChoose}>
      <StandingCell row={row} now={now} />
      <td className="nowrap num">{wordOfCode(t, 'role', row.owner)}</td>
      <td>
        <button type="button" className="row-open" aria-pressed={chosen} onClick={onChoose}>
          {row.about ?? t(spoken ? 'message.word' : 'message.no-words')}
        </button>
        <span className="row-note num">
          {row.seenAt === undefined ? t('message.unseen') : t('message.seen-at', { time: shortTime(row.seenAt, now) })}
        </span>
      </td>
      <td className="nowrap num">
        {spoken ? t('message.by-caller') : row.firstReceiver}
        {row.madeAt !== undefined && <span className="row-note">{shortTime(row.madeAt, now)}</span>}
      </td>
    </tr>
  );
}
