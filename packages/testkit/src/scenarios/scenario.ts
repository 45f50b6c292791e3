import { checkFlow } from '@threerings/core/call-flow/check';
import type { CallFlow } from '@threerings/core/call-flow/flow';
import { formatFlowProblem } from '@threerings/core/call-flow/problems';
import type { OutageNotice } from '@threerings/core/outages/notice';
import { readPlan } from '@threerings/core/routing/plan';
import type { HotlinePlan, hotlinePlan, SkillLevels } from '@threerings/core/wire/hotline-plan';
import type { z } from 'zod';
import { appliesTo } from './expectations.ts';
import type { Seen } from './seen.ts';
import type { Step } from './steps.ts';

/** One behaviour of the product, told once. */
export interface Scenario {
  /** kebab-case, the name of its file and of its golden folder */
  readonly name: string;
  /** the behaviour as a sentence */
  readonly title: string;
  readonly steps: readonly Step[];
  readonly agents: readonly string[];
  readonly callers: readonly string[];
  /** how the hotline is configured; absent = one queue in which everybody answers */
  readonly plan: HotlinePlan | undefined;
  /** the call flow that takes the calls; absent = none */
  readonly flow: CallFlow | undefined;
  /** what a service of the house answers to this address, and when; `undefined` = nothing */
  readonly lookups: Readonly<Record<string, LookupAnswer>>;
  /** what is out of order from the beginning */
  readonly outages: readonly OutageNotice[];
  /** callers whose numbers are on the blocklist, and what they are offered */
  readonly blocked: Readonly<Record<string, 'end' | 'message'>>;
  /** by agent; absent = none */
  readonly skills: Readonly<Record<string, SkillLevels>>;
  /** the norm pack that judges; absent = that of the hotline */
  readonly pack: string | undefined;
  /** by 工号: people who handle tickets in this department and take no calls */
  readonly departments: Readonly<Record<string, string>>;
  /** what the house knows from the beginning: title by article */
  readonly articles: Readonly<Record<string, string>>;
  /** people work on what is in no call: the house's own timers and messages go on as well */
  readonly house: boolean;
  /** what people say matters here: where it can be written down, it is */
  readonly spoken: boolean;
  /** tells of what the product only does where somebody writes down what is said */
  readonly needsTranscript: boolean;
  /** short enough to be run in real time on the whole product */
  readonly onTheWire: boolean;
}

export interface Told {
  readonly title: string;
  readonly needsTranscript?: boolean;
  readonly onTheWire?: boolean;
  /** the hotline's plan as an administrator would write it */
  readonly plan?: PlanGiven;
  /** the text of a call flow */
  readonly flow?: string;
  readonly lookups?: Scenario['lookups'];
  readonly outages?: Scenario['outages'];
  readonly blocked?: Scenario['blocked'];
  readonly skills?: Readonly<Record<string, SkillLevels>>;
  readonly pack?: string;
  readonly departments?: Scenario['departments'];
  readonly articles?: Scenario['articles'];
}

export interface LookupAnswer {
  readonly result?: string;
  readonly afterMs: number;
}

type PlanGiven = z.input<typeof hotlinePlan>;

/** Tells a scenario. The cast is whoever does something. Throws when nothing is expected of it: it could not fail. */
export function tell(
  name: string,
  { title, needsTranscript = false, onTheWire = false, plan, flow, lookups = {}, outages = [], blocked = {}, skills = {}, ...more }: Told,
  ...told: readonly (Step | readonly Step[])[]
): Scenario {
  const steps = told.flat();
  const scenario: Scenario = {
    name,
    title,
    steps,
    agents: unique(steps.flatMap((step) => ('agent' in step ? [step.agent] : []))),
    plan: plan === undefined ? undefined : checkedPlan(name, plan),
    flow: flow === undefined ? undefined : checkedFlow(name, flow),
    lookups,
    outages,
    blocked,
    skills,
    pack: more.pack,
    departments: more.departments ?? {},
    articles: more.articles ?? {},
    callers: unique(steps.flatMap((step) => ('caller' in step ? [step.caller] : []))),
    house: steps.some((step) => step.kind === 'house'),
    spoken: steps.some((step) => step.kind === 'agent-says' || (step.kind === 'caller' && step.act.does === 'says')),
    needsTranscript,
    onTheWire,
  };
  const checks = steps.filter((step) => step.kind === 'check');
  if (checks.length === 0 || checks.some(({ expectations }) => expectations.length === 0))
    throw new Error(`the scenario ${name} has ${checks.length === 0 ? 'no check' : 'a check that expects nothing'}: it could not fail`);
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name)) throw new Error(`the scenario “${name}” needs a name of small letters, digits and hyphens`);
  return scenario;
}

function checkedPlan(name: string, given: PlanGiven): HotlinePlan {
  const plan = readPlan(given);
  if (!('faults' in plan)) return plan;
  throw new Error(`the scenario ${name} has no valid plan: ${JSON.stringify(plan.faults)}`);
}

function checkedFlow(name: string, text: string): CallFlow {
  const { flow, sound, problems } = checkFlow(text);
  if (sound) return flow;
  throw new Error(
    `the scenario ${name} has no sound call flow: ${problems.map((problem) => formatFlowProblem(problem, name, 'en')).join('; ')}`,
  );
}

/**
 * Why this scenario proves nothing when it runs from this state: each check must expect something that does not hold before
 * the first step. Undefined = it has to change the state.
 */
export function vacuous(scenario: Scenario, before: Seen, transcribed: boolean): string | undefined {
  const idle = scenario.steps.filter(
    (step) =>
      step.kind === 'check' &&
      step.expectations.filter((each) => appliesTo(each, transcribed)).every((each) => each.fault(before) === undefined),
  );
  const first = idle[0];
  if (first?.kind !== 'check') return undefined;
  return `the scenario ${scenario.name} checks what holds before its first step (${first.expectations.map(({ says }) => says).join('; ')})`;
}

const unique = (names: readonly string[]): string[] => [...new Set(names)].sort();
