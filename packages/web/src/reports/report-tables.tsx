import { withLimits } from '@threerings/core/reports/figure-words';
import type { ReportView } from '@threerings/core/wire/reports';
import { useTongue, useWords } from '../app/i18n/use-words.ts';
import { Empty } from '../ui/states.tsx';
import { shownLength, shownValue, wordsOf } from './figure-value.ts';
import type { ReportSearch } from './search.ts';

interface FiguresProps {
  readonly report: ReportView;
  readonly chosen: string | undefined;
  readonly onChoose: (figure: string) => void;
}

/** Every figure with what it was counted from and how; a click opens its rows. */
export function FigureTable({ report, chosen, onChoose }: FiguresProps) {
  const t = useWords();
  const tongue = useTongue();
  const goals: Readonly<Record<string, number>> = {
    connection: report.policy.connectionGoal,
    'connection-worst': report.policy.connectionGoal,
  };
  return (
    <table className="rows-table figure-table">
      <tbody>
        {report.figures.map(({ figure, value, part, whole, sums }) => {
          const words = wordsOf(figure);
          const name = words === undefined ? figure : withLimits(tongue(words), report.policy);
          const missed = value !== undefined && goals[figure] !== undefined && value < goals[figure];
          return (
            <tr key={figure} data-chosen={figure === chosen} onClick={() => onChoose(figure)}>
              <td>
                <button type="button" className="row-open" aria-label={t('report.open-rows', { figure: name })}>
                  {name}
                </button>
                <span className="row-note">{words !== undefined && withLimits(tongue(words.formula), report.policy)}</span>
              </td>
              <td className="num nowrap figure-value" data-missed={missed}>
                {shownValue(figure, value)}
                {words?.unit !== 'count' && <span className="row-note">{countedFrom(part, whole, sums)}</span>}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function countedFrom(part: number, whole: number | undefined, sums: ReportView['figures'][number]['sums']): string {
  if (sums !== undefined) return `${shownLength(sums.part)}/${shownLength(sums.whole)}`;
  return whole === undefined ? String(part) : `${part}/${whole}`;
}

const groupFigures = [
  'offered',
  'answered',
  'connection',
  'service-level',
  'speed-of-answer',
  'handling',
  'occupancy',
  'compliance',
  'callbacks-in-time',
  'chats',
];

/** A caller who was not answered is nobody's; a promise has no queue. */
const notOf: Readonly<Record<string, readonly string[]>> = {
  agent: ['offered', 'connection', 'service-level'],
  unit: ['offered', 'connection', 'service-level'],
  queue: ['callbacks-in-time', 'occupancy'],
};

interface GroupsProps {
  readonly report: ReportView;
  readonly by: NonNullable<ReportSearch['by']>;
  readonly onNarrow: (key: string) => void;
}

/** The figures of each unit, person or queue side by side; a click narrows the report to it. */
export function GroupTable({ report, by, onNarrow }: GroupsProps) {
  const t = useWords();
  const tongue = useTongue();
  if (report.groups.length === 0) return <Empty title={t('report.none')} text={t('report.none-text')} />;
  const shown = groupFigures.filter((figure) => notOf[by]?.includes(figure) !== true);
  const headOf = (figure: string) => {
    const words = wordsOf(figure);
    return words === undefined ? figure : withLimits(tongue(words), report.policy);
  };
  return (
    <table className="rows-table">
      <thead>
        <tr>
          <th>{t('report.name')}</th>
          {shown.map((figure) => (
            <th key={figure} className="num">
              {headOf(figure)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {report.groups.map(({ key, name, figures }) => (
          <tr key={key} onClick={() => onNarrow(key)}>
            <td>
              <button type="button" className="row-open">
                {name}
              </button>
            </td>
            {shown.map((figure) => (
              <td key={figure} className="num nowrap">
                {shownValue(figure, figures.find((one) => one.figure === figure)?.value)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface NormsProps {
  readonly report: ReportView;
  readonly onChoose: (norm: string) => void;
}

/** Norms with the most broken ones on top; never a rate of kept without how much could be told. */
export function NormTable({ report, onChoose }: NormsProps) {
  const t = useWords();
  const tongue = useTongue();
  if (report.norms.length === 0) return <Empty title={t('report.none')} text={t('report.none-text')} />;
  const share = (part: number, whole: number) => (whole === 0 ? '—' : `${Math.round((part / whole) * 1000) / 10}%`);
  return (
    <table className="rows-table">
      <thead>
        <tr>
          <th>{t('report.norm')}</th>
          <th className="num">{t('report.kept')}</th>
          <th className="num">{t('report.broken')}</th>
          <th className="num">{t('report.unknown')}</th>
          <th className="num">{t('report.kept-rate')}</th>
          <th className="num">{t('report.judged')}</th>
        </tr>
      </thead>
      <tbody>
        {report.norms.map(({ norm, title, cites, kept, broken, unknown }) => (
          <tr key={norm} onClick={() => onChoose(norm)}>
            <td>
              <button type="button" className="row-open">
                {tongue(title)}
              </button>
              <span className="row-note">{cites.join(' ')}</span>
            </td>
            <td className="num">{kept}</td>
            <td className="num">{broken}</td>
            <td className="num">{unknown}</td>
            <td className="num nowrap">{share(kept, kept + broken)}</td>
            <td className="num nowrap">{share(kept + broken, kept + broken + unknown)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
