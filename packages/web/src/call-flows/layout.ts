import type { CallFlow, FlowExit, FlowStep } from '@threerings/core/call-flow/flow';

/** A step in the picture; `x` and `y` are its upper left corner, px. */
export interface PlacedStep {
  readonly step: FlowStep;
  readonly x: number;
  readonly y: number;
}

/** A way from one step to another; several exits that lead to the same step share one. */
export interface PlacedWay {
  readonly from: PlacedStep;
  readonly to: PlacedStep;
  readonly exits: readonly FlowExit[];
  /** up again, or within a row */
  readonly back: boolean;
  /** x of the lane beside all steps in which a way runs that passes a row, so that it lies behind none */
  readonly lane?: number | undefined;
}

export interface FlowDrawing {
  readonly steps: readonly PlacedStep[];
  readonly ways: readonly PlacedWay[];
  readonly width: number;
  readonly height: number;
}

export const box = { width: 132, height: 44, across: 24, down: 46, margin: 16, lane: 14, label: 64 } as const;

/** Steps in rows, each below all that lead to it but for ways back; steps to which nothing leads stand in the last row. */
export function drawFlow({ steps }: CallFlow): FlowDrawing {
  const known = new Map([...steps].reverse().map((step) => [step.name, step]));
  const own = steps.filter((step) => known.get(step.name) === step);
  const rows = rowsOf(own, known);
  const widest = Math.max(1, ...rows.map((row) => row.length));
  const width = 2 * box.margin + widest * (box.width + box.across) - box.across;
  const placed = new Map<string, PlacedStep>();
  for (const [n, row] of rows.entries()) {
    const used = row.length * (box.width + box.across) - box.across;
    for (const [k, step] of row.entries()) {
      const x = (width - used) / 2 + k * (box.width + box.across);
      placed.set(step.name, { step, x, y: box.margin + n * (box.height + box.down) });
    }
  }
  const height = 2 * box.margin + rows.length * (box.height + box.down) - box.down;
  const ways = withLanes(waysOf(own, placed), width);
  const lanes = ways.filter(({ lane }) => lane !== undefined).length;
  return { steps: [...placed.values()], ways, width: width + (lanes === 0 ? 0 : box.label + lanes * box.lane), height };
}

function withLanes(ways: readonly PlacedWay[], width: number): PlacedWay[] {
  let lanes = 0;
  return ways.map((way) => {
    if (way.to.y - way.from.y <= box.height + box.down) return way;
    lanes += 1;
    return { ...way, lane: width + box.label + (lanes - 1) * box.lane };
  });
}

function rowsOf(steps: readonly FlowStep[], known: ReadonlyMap<string, FlowStep>): FlowStep[][] {
  const depth = new Map<string, number>();
  const [first] = steps;
  if (first !== undefined) deepen(first, 0, known, depth, new Set());
  const last = Math.max(-1, ...depth.values()) + 1;
  const rows: FlowStep[][] = [];
  for (const step of steps) {
    const n = depth.get(step.name) ?? last;
    rows[n] = [...(rows[n] ?? []), step];
  }
  const filled = Array.from(rows, (row) => row ?? []).filter((row) => row.length > 0);
  return straightened(filled);
}

/** Longest way from the beginning; a way back deepens nothing. Bounded by the rows there can be. */
function deepen(
  step: FlowStep,
  to: number,
  known: ReadonlyMap<string, FlowStep>,
  depth: Map<string, number>,
  above: ReadonlySet<string>,
): void {
  if ((depth.get(step.name) ?? -1) >= to) return;
  depth.set(step.name, to);
  const under = new Set(above).add(step.name);
  for (const exit of step.exits) {
    const next = known.get(exit.to);
    if (next !== undefined && !under.has(next.name)) deepen(next, to + 1, known, depth, under);
  }
}

/** Steps of a row in the order of what leads to them: fewer ways cross. */
function straightened(rows: readonly FlowStep[][]): FlowStep[][] {
  const place = new Map<string, number>();
  return rows.map((row, n) => {
    const leads = (step: FlowStep) => {
      const from = rows
        .slice(0, n)
        .flat()
        .filter(({ exits }) => exits.some(({ to }) => to === step.name));
      const sum = from.reduce((total, one) => total + (place.get(one.name) ?? 0), 0);
      return from.length === 0 ? 0.5 : sum / from.length;
    };
    const sorted = row
      .map((step) => ({ step, at: leads(step) }))
      .sort((a, b) => a.at - b.at)
      .map(({ step }) => step);
    for (const [k, step] of sorted.entries()) place.set(step.name, (k + 0.5) / sorted.length);
    return sorted;
  });
}

function waysOf(steps: readonly FlowStep[], placed: ReadonlyMap<string, PlacedStep>): PlacedWay[] {
  return steps.flatMap((step) => {
    const from = placed.get(step.name);
    const targets = [...new Set(step.exits.map(({ to }) => to))];
    return targets.flatMap((name) => {
      const to = placed.get(name);
      if (from === undefined || to === undefined) return [];
      return [{ from, to, exits: step.exits.filter((exit) => exit.to === name), back: to.y <= from.y }];
    });
  });
}
