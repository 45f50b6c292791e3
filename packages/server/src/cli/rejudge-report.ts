import { type Change, type RejudgeReport, standings, type ValueCounts } from '../rejudging/report.ts';

const rank = new Map(standings.map((standing, index) => [standing as string, index]));

/** A report as lines: a table of norms, then what changes in each, by unit, with calls to open. */
export function linesOf(report: RejudgeReport): string[] {
  const norms = Object.keys(report.norms).sort();
  const width = Math.max(4, ...norms.map((norm) => norm.length));
  const head = `${'norm'.padEnd(width)}  ${'now'.padEnd(31)}  would be`;
  const rows = norms.map((norm) => {
    const { before, after } = report.norms[norm] ?? { before: none, after: none };
    return `${norm.padEnd(width)}  ${countsInWords(before).padEnd(31)}  ${countsInWords(after)}`;
  });
  const changes = Object.values(report.changes).sort(byWeight);
  return [
    `${report.calls} calls judged, ${report.changedCalls} would be judged otherwise; nothing was written`,
    'counts: kept / broken / unknown / moot',
    head,
    ...rows,
    ...(changes.length === 0 ? [] : ['', ...changes.map(changeInWords)]),
  ];
}

const none: ValueCounts = { kept: 0, broken: 0, unknown: 0, moot: 0 };

function countsInWords({ kept, broken, unknown, moot }: ValueCounts): string {
  return [kept, broken, unknown, moot].map((count) => String(count).padStart(5)).join(' / ');
}

function changeInWords({ norm, unit, from, to, count, examples }: Change): string {
  return `${norm}: ${from} → ${to} ${count}${unit === '' ? '' : ` in ${unit}`}, for example ${examples.join(' ')}`;
}

function byWeight(one: Change, other: Change): number {
  return (
    one.norm.localeCompare(other.norm) ||
    (rank.get(one.from) ?? 0) - (rank.get(other.from) ?? 0) ||
    (rank.get(one.to) ?? 0) - (rank.get(other.to) ?? 0) ||
    other.count - one.count ||
    one.unit.localeCompare(other.unit)
  );
}
