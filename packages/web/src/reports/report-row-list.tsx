import { Link } from '@tanstack/react-router';
import type { ReportRow } from '@threerings/core/wire/reports';
import { wordOfCode } from '../app/i18n/translate.ts';
import { useWords } from '../app/i18n/use-words.ts';
import { shortTime } from '../app/time.ts';
import { useNow } from '../live/clock.ts';
import { Button } from '../ui/button.tsx';
import { Segmented } from '../ui/segmented.tsx';
import { Empty, Failed, Loading } from '../ui/states.tsx';
import { shownLength, wordsOf } from './figure-value.ts';
import type { ReportSearch } from './search.ts';
import { useReportRows } from './use-report.ts';

interface RowListProps {
  readonly search: ReportSearch;
  readonly figure: string;
  readonly onSide: (side: 'part' | 'whole') => void;
}

/** What stands behind a figure, each with the way to its call or ticket. */
export function ReportRowList({ search, figure, onSide }: RowListProps) {
  const t = useWords();
  const list = useReportRows(search, figure);
  if (list.isPending) return <Loading what={t('report.tab.rows')} rows={8} />;
  if (list.isError) return <Failed error={list.error} onRetry={() => void list.refetch()} />;
  const rows = list.data.pages.flatMap((page) => page.rows);
  const { total = 0, hidden = 0 } = list.data.pages[0] ?? {};
  return (
    <>
      <div className="row row-wrap report-rows-head">
        {wordsOf(figure)?.unit === 'share' && (
          <Segmented<'part' | 'whole'>
            label={t('report.side')}
            value={search.side ?? 'part'}
            onChange={onSide}
            options={(['part', 'whole'] as const).map((value) => ({ value, label: t(`report.side.${value}`) }))}
          />
        )}
        {figure === 'matters' && <b>{search.matter ?? t('report.matter-unset')}</b>}
        <span className="meta num">{t('report.rows-total', { total })}</span>
        {hidden > 0 && <span className="meta">{t('report.rows-hidden', { n: hidden })}</span>}
      </div>
      {rows.length === 0 ? <Empty title={t('report.none')} text={t('report.none-text')} /> : <RowTable rows={rows} />}
      {list.hasNextPage && (
        <Button busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('report.rows-more', { n: total - hidden - rows.length })}
        </Button>
      )}
    </>
  );
}

function RowTable({ rows }: { rows: readonly ReportRow[] }) {
  const t = useWords();
  return (
    <table className="rows-table">
      <thead>
        <tr>
          <th>{t('report.at')}</th>
          <th>{t('report.row')}</th>
          <th>{t('report.state')}</th>
          <th>{t('report.who')}</th>
          <th className="num">{t('report.length')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <RowLine key={`${row.kind}-${row.interaction ?? ''}-${row.id}`} row={row} />
        ))}
      </tbody>
    </table>
  );
}

function RowLine({ row }: { row: ReportRow }) {
  const t = useWords();
  const now = useNow();
  const name = wordOfCode(t, 'report.row', row.kind);
  return (
    <tr>
      <td className="nowrap num">{shortTime(row.at, now)}</td>
      <td>
        <RowLink row={row} name={name} />
        {row.kind !== 'call' && <span className="row-note">{row.id}</span>}
      </td>
      <td>
        {wordOfCode(t, 'report.state', row.state)}
        {row.counts && <span className="row-note">{t('report.counts')}</span>}
      </td>
      <td className="num">
        {row.agent ?? '—'} {row.agentName}
        {row.queue !== undefined && <span className="row-note">{row.queue}</span>}
      </td>
      <td className="num nowrap">{row.value === undefined ? '' : shownLength(row.value)}</td>
    </tr>
  );
}

function RowLink({ row, name }: { row: ReportRow; name: string }) {
  if (row.kind === 'ticket')
    return (
      <Link to="/tickets/$ticket" params={{ ticket: row.id }}>
        {name}
      </Link>
    );
  if (row.interaction === undefined) return name;
  return (
    <Link to="/interactions/$interaction" params={{ interaction: row.interaction }}>
      {name}
    </Link>
  );
}
