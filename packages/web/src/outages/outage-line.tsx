import type { OutageView } from '@threerings/core/wire/outages';
import { useWords } from '../app/i18n/use-words.ts';
import { shortTime } from '../app/time.ts';
import { useNow } from '../live/clock.ts';

/** What is out of order, where, and until when: what a caller is told. */
export function OutageLine({
  outage: { kind, title, areas, state, dueAt, restoredAt, announced, callers, openedAt },
}: {
  outage: OutageView;
}) {
  const t = useWords();
  const now = useNow(30_000);
  const late = state === 'open' && dueAt !== undefined && dueAt < now;
  return (
    <div className="grow">
      <span className="row row-wrap">
        <span className="chip">{t(`outage.kind.${kind}`)}</span>
        <b>{title}</b>
        {announced && state === 'open' && (
          <span className="chip" data-tone="info">
            {t('outage.announced')}
          </span>
        )}
        {late && (
          <span className="chip" data-tone="warn">
            {t('outage.late')}
          </span>
        )}
      </span>
      <span className="row-note num">
        {[
          areas.join(t('text.comma')),
          t('outage.since', { time: shortTime(openedAt, now) }),
          state === 'restored'
            ? t('outage.restored-at', { time: restoredAt === undefined ? '' : shortTime(restoredAt, now) })
            : dueAt === undefined
              ? t('outage.due-unknown')
              : t('outage.due', { time: shortTime(dueAt, now) }),
          t('outage.callers', { n: callers.all, told: callers.told }),
        ]
          .filter((one) => one !== '')
          .join(' · ')}
      </span>
    </div>
  );
}
