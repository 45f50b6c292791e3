import type { Source } from './rules.ts';

export const budget = { file: { median: 150, p90: 400, cap: 600 }, function: { p90: 40, cap: 80 } } as const;

/** An allowed excess: the file (or `file#function`), its size when it was allowed, and why. It may shrink, never grow. */
export interface Exemption {
  readonly file: string;
  readonly kind: 'file' | 'function';
  readonly lines: number;
  readonly why: string;
}

export interface BudgetFacts {
  readonly files: number;
  readonly fileMedian: number;
  readonly fileP90: number;
  readonly functionP90: number;
}

export function quantile(numbers: readonly number[], q: number): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? 0;
}

/** Production files only: a test may be as long as its table. React components count by file, not by function. */
export function checkBudgets(sources: readonly Source[], exemptions: readonly Exemption[]): { problems: string[]; facts: BudgetFacts } {
  const production = sources.filter(({ file }) => file.startsWith('packages/') && !/\.test\.tsx?$/.test(file));
  const used = new Set<Exemption>();
  const problems: string[] = [];
  const over = (kind: Exemption['kind'], file: string, where: string, lines: number, cap: number) => {
    if (lines <= cap) return;
    const exemption = exemptions.find((e) => e.kind === kind && e.file === file);
    if (exemption) used.add(exemption);
    if (!exemption) problems.push(`${where} has ${lines} lines, cap ${cap}: split the idea`);
    else if (lines > exemption.lines) problems.push(`${where} grew from its exempted ${exemption.lines} to ${lines} lines`);
  };
  for (const { file, seen } of production) {
    over('file', file, file, seen.lines, budget.file.cap);
    if (!file.endsWith('.tsx'))
      for (const f of seen.functions) over('function', file, `${file}:${f.line} function`, f.lines, budget.function.cap);
  }
  for (const exemption of exemptions)
    if (!used.has(exemption)) problems.push(`exemption for ${exemption.kind} ${exemption.file} is no longer needed: delete it`);
  const fileLines = production.map(({ seen }) => seen.lines);
  const functionLines = production.filter(({ file }) => !file.endsWith('.tsx')).flatMap(({ seen }) => seen.functions.map((f) => f.lines));
  const facts: BudgetFacts = {
    files: production.length,
    fileMedian: quantile(fileLines, 0.5),
    fileP90: quantile(fileLines, 0.9),
    functionP90: quantile(functionLines, 0.9),
  };
  if (facts.fileMedian > budget.file.median) problems.push(`files grew: median ${facts.fileMedian}, budget ${budget.file.median}`);
  if (facts.fileP90 > budget.file.p90) problems.push(`files grew: p90 ${facts.fileP90}, budget ${budget.file.p90}`);
  if (facts.functionP90 > budget.function.p90) problems.push(`functions grew: p90 ${facts.functionP90}, budget ${budget.function.p90}`);
  return { problems, facts };
}
