import { describe, expect, it } from 'vitest';
import { onlyQueue, readPlan } from '../routing/plan.ts';
import { arrivalsOf } from './arrivals.ts';
import { chanceFrom } from './chance.ts';
import { erlangA, erlangB, erlangC, erlangCServiceLevel, erlangCWaitMs } from './erlang.ts';
import { type Day, type SimulatedDay, simulate, unserved } from './simulate.ts';

const minute = 60_000;
const hour = 60 * minute;
const queue = 'calls';
const calendar = { zone: [{ from: 0, offsetMs: 0 }], week: Array(7).fill([[540, 1020]]), days: {}, night: [0, 1] as const };
const crew = (count: number, skills: Record<string, number> = {}, from = 1) =>
  Array.from({ length: count }, (_, n) => ({ agent: String(from + n), skills }));
const base = { plan: onlyQueue(queue), calendar, serviceLevelMs: 15_000, shortAbandonMs: 5000 };

interface Steady {
  readonly perHour: number;
  readonly handleMs: number;
  readonly agents: number;
  readonly patienceMs?: number;
  readonly within?: number;
}

/** and the degrees of freedom + 1 of the interval below */
const runs = 12;

/** Independent days of one queue, after a warm-up. */
function steady({ perHour, handleMs, agents, patienceMs, within = 19_800 }: Steady): SimulatedDay[] {
  return Array.from({ length: runs }, (_, seed) => {
    const patience = patienceMs === undefined ? {} : { patience: { meanMs: patienceMs } };
    const arrivals = arrivalsOf([{ queue, perHour, handle: { meanMs: handleMs }, ...patience }], 40, chanceFrom(1000 + seed));
    return simulate({ ...base, staff: crew(agents), arrivals, serviceLevelMs: within, warmUpMs: 2 * hour });
  });
}

/** Mean of a figure and half of its 99.9 % interval (t with 11 degrees of freedom). */
function over(days: readonly SimulatedDay[], pick: (day: SimulatedDay) => number | undefined) {
  const values = days.map((day) => pick(day) ?? Number.NaN);
  const mean = values.reduce((sum, value) => sum + value, 0) / runs;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (runs - 1);
  return { mean, half: 4.44 * Math.sqrt(variance / runs) };
}

function agrees({ mean, half }: { readonly mean: number; readonly half: number }, theory: number): void {
  // An interval that is too wide would agree with anything.
  expect(half).toBeLessThan(Math.max(0.02, 0.35 * theory));
  expect(Math.abs(mean - theory), `${mean} ± ${half}, theory ${theory}`).toBeLessThanOrEqual(half);
}

const load = (perHour: number, handleMs: number) => (perHour * handleMs) / hour;

describe('a simulated day of one queue', () => {
  const calm = { perHour: 200, handleMs: 3 * minute, agents: 14 };

  it('agrees with Erlang C where nobody gives up', () => {
    const a = load(calm.perHour, calm.handleMs);
    const days = steady(calm);
    agrees(
      over(days, (day) => day.all.waits),
      erlangC(a, calm.agents),
    );
    agrees(
      over(days, (day) => day.all.serviceLevel),
      erlangCServiceLevel(a, calm.agents, 19_800, calm.handleMs),
    );
    agrees(
      over(days, (day) => (day.all.meanWaitMs ?? 0) / 1000),
      erlangCWaitMs(a, calm.agents, calm.handleMs) / 1000,
    );
    agrees(
      over(days, (day) => day.occupancy),
      a / calm.agents,
    );
  });

  it('agrees with Erlang B where nobody waits', () => {
    const lossy = { perHour: 200, handleMs: 3 * minute, agents: 12, patienceMs: 0.001 };
    agrees(
      over(steady(lossy), (day) => day.all.abandonment),
      erlangB(load(lossy.perHour, lossy.handleMs), lossy.agents),
    );
  });

  it('agrees with Erlang A where callers give up, also with more calls than the agents can take', () => {
    for (const agents of [8, 11]) {
      const busy = { perHour: 200, handleMs: 3 * minute, agents, patienceMs: 2 * minute };
      const days = steady(busy);
      const theory = erlangA(load(busy.perHour, busy.handleMs), agents, busy.handleMs, busy.patienceMs);
      agrees(
        over(days, (day) => day.all.abandonment),
        theory.abandoned,
      );
      agrees(
        over(days, (day) => (day.all.meanWaitMs ?? 0) / 1000),
        theory.waitMs / 1000,
      );
    }
  });

  it('is the same again with the same seed, and another with another', () => {
    const day = (seed: number): SimulatedDay =>
      simulate({
        ...base,
        staff: crew(10),
        arrivals: arrivalsOf([{ queue, perHour: 200, handle: { meanMs: 3 * minute } }], 5, chanceFrom(seed)),
      });
    expect(day(7)).toEqual(day(7));
    expect(day(7)).not.toEqual(day(8));
  });
});

describe('a simulated day', () => {
  const listed = (...calls: readonly [at: number, queue: string, handle: number, patience?: number][]): Day['arrivals'] =>
    calls.map(([at, name, handle, patience]) => ({
      at: at * 1000,
      queue: name,
      handleMs: handle * 1000,
      ...(patience === undefined ? {} : { patienceMs: patience * 1000 }),
    }));

  it('counts what became of each call', () => {
    const arrivals = listed([0, queue, 60], [10, queue, 60], [20, queue, 60, 3], [21, queue, 60, 10], [200, queue, 60]);
    const { all, occupancy } = simulate({ ...base, staff: crew(1), arrivals });
    expect(all).toMatchObject({ offered: 5, answered: 3, abandoned: 2, waits: 3 / 5, abandonment: 2 / 5 });
    // 0, 0 and 50 s: two of three in time; who gave up after 3 s is not counted, who did after 10 s is.
    expect(all.serviceLevel).toBe(2 / 4);
    expect(all.waitMs).toEqual({ p50: 0, p90: 50_000, p99: 50_000, longest: 50_000 });
    expect(occupancy).toBeCloseTo(120 / 200, 5);
  });

  it('follows the plan: skills, overflow after a wait, room and hours', () => {
    const plan = readPlan({
      queues: [
        { queue: 'general', name: { zh: '综合', en: 'General' }, capacity: 1 },
        { queue: 'card', name: { zh: '社保卡', en: 'Cards' }, skill: 'card', overflow: { to: 'general', afterMs: 30_000 } },
        { queue: 'day', name: { zh: '白天', en: 'Day' }, hours: 'working-time' },
      ],
    });
    if ('faults' in plan) throw new Error(JSON.stringify(plan.faults));
    const arrivals = listed([0, 'card', 300], [1, 'card', 300], [40, 'general', 60], [41, 'general', 60], [42, 'day', 60]);
    const staff = [...crew(1, { card: 1 }), ...crew(1, {}, 2)];
    const { queues } = simulate({ ...base, plan, staff, arrivals });
    expect(queues['card']).toMatchObject({ offered: 2, answered: 1, overflowed: 1 });
    expect(queues['general']).toMatchObject({ offered: 2, answered: 2, turnedAway: 1 });
    expect(queues['day']).toMatchObject({ offered: 1, answered: 0, turnedAway: 1 });
    expect(unserved(plan, crew(2))).toEqual(['card']);
  });
});
