import os from 'node:os';

/** p-quantile by rank; 0 ≤ p ≤ 1. NaN for an empty list. */
export function quantile(values: readonly number[], p: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(p * sorted.length))] ?? Number.NaN;
}

export function spread(values: readonly number[]): { p50: number; p95: number; p99: number; n: number } {
  const round = (value: number) => Math.round(value * 100) / 100;
  return { p50: round(quantile(values, 0.5)), p95: round(quantile(values, 0.95)), p99: round(quantile(values, 0.99)), n: values.length };
}

/** What the figures were measured on. Shared machines are noisy: ratios count. */
export function machine(): string {
  const cpu = os.cpus();
  return `${cpu.length} × ${cpu[0]?.model.trim() ?? 'unknown'}, ${Math.round(os.totalmem() / 2 ** 30)} GiB, ${os.type()} ${os.release()}, Node ${process.versions.node}`;
}

/** The closing line of a bench: one JSON object, nothing after it. */
export function closingLine(bench: string, ours: unknown, peers: Readonly<Record<string, unknown>>, ratio: unknown): void {
  console.log(machine());
  console.log(JSON.stringify({ bench, ours, peers, ratio }));
}
