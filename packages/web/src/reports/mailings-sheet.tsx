import { useQuery } from '@tanstack/react-query';
import { reportKinds } from '@threerings/core/reports/period';
import { type ReportMailing, reportMailings } from '@threerings/core/wire/report-mailings';
import type { ReportView } from '@threerings/core/wire/reports';
import { MailPlus, TriangleAlert } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { request } from '../app/http.ts';
import { useWords } from '../app/i18n/use-words.ts';
import { usePreferences } from '../app/preferences.ts';
import { useAct } from '../app/use-act.ts';
import { uuid } from '../app/uuid.ts';
import { Button } from '../ui/button.tsx';
import { Field, Select, Textarea } from '../ui/field.tsx';
import { Segmented } from '../ui/segmented.tsx';
import { Sheet } from '../ui/sheet.tsx';
import { Empty, Failed, Loading } from '../ui/states.tsx';

const mailingsKey = ['report-mailings'] as const;

interface SheetProps {
  readonly choices: ReportView['choices'];
  readonly onClose: () => void;
}

/** Reports that are mailed by themselves: those that stand, and a new one. */
export function MailingsSheet({ choices, onClose }: SheetProps) {
  const t = useWords();
  const list = useQuery({
    queryKey: mailingsKey,
    queryFn: ({ signal }) => request('/api/report-mailings', reportMailings, { signal }),
  });
  const { mailings = [], sends = true } = list.data ?? {};
  return (
    <Sheet
      icon={<MailPlus size={16} aria-hidden />}
      title={t('mailing.title')}
      onClose={onClose}
      style={{ insetInlineEnd: 16, top: 56, width: 480, maxHeight: 'calc(100vh - 80px)' }}
    >
      <div className="stack">
        {list.isPending && <Loading what={t('mailing.title')} rows={3} />}
        {list.isError && <Failed error={list.error} onRetry={() => void list.refetch()} />}
        {!sends && (
          <p className="banner" data-tone="warn" role="status">
            <TriangleAlert size={16} aria-hidden />
            {t('mailing.no-channel')}
          </p>
        )}
        {list.isSuccess && mailings.length === 0 && <Empty title={t('mailing.none')} text={t('mailing.none-text')} />}
        {mailings.map((mailing) => (
          <Standing key={mailing.mailing} of={mailing} choices={choices} />
        ))}
        {sends && <NewMailing choices={choices} />}
      </div>
    </Sheet>
  );
}

function Standing({ of, choices }: { of: ReportMailing; choices: ReportView['choices'] }) {
  const t = useWords();
  const { run, busy } = useAct(mailingsKey);
  const { mailing, kind, unit, to, maker, lastDay, fault } = of;
  const whose = choices.units.find(({ key }) => key === unit)?.name ?? t('report.any-unit');
  return (
    <div className="row row-wrap">
      <span className="grow">
        <b>{t(`report.kind.${kind}`)}</b> {whose}
        <span className="row-note">{to.join('，')}</span>
        <span className="row-note num">{t('mailing.last', { maker, day: lastDay })}</span>
        {fault !== undefined && <span className="row-note">{t(`mailing.fault.${fault}`)}</span>}
      </span>
      <Button
        size="small"
        tone="text"
        busy={busy}
        onClick={() => void run(`/api/report-mailings/${encodeURIComponent(mailing)}`, {}, 'DELETE')}
      >
        {t('mailing.remove')}
      </Button>
    </div>
  );
}

function NewMailing({ choices: { units } }: { choices: ReportView['choices'] }) {
  const t = useWords();
  const { language } = usePreferences();
  const { run, busy } = useAct(mailingsKey);
  const [mailing, setMailing] = useState(uuid);
  const [kind, setKind] = useState<(typeof reportKinds)[number]>('day');
  const [unit, setUnit] = useState('');
  const [to, setTo] = useState('');
  const addresses = to.split(/[\s,;，；]+/).filter((one) => one !== '');
  const missing = addresses.length === 0 || addresses.length > 20 ? t('mailing.missing') : undefined;
  const save = async (event: FormEvent) => {
    event.preventDefault();
    const body = { mailing, kind, by: 'agent', language, to: addresses, ...(unit === '' ? {} : { unit }) };
    if (missing !== undefined || !(await run('/api/report-mailings', body))) return;
    setMailing(uuid());
    setTo('');
  };
  return (
    <form className="stack" onSubmit={(event) => void save(event)}>
      <Segmented
        label={t('report.kind')}
        value={kind}
        onChange={setKind}
        options={reportKinds.map((value) => ({ value, label: t(`report.kind.${value}`) }))}
      />
      {units.length > 1 && (
        <Select aria-label={t('report.unit')} value={unit} onChange={(event) => setUnit(event.target.value)}>
          <option value="">{t('report.any-unit')}</option>
          {units.map(({ key, name }) => (
            <option key={key} value={key}>
              {name}
            </option>
          ))}
        </Select>
      )}
      <Field label={t('mailing.to')} hint={t('mailing.to-hint')}>
        {(ids) => <Textarea {...ids} data-autofocus rows={3} maxLength={4000} value={to} onChange={(event) => setTo(event.target.value)} />}
      </Field>
      <Button type="submit" tone="primary" busy={busy} blocked={missing}>
        {t('mailing.new')}
      </Button>
    </form>
  );
}
