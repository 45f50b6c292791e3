import { Link } from '@tanstack/react-router';
import type { LabelReportOnWire, PackText } from '@threerings/core/wire/norm-packs';
import { wordOfCode } from '../app/i18n/translate.ts';
import { useWords } from '../app/i18n/use-words.ts';
import { Failed, Loading } from '../ui/states.tsx';
import { offsetOfLine } from './labelling.ts';
import { useLabelReport } from './use-norm-packs.ts';

interface LabelsPanelProps {
  readonly pack: string;
  readonly version: number;
  readonly revision: number;
  readonly files: readonly PackText[];
  readonly onPlace: (file: string, from: number) => void;
}

/** Precision and recall of each norm on the conversations that people labelled, and those that came out otherwise, to open. */
export function LabelsPanel({ pack, version, revision, files, onPlace }: LabelsPanelProps) {
  const t = useWords();
  const report = useLabelReport(pack, version, revision);
  if (report.isPending) return <Loading what={t('norms.labels')} rows={3} />;
  if (report.isError) return <Failed error={report.error} onRetry={() => void report.refetch()} />;
  const { conversations, skipped, gate, passes, norms, disagreements } = report.data;
  if (conversations + skipped === 0) return <p className="card-body meta">{t('norms.labels-none')}</p>;
  return (
    <div className="card-body stack scroll grow">
      <p className="meta">
        {t('norms.labels-text', { conversations })}
        {skipped > 0 && ` ${t('norms.labels-skipped', { skipped })}`}
      </p>
      <p role="status" className="strong" data-standing={passes ? 'kept' : 'broken'}>
        {gate === undefined
          ? t('norms.labels-no-gate')
          : t(passes ? 'norms.labels-pass' : 'norms.labels-fail', { precision: percent(gate.precision), recall: percent(gate.recall) })}
      </p>
      <Scores norms={norms} />
      <ul className="whatif-changes">
        {disagreements.map((one) => (
          <li key={`${one.file} ${one.line} ${one.norm}`}>
            <p>
              <b>{one.norm}</b> {t('norms.labels-differ', { labelled: values(t, one.labelled), judged: values(t, one.judged) })}
            </p>
            {one.stored !== undefined && (
              <Link to="/interactions/$interaction" params={{ interaction: one.stored }} className="clause-link">
                {one.name}
              </Link>
            )}
            {one.stored === undefined && (
              <button type="button" className="clause-link" onClick={() => onPlace(one.file, placeOf(files, one.file, one.line))}>
                {one.name}
              </button>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

function Scores({ norms }: Pick<LabelReportOnWire, 'norms'>) {
  const t = useWords();
  return (
    <table className="norm-scores num">
      <thead>
        <tr>
          <th scope="col">{t('norms.norm')}</th>
          <th scope="col">{t('norms.labels-precision')}</th>
          <th scope="col">{t('norms.labels-recall')}</th>
        </tr>
      </thead>
      <tbody>
        {norms.map(({ norm, precision, recall, hits, misses, falseAlarms, below }) => (
          <tr key={norm} data-standing={below === undefined ? undefined : 'broken'}>
            <th scope="row">{norm}</th>
            <td>
              {percent(precision)} <span className="meta">{`${hits}/${hits + falseAlarms}`}</span>
            </td>
            <td>
              {percent(recall)} <span className="meta">{`${hits}/${hits + misses}`}</span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const percent = (share: number | undefined) => (share === undefined ? '–' : `${Math.round(share * 1000) / 10} %`);

function values(t: ReturnType<typeof useWords>, of: readonly string[]): string {
  return of.length === 0 ? t('norms.value.none') : of.map((value) => wordOfCode(t, 'standing', value)).join('、');
}

function placeOf(files: readonly PackText[], path: string, line: number): number {
  return offsetOfLine(files.find((file) => file.path === path)?.text ?? '', line);
}
