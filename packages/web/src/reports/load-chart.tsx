import type { ReportView } from '@threerings/core/wire/reports';
import { useWords } from '../app/i18n/use-words.ts';

interface LoadChartProps {
  readonly report: Pick<ReportView, 'steps' | 'kind'>;
}

const width = 640;
const height = 120;
const ground = height - 16;

const dayMs = 86_400_000;

/** In the hotline's own time, wherever the reader is: `09:30` after the midnight that a day begins with, else `9-14`. */
function stepName(at: number, midnight: number | undefined): string {
  if (midnight !== undefined) return new Date(at - midnight).toISOString().slice(11, 16);
  const noon = new Date(at + dayMs / 2);
  return `${noon.getUTCMonth() + 1}-${noon.getUTCDate()}`;
}

/** Bars of what was answered and given up, in the order of time; each says its numbers when pointed at, and the table below it says them too. */
export function LoadChart({ report: { steps, kind } }: LoadChartProps) {
  const t = useWords();
  const most = Math.max(1, ...steps.map(({ offered }) => offered));
  const step = width / Math.max(1, steps.length);
  const [from = 0] = steps.map(({ at }) => at);
  const nameOf = (at: number) => stepName(at, kind === 'day' ? from : undefined);
  const every = Math.ceil(steps.length / 12);
  const y = (count: number) => ground - (count / most) * (ground - 4);
  return (
    <svg className="load-chart" viewBox={`0 0 ${width} ${height}`} role="img" aria-label={t('report.load')}>
      <line x1={0} x2={width} y1={ground} y2={ground} className="load-axis" />
      {steps.map(({ at, offered, answered, abandoned }, n) => (
        <g key={at}>
          <title>{t('report.load-text', { from: nameOf(at), offered, answered, abandoned })}</title>
          <rect x={n * step} y={0} width={step} height={ground} fill="transparent" />
          <rect className="load-offered" x={n * step + 1} y={y(offered)} width={step - 2} height={ground - y(offered)} />
          <rect className="load-answered" x={n * step + 1} y={y(answered)} width={step - 2} height={ground - y(answered)} />
          {n % every === 0 && (
            <text x={n * step} y={height - 3} className="load-tick">
              {nameOf(at)}
            </text>
          )}
        </g>
      ))}
      <text x={width} y={10} textAnchor="end" className="load-tick">
        {most}
      </text>
    </svg>
  );
}
