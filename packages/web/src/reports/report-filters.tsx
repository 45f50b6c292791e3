import { reportKinds } from '@threerings/core/reports/period';
import type { ReportView } from '@threerings/core/wire/reports';
import { ChevronLeft, ChevronRight, Download, MailPlus } from 'lucide-react';
import { useState } from 'react';
import { useWords } from '../app/i18n/use-words.ts';
import { usePreferences } from '../app/preferences.ts';
import { hasRole, useMe } from '../app/session.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { Input, Select } from '../ui/field.tsx';
import { Segmented } from '../ui/segmented.tsx';
import { MailingsSheet } from './mailings-sheet.tsx';
import { type ReportSearch, reportParams } from './search.ts';

interface FiltersProps {
  readonly search: ReportSearch;
  readonly report: ReportView | undefined;
  readonly onChange: (change: Partial<Record<keyof ReportSearch, string | undefined>>) => void;
}

const dayMs = 86_400_000;
/** The hotline's day of an instant near the middle of it; the period says where its days begin. */
const isoOf = (at: number) => new Date(at).toISOString().slice(0, 10);

/** Period, scope and export. Nobody is offered what they may not see. */
export function ReportFilters({ search, report, onChange }: FiltersProps) {
  const t = useWords();
  const { language } = usePreferences();
  const { units = [], agents = [], queues = [] } = report?.choices ?? {};
  const params = reportParams(search);
  params.set('language', language);
  // Half a day into the period is the same date in every zone that its first day has at noon.
  const first = report === undefined ? undefined : isoOf(report.from + dayMs / 2);
  const step = (by: -1 | 1) => {
    if (report === undefined) return;
    onChange({ day: isoOf((by < 0 ? report.from - dayMs : report.to) + dayMs / 2) });
  };
  return (
    <header className="ledger-head">
      <h1 className="visually-hidden">{t('report.title')}</h1>
      <Segmented
        label={t('report.kind')}
        value={search.kind ?? 'day'}
        onChange={(kind) => onChange({ kind })}
        options={reportKinds.map((value) => ({ value, label: t(`report.kind.${value}`) }))}
      />
      <IconButton label={t('report.before')} onClick={() => step(-1)}>
        <ChevronLeft size={16} aria-hidden />
      </IconButton>
      <Input
        type="date"
        className="report-day"
        aria-label={t('report.day')}
        value={search.day ?? first ?? ''}
        onChange={(event) => event.target.value !== '' && onChange({ day: event.target.value })}
      />
      <IconButton label={t('report.after')} onClick={() => step(1)}>
        <ChevronRight size={16} aria-hidden />
      </IconButton>
      {units.length > 1 && (
        <Choice
          label={t('report.unit')}
          any={t('report.any-unit')}
          value={search.unit}
          from={units}
          onChange={(unit) => onChange({ unit })}
        />
      )}
      {agents.length > 1 && (
        <Choice
          label={t('report.agent')}
          any={t('report.any-agent')}
          value={search.agent}
          from={agents}
          onChange={(agent) => onChange({ agent })}
        />
      )}
      {queues.length > 1 && (
        <Choice
          label={t('report.queue')}
          any={t('report.any-queue')}
          value={search.queue}
          from={queues}
          onChange={(queue) => onChange({ queue })}
        />
      )}
      <Select aria-label={t('report.of')} value={search.of ?? 'live'} onChange={(event) => onChange({ of: event.target.value })}>
        <option value="live">{t('report.of.live')}</option>
        <option value="import">{t('report.of.import')}</option>
      </Select>
      <span className="grow" />
      <ByMail report={report} />
      <a className="btn" data-tone="plain" data-size="normal" href={`/api/reports/sheet?${params}`} download>
        <Download size={16} aria-hidden />
        {t('report.sheet')}
      </a>
    </header>
  );
}

/** Who leads has reports mailed; the sheet comes when it is asked for. */
function ByMail({ report }: Pick<FiltersProps, 'report'>) {
  const t = useWords();
  const mails = hasRole(useMe(), 'leader', 'operations');
  const [open, setOpen] = useState(false);
  if (!mails || report === undefined) return null;
  return (
    <>
      <Button icon={<MailPlus size={16} aria-hidden />} aria-expanded={open} onClick={() => setOpen(!open)}>
        {t('mailing.title')}
      </Button>
      {open && <MailingsSheet choices={report.choices} onClose={() => setOpen(false)} />}
    </>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly any: string;
  readonly value: string | undefined;
  readonly from: readonly { readonly key: string; readonly name: string }[];
  readonly onChange: (value: string | undefined) => void;
}

function Choice({ label, any, value, from, onChange }: ChoiceProps) {
  return (
    <Select
      className="report-choice"
      aria-label={label}
      value={value ?? ''}
      onChange={(event) => onChange(event.target.value || undefined)}
    >
      <option value="">{any}</option>
      {from.map(({ key, name }) => (
        <option key={key} value={key}>
          {name}
        </option>
      ))}
    </Select>
  );
}
