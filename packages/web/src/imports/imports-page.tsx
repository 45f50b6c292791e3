import { useMutation } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import type { ImportForm, ImportReport } from '@threerings/core/wire/imports';
import { FileSpreadsheet, Table2 } from 'lucide-react';
import { useState } from 'react';
import { useTongue, useWords } from '../app/i18n/use-words.ts';
import { useMe } from '../app/session.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { Segmented } from '../ui/segmented.tsx';
import { Empty, Failed, Loading } from '../ui/states.tsx';
import { sendTable, useImportForms } from './use-imports.ts';
import '../promises/promises-page.css';
import './imports-page.css';

/** 数据导入: a table is looked at first, and written as a whole or not at all. */
export function ImportsPage() {
  const t = useWords();
  const tongue = useTongue();
  const forms = useImportForms();
  const allowed = (forms.data ?? []).filter((form) => form.allowed);
  const { kind: asked } = useSearch({ strict: false });
  const [picked, setPicked] = useState<string | undefined>(asked);
  const form = allowed.find(({ kind }) => kind === picked) ?? allowed[0];
  return (
    <div className="ledger">
      <header className="ledger-head">
        <h1 className="visually-hidden">{t('import.title')}</h1>
        {form !== undefined && (
          <Segmented
            label={t('import.kinds')}
            value={form.kind}
            onChange={setPicked}
            options={allowed.map(({ kind, title }) => ({ value: kind as string, label: tongue(title) }))}
          />
        )}
      </header>
      {forms.isPending && <Loading what={t('import.title')} rows={8} />}
      {forms.isError && <Failed error={forms.error} onRetry={() => void forms.refetch()} />}
      {form !== undefined && <ImportOf key={form.kind} form={form} />}
    </div>
  );
}

function ImportOf({ form }: { form: ImportForm }) {
  const t = useWords();
  const tongue = useTongue();
  const { csrf } = useMe();
  const [file, setFile] = useState<File | undefined>(undefined);
  const send = useMutation({
    mutationFn: ({ table, apply }: { table: File; apply?: string }) => sendTable(form.kind, table, csrf, apply),
  });
  const report = send.data;
  const choose = (table: File | undefined) => {
    setFile(table);
    send.reset();
    if (table !== undefined) send.mutate({ table });
  };
  return (
    <div className="import-columns">
      <Card icon={<Table2 size={16} aria-hidden />} title={t('import.columns')}>
        {form.endings.includes('.docx') && <p className="import-note">{t('import.word')}</p>}
        <dl className="scroll grow import-heads">
          {form.columns.map(({ head, required, expected }) => (
            <div key={head.en}>
              <dt>
                {tongue(head)} {required && <span className="meta">{t('import.required')}</span>}
              </dt>
              <dd className="t2">{tongue(expected)}</dd>
            </div>
          ))}
        </dl>
      </Card>
      <Card icon={<FileSpreadsheet size={16} aria-hidden />} title={tongue(form.title)} aside={<Verdict report={report} />}>
        <div className="row row-wrap import-file">
          <label className="btn" data-tone="plain" data-size="normal">
            <input
              type="file"
              className="visually-hidden"
              accept={form.endings.join(',')}
              onChange={(event) => choose(event.target.files?.[0])}
            />
            {t('import.choose')}
          </label>
          <span className="t2">{file?.name ?? t('import.file', { endings: form.endings.join(' ') })}</span>
          {file !== undefined && report !== undefined && !report.applied && (
            <ApplyButton report={report} busy={send.isPending} onApply={() => send.mutate({ table: file, apply: report.digest })} />
          )}
        </div>
        <div className="scroll grow">
          {send.isPending && <Loading what={t('import.look')} rows={6} />}
          {send.isError && <Failed error={send.error} onRetry={() => file !== undefined && send.mutate({ table: file })} />}
          {report === undefined && !send.isPending && !send.isError && <Empty title={t('import.pick')} text={t('import.pick-text')} />}
          {report !== undefined && <ReportOf report={report} />}
        </div>
      </Card>
    </div>
  );
}

function ApplyButton({ report, busy, onApply }: { report: ImportReport; busy: boolean; onApply: () => void }) {
  const t = useWords();
  const { fresh, changed } = report.counts;
  const blocked = report.faults.length > 0 ? t('import.faulty') : fresh + changed === 0 ? t('import.nothing') : undefined;
  return (
    <Button tone="primary" busy={busy} blocked={blocked} onClick={onApply}>
      {t('import.apply', { n: fresh + changed })}
    </Button>
  );
}

function Verdict({ report }: { report: ImportReport | undefined }) {
  const t = useWords();
  if (report === undefined) return null;
  const { fresh, changed } = report.counts;
  return (
    <span className="meta num" role="status">
      {report.applied ? t('import.done', { fresh, changed }) : t('import.counts', report.counts)}
    </span>
  );
}

function ReportOf({ report }: { report: ImportReport }) {
  const t = useWords();
  const tongue = useTongue();
  return (
    <>
      {report.notes.map((note) => (
        <p key={note.en} className="import-note">
          {tongue(note)}
        </p>
      ))}
      {report.faults.length > 0 ? (
        <table className="rows-table">
          <thead>
            <tr>
              <th>{t('import.line')}</th>
              <th>{t('import.column')}</th>
              <th>{t('import.found')}</th>
              <th>{t('import.expected')}</th>
              <th>{t('import.remedy')}</th>
            </tr>
          </thead>
          <tbody>
            {report.faults.map(({ line, column, head, found, expected, remedy }) => (
              <tr key={`${line}:${column}:${head}:${expected.en}`}>
                <td className="num">{line}</td>
                <td>{head === '' ? column : head}</td>
                <td>{found}</td>
                <td>{tongue(expected)}</td>
                <td>{tongue(remedy)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : (
        <table className="rows-table">
          <thead>
            <tr>
              <th>{t('import.line')}</th>
              <th>{t('import.change')}</th>
              <th>{t('import.content')}</th>
            </tr>
          </thead>
          <tbody>
            {report.rows.map(({ line, change, shown }) => (
              <tr key={line}>
                <td className="num">{line}</td>
                <td className="nowrap">{t(`import.change.${change}`)}</td>
                <td>{shown.filter((each) => each !== '').join(' · ')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}
