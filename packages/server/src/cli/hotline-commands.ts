import { readFile } from 'node:fs/promises';
import { readPlan } from '@threerings/core/routing/plan';
import { type HotlinePlan, skillLevels } from '@threerings/core/wire/hotline-plan';
import { text } from '../config/kinds.ts';
import { option } from '../config/option.ts';
import type { Config } from '../config.ts';
import { plainPlan, readStoredPlan, storePlan } from '../hotline-plan/plan-read-model.ts';
import type { Audit, PeopleStore } from '../people/people-store.ts';
import type { Database } from '../store/database.ts';
import { command, type Ended, exit, type RegisteredCommand } from './command.ts';

export interface PlanHouse {
  readonly db: Database;
  readonly people: PeopleStore;
  readonly audit: Audit;
}

/** Opens the database beside a running server, or alone, and closes it when `work` has settled. */
export type WithPlanHouse = (config: Config, work: (house: PlanHouse) => Promise<Ended>) => Promise<Ended>;

const file = { name: 'FILE', help: 'the plan as JSON: queues, numbers, menu, settings', required: true } as const;
const byCommandLine = { by: 'command line' } as const;

/** How the hotline works: queues, who has which skill, changed settings. A running server follows within seconds. */
export function hotlineCommands(withHouse: WithPlanHouse): readonly RegisteredCommand[] {
  return [showCommand(withHouse), checkCommand, setCommand(withHouse), skillsCommand(withHouse)];
}

function showCommand(withHouse: WithPlanHouse): RegisteredCommand {
  return command({
    name: 'hotline show',
    summary: 'prints the plan of the hotline as JSON',
    options: {},
    takesSettings: true,
    run: ({ config, terminal }) =>
      withHouse(config, async ({ db }) => {
        terminal.print(JSON.stringify((await readStoredPlan(db)) ?? plainPlan, undefined, 2));
        return { exit: exit.done };
      }),
  });
}

const checkCommand = command({
  name: 'hotline check',
  summary: 'checks a plan and changes nothing',
  options: {},
  operands: [file],
  takesSettings: false,
  async run({ operands: [path = ''], terminal }) {
    const plan = await planIn(path);
    if ('exit' in plan) return plan;
    terminal.print(`${path}: ${plan.queues.length} queues, ${Object.keys(plan.settings).length} changed settings`);
    return { exit: exit.done };
  },
});

function setCommand(withHouse: WithPlanHouse): RegisteredCommand {
  return command({
    name: 'hotline set',
    summary: 'puts a plan in force, in a running server within seconds; callers who wait keep their places',
    options: {},
    operands: [file],
    takesSettings: true,
    async run({ operands: [path = ''], config, terminal }) {
      const plan = await planIn(path);
      if ('exit' in plan) return plan;
      return withHouse(config, async ({ db, audit }) => {
        const queues = plan.queues.map(({ queue }) => queue);
        await storePlan(db, plan, undefined, Date.now());
        await audit.record({ at: Date.now(), action: 'hotline.configured', facts: { ...byCommandLine, queues } });
        terminal.print(`${queues.length} queues: ${queues.join(', ')}`);
        return { exit: exit.done };
      });
    },
  });
}

function skillsCommand(withHouse: WithPlanHouse): RegisteredCommand {
  return command({
    name: 'hotline skills',
    summary: 'sets all skills of somebody, for example dialect=5; without any: nobody but the general desk is served',
    options: { agent: option(text(64), { help: 'agent number (工号)', fallback: undefined, shown: 'must be given' }) },
    operands: [{ name: 'SKILL=LEVEL', help: 'a skill and its level, 1 to 9', required: false, many: true }],
    takesSettings: true,
    async run({ options: { agent }, operands, config, terminal }) {
      if (agent === undefined) return { exit: exit.usage, message: '--agent: expected the agent number' };
      const pairs = operands.map((pair) => [pair.split('=')[0] ?? '', Number(pair.split('=')[1])] as const);
      const skills = skillLevels.safeParse(Object.fromEntries(pairs));
      if (!skills.success) return { exit: exit.usage, message: `SKILL=LEVEL: expected for example dialect=5, with a level of 1 to 9` };
      return withHouse(config, async ({ people, audit }) => {
        const refused = await people.setSkills(agent, skills.data, Date.now());
        if (refused !== undefined) return { exit: exit.no, message: `--agent: there is nobody with the agent number ${agent}` };
        await audit.record({ at: Date.now(), action: 'skills.set', about: agent, facts: { ...byCommandLine, skills: [...operands] } });
        terminal.print(`${agent}: ${operands.join(' ') || 'no skills'}`);
        return { exit: exit.done };
      });
    },
  });
}

/** The plan in a file, or every fault of it, one a line. */
async function planIn(path: string): Promise<Ended | HotlinePlan> {
  let given: unknown;
  try {
    given = JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    return { exit: exit.usage, message: `${path}: expected a plan as JSON: ${error instanceof Error ? error.message : String(error)}` };
  }
  const read = readPlan(given);
  if (!('faults' in read)) return read;
  return {
    exit: exit.no,
    message: read.faults.map(({ place, expected, found }) => `${path}: ${place}: expected ${expected}, found ${found}`).join('\n'),
  };
}
