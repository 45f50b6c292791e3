import { cpuMsOf, treeOf } from './cpu.ts';

/** A process, with everything below it or alone. */
export interface Group {
  readonly pid: number;
  readonly alone?: boolean;
}

/**
 * Starts to count the CPU time of each group; the function returned gives ms since then. A process that ends in between
 * is not counted, one that starts in between is counted whole.
 */
export function meter(groups: Readonly<Record<string, Group>>): () => Record<string, number> {
  const before = new Map(Object.entries(groups).map(([name, group]) => [name, timesOf(group)]));
  return () =>
    Object.fromEntries(
      Object.entries(groups).map(([name, group]) => {
        const earlier = before.get(name);
        let spent = 0;
        for (const [pid, ms] of timesOf(group)) spent += ms - (earlier?.get(pid) ?? 0);
        return [name, spent];
      }),
    );
}

function timesOf({ pid, alone }: Group): ReadonlyMap<number, number> {
  return new Map((alone ? [pid] : treeOf(pid)).map((each) => [each, cpuMsOf(each)]));
}
