import { CalendarClock } from 'lucide-react';
import { Fragment, useState } from 'react';
import { useWords } from '../app/i18n/use-words.ts';
import { dayOf, sameDay, timeOfDay } from '../app/time.ts';
import { dueWords } from '../app/time-words.ts';
import { useNow } from '../live/clock.ts';
import { PromiseListCard } from '../promises/promise-list-card.tsx';
import { isSettled, promiseStanding } from '../promises/promise-standing.ts';
import { usePromiseList } from '../promises/use-promise-list.ts';
import { Select } from '../ui/field.tsx';
import { useInView } from '../ui/use-in-view.ts';
import { VerdictBadge } from '../ui/verdict.tsx';
import { AppointmentSheet } from './appointment-sheet.tsx';
import { byDay, inSpan, type Slot, type Span } from './slots.ts';

const spans = ['all', 'today', 'tomorrow', 'week'] as const;
const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;

/** 预约: visits that were agreed on, day by day; a missed one is explained, and moved when the customer agrees to another time. */
export function AppointmentsPanel() {
  const t = useWords();
  const now = useNow(15_000);
  const [span, setSpan] = useState<Span>('all');
  const of = usePromiseList('visit', (row) => inSpan(row, span, now));
  return (
    <>
      <PromiseListCard
        of={of}
        words="visit"
        icon={<CalendarClock size={16} aria-hidden />}
        filters={
          <Select
            aria-label={t('visit.span')}
            value={span}
            onChange={(event) => setSpan(spans.find((each) => each === event.target.value) ?? 'all')}
          >
            {spans.map((value) => (
              <option key={value} value={value}>
                {t(`visit.span.${value}`)}
              </option>
            ))}
          </Select>
        }
      >
        <table className="rows-table">
          <thead>
            <tr>
              <th>{t('visit.when')}</th>
              <th>{t('visit.what')}</th>
              <th>{t('ledger.owner')}</th>
            </tr>
          </thead>
          <tbody>
            {byDay(of.rows).map(({ day, slots }) => (
              <Fragment key={day}>
                <tr className="rows-group">
                  <th colSpan={3} scope="rowgroup">
                    {dayWords(t, slots[0]?.view.dueAt ?? 0, now)} <span className="meta num">{t('visit.count', { n: slots.length })}</span>
                  </th>
                </tr>
                {slots.map((slot) => (
                  <SlotRow
                    key={slot.view.promise}
                    slot={slot}
                    now={now}
                    chosen={slot.view.promise === of.chosen}
                    onChoose={() => of.setChosen(slot.view.promise)}
                  />
                ))}
              </Fragment>
            ))}
          </tbody>
        </table>
      </PromiseListCard>
      {of.adding && <AppointmentSheet onClose={() => of.setAdding(false)} />}
    </>
  );
}

function dayWords(t: ReturnType<typeof useWords>, at: number, now: number): string {
  const near = sameDay(at, now) ? 'today' : sameDay(at, now + 86_400_000) ? 'tomorrow' : undefined;
  const date = `${dayOf(at)} ${t(`weekday.${weekdays[new Date(at).getDay()] ?? 'sun'}`)}`;
  return near === undefined ? date : `${t(`visit.span.${near}`)} ${date}`;
}

function SlotRow({ slot: { view, clashes }, now, chosen, onChoose }: { slot: Slot; now: number; chosen: boolean; onChoose: () => void }) {
  const t = useWords();
  const place = useInView<HTMLTableRowElement>(chosen);
  const settled = isSettled(view);
  const standing = promiseStanding(view, now);
  return (
    <tr ref={place} data-chosen={chosen} data-standing={standing} onClick={onChoose}>
      <td className="nowrap num">
        <b>{timeOfDay(view.dueAt)}</b>{' '}
        <VerdictBadge
          standing={standing}
          text={wordsOf(t, view.state, settled, isNear(view.dueAt, now) ? dueWords(t, view.dueAt, now) : t('promise.state.open'))}
        />
      </td>
      <td>
        <button type="button" className="row-open" aria-pressed={chosen} onClick={onChoose}>
          {view.about ?? t('visit.no-words')}
        </button>
        {(view.moved ?? 0) > 0 && <span className="row-note num">{t('visit.moved', { n: view.moved ?? 0 })}</span>}
        {clashes > 0 && <span className="row-note num">{t('visit.clash', { n: clashes })}</span>}
      </td>
      <td className="nowrap num">{view.owner}</td>
    </tr>
  );
}

/** Within the hour, or overdue: how long still, or since. Before that the day and the time say all. */
const isNear = (dueAt: number, now: number) => dueAt - now < 3_600_000;

function wordsOf(t: ReturnType<typeof useWords>, state: string, settled: boolean, due: string): string {
  if (state === 'kept' || state === 'kept-late') return t('visit.kept');
  if (state === 'withdrawn') return t('visit.withdrawn');
  return settled ? t('promise.state.unreached') : due;
}
