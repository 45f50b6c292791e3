import { useTongue, useWords } from '../app/i18n/use-words.ts';

interface LoadMapProps {
  /** 7 weekdays from Monday × 48 half hours */
  readonly load: readonly (readonly number[])[];
}

const cell = { width: 12, height: 15 };
const left = 34;
const top = 14;
const days = [
  { zh: '周一', en: 'Mon' },
  { zh: '周二', en: 'Tue' },
  { zh: '周三', en: 'Wed' },
  { zh: '周四', en: 'Thu' },
  { zh: '周五', en: 'Fri' },
  { zh: '周六', en: 'Sat' },
  { zh: '周日', en: 'Sun' },
] as const;

const halfHour = (slot: number) => `${String(Math.floor(slot / 2)).padStart(2, '0')}:${slot % 2 === 0 ? '00' : '30'}`;

/** When people call: the darker a half hour, the more calls; each says its number when pointed at. The workbook has the same as a table. */
export function LoadMap({ load }: LoadMapProps) {
  const t = useWords();
  const tongue = useTongue();
  const most = Math.max(1, ...load.flat());
  const busiest = load
    .flatMap((slots, day) => slots.map((count, slot) => ({ day, slot, count })))
    .reduce((a, b) => (b.count > a.count ? b : a));
  const name = (day: number, slot: number) => `${tongue(days[day] ?? days[0])} ${halfHour(slot)}`;
  return (
    <svg
      className="load-chart"
      viewBox={`0 0 ${left + 48 * cell.width} ${top + 7 * cell.height}`}
      role="img"
      aria-label={t('report.load-map', { when: name(busiest.day, busiest.slot), most: busiest.count })}
    >
      {Array.from({ length: 12 }, (_, two) => (
        <text key={halfHour(two * 4)} x={left + two * 4 * cell.width} y={10} className="load-tick">
          {halfHour(two * 4)}
        </text>
      ))}
      {load.map((slots, day) => (
        <g key={tongue(days[day] ?? days[0])}>
          <text x={0} y={top + day * cell.height + 11} className="load-tick">
            {tongue(days[day] ?? days[0])}
          </text>
          {slots.map((count, slot) => (
            <rect
              key={halfHour(slot)}
              className="load-cell"
              x={left + slot * cell.width}
              y={top + day * cell.height}
              width={cell.width - 1}
              height={cell.height - 1}
              fillOpacity={count === 0 ? 0 : 0.15 + (0.85 * count) / most}
            >
              <title>{`${name(day, slot)} · ${count}`}</title>
            </rect>
          ))}
        </g>
      ))}
    </svg>
  );
}
