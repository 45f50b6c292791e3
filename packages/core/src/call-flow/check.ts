import type { Bilingual } from '@threerings/norms/problem';
import {
  type CallFlow,
  callingNumber,
  type ExitKind,
  exitOf,
  type FlowExit,
  type FlowStep,
  promptsIn,
  type StepKind,
  shapes,
} from './flow.ts';
import { type FlowProblem, type FlowProblemCode, flowProblem, type ProblemFacts } from './problems.ts';
import { readFlow } from './read.ts';
import { exitWords } from './words.ts';

/** What a flow can rely on in this hotline. */
export interface FlowHouse {
  readonly queues: readonly string[];
  /** recorded prompts of flows, as their texts name them */
  readonly prompts: ReadonlySet<string>;
  readonly voicemail: boolean;
  /** origins that may be asked, as `https://example.cn`; empty = none */
  readonly lookupHosts: readonly string[];
}

export interface CheckedFlow {
  readonly flow: CallFlow;
  /** in the order of the text */
  readonly problems: readonly FlowProblem[];
  /** nothing that a caller could meet is wrong: it may go live */
  readonly sound: boolean;
}

/** Longest that a caller waits for an answer from elsewhere, ms. */
export const longestLookupMs = 10_000;

/** These hand a caller on to a person, now or later. */
const toPeople: readonly StepKind[] = ['queue', 'message', 'callback'];
/** These ask a caller something; who is asked can always come to a person. */
const asking: readonly StepKind[] = ['menu', 'digits', 'lookup', 'self-service'];
/** Where a caller goes who does nothing. */
const byItself: readonly ExitKind[] = ['next', 'timeout', 'failed', 'result', 'open', 'closed'];

/** Reads and checks a flow. Without a `house` what depends on the hotline – queues, prompts, messages, addresses – is left out. Never throws. */
export function checkFlow(text: string, house?: FlowHouse): CheckedFlow {
  const { flow, problems } = readFlow(text);
  const found = [...problems];
  if (flow.steps.length > 0) {
    const tell = (code: FlowProblemCode, at: FlowStep['place'], facts?: ProblemFacts) => void found.push(flowProblem(code, at, facts));
    checkSteps(flow, tell);
    // Where a line could not be read, exits seem to be missing that are not.
    if (problems.length === 0) {
      for (const step of flow.steps) checkWhole(step, tell);
      checkWays(flow, tell);
    }
    if (house !== undefined) checkHouse(flow, house, tell);
  }
  found.sort((a, b) => a.from - b.from);
  return { flow, problems: found, sound: found.every(({ severity }) => severity !== 'error') };
}

type Tell = (code: FlowProblemCode, at: FlowStep['place'], facts?: ProblemFacts) => void;

function checkSteps(flow: CallFlow, tell: Tell): void {
  const { steps } = flow;
  const [first] = steps;
  if (first !== undefined && first.action.kind !== 'notice') tell('flow.notice-first', first.place);
  const collected = new Set([callingNumber, ...steps.flatMap(({ action }) => (action.kind === 'digits' ? [action.into] : []))]);
  for (const [index, step] of steps.entries()) {
    const { action, name, place } = step;
    if (steps.findIndex((one) => one.name === name) !== index) tell('flow.step-twice', place, { found: name });
    if (index > 0 && action.kind === 'notice') tell('flow.notice-again', place);
    checkExits(flow, step, tell);
    const values =
      action.kind === 'lookup' ? action.values : action.kind === 'callback' && action.number !== undefined ? [action.number] : [];
    for (const value of values) if (!collected.has(value)) tell('flow.value-unknown', place, { found: value });
    if (action.kind === 'lookup' && !((action.withinMs ?? Number.POSITIVE_INFINITY) <= longestLookupMs))
      tell('flow.lookup-unbounded', place);
  }
}

function checkWhole(step: FlowStep, tell: Tell): void {
  for (const on of shapes[step.action.kind].needs)
    if (exitOf(step, on) === undefined) tell('flow.exit-missing', step.place, { found: step.name, wanted: wordOf(on) });
}

function checkExits({ steps }: CallFlow, step: FlowStep, tell: Tell): void {
  const { needs, may }: { readonly needs: readonly ExitKind[]; readonly may: readonly ExitKind[] } = shapes[step.action.kind];
  const takes = [...needs, ...may];
  for (const [index, exit] of step.exits.entries()) {
    if (!takes.includes(exit.on)) tell('flow.exit-foreign', exit.place, { found: wordOf(exit.on).zh, wanted: listed(takes.map(wordOf)) });
    if (step.exits.findIndex((one) => one.on === exit.on && one.value === exit.value) !== index)
      tell('flow.exit-twice', exit.place, { found: exit.value ?? wordOf(exit.on).zh });
    if (!steps.some(({ name }) => name === exit.to))
      tell('flow.step-unknown', exit.place, {
        found: exit.to,
        wanted: steps
          .map(({ name }) => name)
          .slice(0, 12)
          .join('、'),
      });
  }
}

/** Where calls can come to: everything that is wrong with a way is told at the step where it shows. */
function checkWays(flow: CallFlow, tell: Tell): void {
  const [first] = flow.steps;
  if (first === undefined) return;
  const reached = reachable(flow, [first], () => true);
  for (const step of flow.steps) if (!reached.has(step)) tell('flow.unreachable', step.place, { found: step.name });
  const leads = (from: FlowStep, to: readonly StepKind[]) =>
    [...reachable(flow, [from], () => true)].some(({ action }) => to.includes(action.kind));
  if (!leads(first, ['queue'])) tell('flow.no-queue', first.place);
  for (const step of reached)
    if (asking.includes(step.action.kind) && !leads(step, toPeople)) tell('flow.no-person', step.place, { found: step.name });
  const idle = reachable(flow, [first], ({ on }) => byItself.includes(on) && on !== 'closed');
  for (const step of idle) if (step.action.kind === 'end') tell('flow.nothing-ends', step.place, { found: step.name });
  for (const step of circles(flow, reached)) tell('flow.endless', step.place, { found: step.name });
}

function reachable(flow: CallFlow, from: readonly FlowStep[], by: (exit: FlowExit) => boolean): Set<FlowStep> {
  const byName = new Map([...flow.steps].reverse().map((step) => [step.name, step]));
  const found = new Set(from);
  for (const step of found)
    for (const exit of step.exits) {
      const next = by(exit) ? byName.get(exit.to) : undefined;
      if (next !== undefined) found.add(next);
    }
  return found;
}

/** Steps to which a caller who does nothing comes back; of each circle the first in the text. */
function circles(flow: CallFlow, among: ReadonlySet<FlowStep>): FlowStep[] {
  const told = new Set<FlowStep>();
  return flow.steps.filter((step) => {
    if (!among.has(step) || told.has(step)) return false;
    const after = reachable(flow, stepsAfter(flow, step), ({ on }) => byItself.includes(on));
    if (!after.has(step)) return false;
    for (const each of after) told.add(each);
    return true;
  });
}

function stepsAfter({ steps }: CallFlow, { exits }: FlowStep): FlowStep[] {
  return exits.flatMap(({ on, to }) => (byItself.includes(on) ? (steps.find(({ name }) => name === to) ?? []) : []));
}

function checkHouse({ steps }: CallFlow, house: FlowHouse, tell: Tell): void {
  for (const { action, place } of steps) {
    for (const prompt of promptsIn(action)) if (!house.prompts.has(prompt)) tell('flow.prompt-missing', place, { found: prompt });
    if ((action.kind === 'queue' || action.kind === 'hours') && action.queue !== undefined && !house.queues.includes(action.queue))
      tell('flow.queue-unknown', place, { found: action.queue, wanted: house.queues.slice(0, 12).join('、') });
    if (action.kind === 'message' && !house.voicemail) tell('flow.no-voicemail', place);
    if (action.kind === 'lookup' && !house.lookupHosts.includes(originOf(action.url)))
      tell('flow.lookup-host', place, { found: originOf(action.url), wanted: house.lookupHosts.join(' ') || '–' });
  }
}

/** `https://example.cn` of an address that the language allows. */
export function originOf(url: string): string {
  return (/^https?:\/\/[^/]+/.exec(url)?.[0] ?? '').toLowerCase();
}

const wordOf = (on: ExitKind): Bilingual => ({ zh: exitWords[on][0], en: exitWords[on][1] });

function listed(words: readonly Bilingual[]): Bilingual {
  return { zh: words.map(({ zh }) => zh).join('、') || '（无）', en: words.map(({ en }) => en).join(', ') || 'none' };
}
