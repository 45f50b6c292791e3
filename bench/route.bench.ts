/**
 * How long the router takes for one decision, and for a day of calls. 10,000 agents, 500 queues, calls at random; each decision
 * is timed as the product makes it: the event is folded into a copy, and the next reservation is asked for until there is none.
 * No peer is measured.
 * npm run bench -- route [--agents 10000] [--queues 500] [--calls 30000] [--day 1000000]
 */
import os from 'node:os';
import { parseArgs } from 'node:util';
import { nextOffer } from '@threerings/core/routing/choose';
import type { RoutedStaff } from '@threerings/core/routing/layout';
import { emptyRouter, evolveRouter, type Router } from '@threerings/core/routing/router';
import { arrivalsOf } from '@threerings/core/simulation/arrivals';
import { chanceFrom } from '@threerings/core/simulation/chance';
import { simulate } from '@threerings/core/simulation/simulate';
import type { HotlinePlan } from '@threerings/core/wire/hotline-plan';
import { closingLine, spread } from './lib/figures.ts';

const { values } = parseArgs({
  options: {
    agents: { type: 'string', default: '10000' },
    queues: { type: 'string', default: '500' },
    calls: { type: 'string', default: '30000' },
    day: { type: 'string', default: '1000000' },
  },
});
const [agents, queues, calls, day] = [values.agents, values.queues, values.calls, values.day].map(Number) as [
  number,
  number,
  number,
  number,
];
const chance = chanceFrom(500);
const pick = (below: number) => Math.floor(chance() * below);

const plan: HotlinePlan = {
  queues: Array.from({ length: queues }, (_, n) => ({
    queue: `q${n}`,
    name: { zh: `q${n}`, en: `q${n}` },
    priority: n % 3,
    skill: `s${n}`,
    level: 1 + (n % 3),
  })),
  numbers: {},
  testNumbers: [],
  settings: {},
};
/** Everybody has three skills of 500, at some level; two agents in a hundred have twenty. */
const staff: RoutedStaff[] = Array.from({ length: agents }, (_, n) => ({
  agent: `a${n}`,
  skills: Object.fromEntries(
    Array.from({ length: n % 50 === 0 ? 20 : 3 }, (_, k) => [`s${k === 0 ? n % queues : pick(queues)}`, 1 + pick(9)]),
  ),
}));

interface Timed {
  readonly us: readonly number[];
  readonly answered: number;
  readonly waiting: number;
}

/** Calls at 100 a second whose handling keeps the agents at this load; every fold and choice is timed, µs. */
function decisions(occupancy: number): Timed {
  let router: Router = emptyRouter(plan.queues, staff, 1);
  const us: number[] = [];
  let answered = 0;
  let leg = 0;
  const due: { at: number; call: string; agent: string }[] = [];
  const handleMs = (agents * occupancy * 1000) / 100;
  const tell = (interaction: string | undefined, type: string, occurredAt: number, fields: Record<string, string | number>) => {
    router = evolveRouter(router, { interaction, event: { type, by: 'system', occurredAt, fields } });
  };
  const decide = (at: number) => {
    for (let offer = nextOffer(router); offer !== undefined; offer = nextOffer(router)) {
      const { interaction, agent } = offer;
      leg += 1;
      tell(interaction, 'call.agent-offered', at, { agent, leg: `l${leg}`, epoch: 1 });
      tell(interaction, 'call.answered', at, { agent, leg: `l${leg}` });
      answered += 1;
      due.push({ at: at + handleMs * (0.5 + chance()), call: interaction, agent });
    }
  };
  for (const [n, { agent }] of staff.entries()) tell(undefined, 'presence.changed', n, { agent, state: 'ready' });
  const timed = (work: () => void) => {
    const begin = performance.now();
    work();
    us.push((performance.now() - begin) * 1000);
  };
  for (let n = 0; n < calls; n += 1) {
    const at = agents + n * 10;
    timed(() => {
      tell(`c${n}`, 'call.queued', at, { queue: `q${pick(queues)}` });
      decide(at);
    });
    // Handlings end in about the order in which they began: those that are over are among the first.
    const over = due
      .slice(0, 64)
      .filter((one) => one.at <= at)
      .slice(0, 2);
    for (const done of over) {
      due.splice(due.indexOf(done), 1);
      timed(() => {
        tell(done.call, 'wrapup.ended', at, { agent: done.agent });
        tell(undefined, 'presence.changed', at, { agent: done.agent, state: 'rest' });
        tell(undefined, 'presence.changed', at, { agent: done.agent, state: 'ready' });
        decide(at);
      });
    }
  }
  return { us: us.slice(us.length / 5), answered, waiting: router.calls.size };
}

const sampleOf = (us: readonly number[]) => spread([...us]);

function wholeDay() {
  const handleMs = (agents * 0.9 * 24 * 3_600_000) / day;
  const streams = plan.queues.map(({ queue }) => ({
    queue,
    perHour: day / 24 / queues,
    handle: { meanMs: handleMs },
    patience: { meanMs: 120_000 },
  }));
  const calendar = { zone: [{ from: 0, offsetMs: 0 }], week: [[], [], [], [], [], [], []], days: {}, night: [0, 1] as const };
  const timed = (of: HotlinePlan, people: RoutedStaff[], given: typeof streams) => {
    const begin = performance.now();
    const { all } = simulate({
      plan: of,
      calendar,
      staff: people,
      arrivals: arrivalsOf(given, 24, chanceFrom(1)),
      serviceLevelMs: 15_000,
      shortAbandonMs: 5000,
    });
    const seconds = (performance.now() - begin) / 1000;
    console.log(`day: ${all.offered} calls, ${all.answered} answered, ${all.abandoned} given up, in ${seconds.toFixed(1)} s`);
    return Math.round(seconds * 10) / 10;
  };
  const one: HotlinePlan = { ...plan, queues: [{ queue: 'q0', name: { zh: 'q0', en: 'q0' }, priority: 0 }] };
  const [first] = streams;
  return {
    manyQueues: timed(plan, staff, streams),
    oneQueue:
      first === undefined
        ? 0
        : timed(
            one,
            staff.map(({ agent }) => ({ agent, skills: {} })),
            [{ ...first, perHour: day / 24 }],
          ),
  };
}

decisions(0.5);
const [calm, busy, over] = [decisions(0.7), decisions(0.95), decisions(1.3)];
for (const [name, { us, answered, waiting }] of Object.entries({ calm, busy, over }))
  console.log(`${name}: ${us.length} decisions, ${answered} answered, ${waiting} waiting, µs ${JSON.stringify(sampleOf(us))}`);
const dayS = wholeDay();
console.log(`load ${(os.loadavg()[0] ?? 0).toFixed(1)}`);
closingLine(
  'route',
  { agents, queues, decisionUs: { calm: sampleOf(calm.us), busy: sampleOf(busy.us), over: sampleOf(over.us) }, daySeconds: dayS },
  {},
  null,
);
