import { type FigureId, figureWords, withLimits } from '@threerings/core/reports/figure-words';
import type { FigureOnWire, ReportView } from '@threerings/core/wire/reports';
import writeExcelFile, { type Row } from 'write-excel-file/node';

type Language = 'zh' | 'en';
type CellValue = string | number | undefined;

const words = {
  zh: {
    figures: '指标',
    norms: '规范',
    groups: '分组',
    steps: '时段',
    load: '半小时负荷',
    matters: '热点事项',
    matter: '事项',
    calls: '电话',
    chats: '在线',
    unset: '未标事项',
    days: ['周一', '周二', '周三', '周四', '周五', '周六', '周日'],
    figure: '指标',
    value: '数值',
    part: '分子',
    whole: '分母',
    formula: '口径',
    norm: '规范',
    clauses: '条款',
    kept: '做到',
    broken: '未做到',
    unknown: '无法判断',
    rate: '达标率',
    judgeable: '可判率',
    who: '名称',
    time: '开始',
    soFar: '（截至目前）',
    made: '生成时间',
  },
  en: {
    figures: 'Figures',
    norms: 'Norms',
    groups: 'Groups',
    steps: 'Times',
    load: 'Half hours',
    matters: 'Top matters',
    matter: 'Matter',
    calls: 'Calls',
    chats: 'Chats',
    unset: 'No matter set',
    days: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'],
    figure: 'Figure',
    value: 'Value',
    part: 'Part',
    whole: 'Whole',
    formula: 'Formula',
    norm: 'Norm',
    clauses: 'Clauses',
    kept: 'Kept',
    broken: 'Broken',
    unknown: 'Cannot tell',
    rate: 'Kept rate',
    judgeable: 'Could be judged',
    who: 'Name',
    time: 'From',
    soFar: ' (so far)',
    made: 'Made at',
  },
} as const;

/** A report as an .xlsx workbook: figures with their formulas, norms, groups, times. Shares are 0–1 in per cent format, lengths are seconds. */
export function reportSheet(report: ReportView, language: Language, zoneOffsetMs: number): Promise<Buffer> {
  const w = words[language];
  const time = (at: number) => new Date(at + zoneOffsetMs).toISOString().slice(0, 16).replace('T', ' ');
  const title = `${report.title}${report.soFar ? w.soFar : ''}`;
  const nameOf = (figure: string) => withLimits(figureWords[figure as FigureId]?.[language] ?? figure, report.policy);
  const figures: Row[] = [
    [head(title), undefined, undefined, undefined, text(`${w.made} ${time(report.madeAt)}`)],
    heads([w.figure, w.value, w.part, w.whole, w.formula]),
    ...report.figures.map((one) => [
      text(nameOf(one.figure)),
      valueCell(one),
      number(one.sums === undefined ? one.part : seconds(one.sums.part)),
      number(one.sums === undefined ? one.whole : seconds(one.sums.whole)),
      text(withLimits(figureWords[one.figure as FigureId]?.formula[language] ?? '', report.policy)),
    ]),
  ];
  const norms: Row[] = [
    heads([w.norm, w.kept, w.broken, w.unknown, w.rate, w.judgeable, w.clauses]),
    ...report.norms.map(({ title: names, kept, broken, unknown, cites }) => [
      text(names[language]),
      number(kept),
      number(broken),
      number(unknown),
      share(kept, kept + broken),
      share(kept + broken, kept + broken + unknown),
      text(cites.join(' ')),
    ]),
  ];
  const columns = report.groups[0]?.figures.map(({ figure }) => figure) ?? [];
  const groups: Row[] = [
    heads([w.who, ...columns.map(nameOf)]),
    ...report.groups.map(({ name, figures: own }) => [text(name), ...own.map(valueCell)]),
  ];
  const steps: Row[] = [
    heads([w.time, nameOf('offered'), nameOf('answered'), nameOf('abandoned')]),
    ...report.steps.map(({ at, offered, answered, abandoned }) => [text(time(at)), number(offered), number(answered), number(abandoned)]),
  ];
  const load = report.load === undefined ? [] : [{ data: loadTable(report.load, w), sheet: w.load, columns: [{ width: 8 }] }];
  const matters =
    report.matters === undefined
      ? []
      : [{ data: matterTable(report.matters, w), sheet: w.matters, columns: [{ width: 30 }, { width: 10 }, { width: 10 }] }];
  const wide = (count: number) => [{ width: 30 }, ...Array.from({ length: count }, () => ({ width: 16 }))];
  return writeExcelFile([
    { data: figures, sheet: w.figures, columns: [{ width: 30 }, { width: 14 }, { width: 10 }, { width: 10 }, { width: 70 }] },
    { data: norms, sheet: w.norms, columns: wide(6) },
    { data: groups, sheet: w.groups, columns: wide(columns.length) },
    { data: steps, sheet: w.steps, columns: wide(3) },
    ...matters,
    ...load,
  ]).toBuffer();
}

function matterTable({ top, unset }: NonNullable<ReportView['matters']>, w: (typeof words)[Language]): Row[] {
  return [
    heads([w.matter, w.calls, w.chats]),
    ...top.map(({ matter, calls, chats }) => [text(matter), number(calls), number(chats)]),
    [text(w.unset), number(unset)],
  ];
}

/** Half hours down, weekdays across. */
function loadTable(load: readonly (readonly number[])[], w: (typeof words)[Language]): Row[] {
  const halfHour = (slot: number) => `${String(Math.floor(slot / 2)).padStart(2, '0')}:${slot % 2 === 0 ? '00' : '30'}`;
  return [
    heads([w.time, ...w.days]),
    ...Array.from({ length: 48 }, (_, slot) => [text(halfHour(slot)), ...load.map((day) => number(day[slot]))]),
  ];
}

const seconds = (ms: number) => Math.round(ms / 1000);
const head = (value: string) => ({ value: harmless(value), type: String, fontWeight: 'bold' as const });
const heads = (values: readonly string[]): Row => values.map(head);
const text = (value: string) => ({ value: harmless(value), type: String });
const number = (value: CellValue) => (typeof value === 'number' ? { value, type: Number } : undefined);
const share = (part: number, whole: number) => (whole === 0 ? undefined : { value: part / whole, type: Number, format: '0.0%' });

function valueCell({ figure, value }: FigureOnWire): Row[number] {
  if (value === undefined) return undefined;
  const unit = figureWords[figure as FigureId]?.unit;
  if (unit === 'share') return { value, type: Number, format: '0.0%' };
  return { value: unit === 'ms' ? Math.round(value / 100) / 10 : value, type: Number };
}

/** A name that begins like a formula stays text even where somebody saves the sheet as CSV and opens it again. */
export function harmless(value: string): string {
  return /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
}
