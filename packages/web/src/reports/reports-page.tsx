import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ReportView } from '@threerings/core/wire/reports';
import { ChartColumn, ListTree } from 'lucide-react';
import { useState } from 'react';
import { useWords } from '../app/i18n/use-words.ts';
import { shortTime } from '../app/time.ts';
import { useNow } from '../live/clock.ts';
import { Card } from '../ui/card.tsx';
import { Segmented } from '../ui/segmented.tsx';
import { Empty, Failed, Loading } from '../ui/states.tsx';
import { LoadChart } from './load-chart.tsx';
import { LoadMap } from './load-map.tsx';
import { MatterTable } from './matter-table.tsx';
import { ReportFilters } from './report-filters.tsx';
import { ReportRowList } from './report-row-list.tsx';
import { FigureTable, GroupTable, NormTable } from './report-tables.tsx';
import { type ReportSearch, reportSearch } from './search.ts';
import { useReport } from './use-report.ts';
import '../promises/promises-page.css';
import './reports-page.css';

type Tab = 'groups' | 'matters' | 'norms' | 'rows';
const tabs: readonly Tab[] = ['groups', 'matters', 'norms', 'rows'];

/** 报表: figures with their formulas on the left; on the right what they are made of. */
export function ReportsPage() {
  const t = useWords();
  const now = useNow();
  const navigate = useNavigate();
  const search = useSearch({ from: '/shell/reports' });
  const report = useReport(search);
  const change = (given: Partial<Record<keyof ReportSearch, string | undefined>>) =>
    void navigate({ to: '/reports', search: reportSearch({ ...search, ...given }) });
  const [tab, setTab] = useState<Tab>(search.figure === undefined ? 'groups' : 'rows');
  const open = (figure: string) => {
    setTab('rows');
    change({ figure, side: undefined, norm: undefined, matter: undefined });
  };
  const { data } = report;
  return (
    <div className="ledger">
      <ReportFilters search={search} report={data} onChange={change} />
      {report.isPending && <Loading what={t('report.title')} rows={10} />}
      {report.isError && <Failed error={report.error} onRetry={() => void report.refetch()} />}
      {data !== undefined && (
        <div className="report-columns" aria-busy={report.isFetching}>
          <Card icon={<ChartColumn size={16} aria-hidden />} title={data.title} aside={<SoFar report={data} now={now} />}>
            <div className="scroll grow">
              <FigureTable report={data} chosen={search.figure} onChoose={open} />
            </div>
          </Card>
          <Behind report={data} search={search} tab={tab} onTab={setTab} onChange={change} />
        </div>
      )}
    </div>
  );
}

function SoFar({ report, now }: { report: ReportView; now: number }) {
  const t = useWords();
  return report.soFar ? <span className="meta">{t('report.so-far', { time: shortTime(report.madeAt, now) })}</span> : null;
}

interface BehindProps {
  readonly tab: Tab;
  readonly onTab: (tab: Tab) => void;
  readonly report: ReportView;
  readonly search: ReportSearch;
  readonly onChange: (change: Partial<Record<keyof ReportSearch, string | undefined>>) => void;
}

function Behind({ report, search, tab, onTab, onChange }: BehindProps) {
  const t = useWords();
  const { figure, by = 'unit' } = search;
  return (
    <div className="report-behind">
      <Card title={t('report.load')}>
        <LoadChart report={report} />
        {report.load !== undefined && <LoadMap load={report.load} />}
      </Card>
      <Card
        className="grow"
        icon={<ListTree size={16} aria-hidden />}
        title={t(`report.tab.${tab}`)}
        aside={
          <Segmented<Tab>
            label={t('report.tab')}
            value={tab}
            onChange={onTab}
            options={tabs.map((value) => ({ value, label: t(`report.tab.${value}`) }))}
          />
        }
      >
        <div className="scroll grow">
          {tab === 'groups' && (
            <>
              <Segmented
                label={t('report.by')}
                value={by}
                onChange={(next) => onChange({ by: next })}
                options={(['unit', 'agent', 'queue'] as const).map((value) => ({ value, label: t(`report.by.${value}`) }))}
              />
              <GroupTable report={report} by={by} onNarrow={(key) => onChange({ [by]: key })} />
            </>
          )}
          {tab === 'matters' && (
            <MatterTable
              report={report}
              onChoose={(matter) => {
                onTab('rows');
                onChange({ figure: 'matters', side: undefined, norm: undefined, matter });
              }}
            />
          )}
          {tab === 'norms' && (
            <NormTable
              report={report}
              onChoose={(norm) => {
                onTab('rows');
                onChange({ figure: 'compliance', side: 'whole', norm, matter: undefined });
              }}
            />
          )}
          {tab === 'rows' && figure === undefined && <Empty title={t('report.pick')} text={t('report.pick-text')} />}
          {tab === 'rows' && figure !== undefined && (
            <ReportRowList search={search} figure={figure} onSide={(side) => onChange({ side })} />
          )}
        </div>
      </Card>
    </div>
  );
}
