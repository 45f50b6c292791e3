import type { Bilingual } from '@threerings/norms/problem';
import { isRefusal } from '../errors/refusal.ts';
import { checkedFields } from '../timeline/fields.ts';
import { eventSpec } from '../timeline/vocabulary.ts';
import { plainTokens } from './occasion.ts';
import { ownEvents } from './own-acts.ts';
import type { Occasion, TrainingScript } from './script.ts';

/** What is wrong with a script, and where: the keys that lead to it. */
export interface ScriptFault {
  readonly path: readonly (string | number)[];
  readonly expected: string;
  readonly found: string;
  readonly remedy?: Bilingual | undefined;
}

/** What a script may name of the norms that judge it. */
export interface KnownNames {
  readonly families: ReadonlySet<string>;
  readonly norms: ReadonlySet<string>;
  readonly clauses: ReadonlySet<string>;
}

type Path = ScriptFault['path'];

/**
 * Everything that cannot be meant: names of nothing, states that nobody comes to or out of, a conversation that cannot end, events that a
 * timeline would refuse. No faults = it can be practised to an end.
 */
export function scriptFaults(script: TrainingScript, known: KnownNames): readonly ScriptFault[] {
  return [
    ...nameFaults(script, known),
    ...Object.entries(script.states).flatMap(([name, state]) => [
      ...state.when.flatMap((branch, n) => branchFaults(script, known, branch, ['states', name, 'when', n])),
      ...(state.otherwise === undefined ? [] : branchFaults(script, known, state.otherwise, ['states', name, 'otherwise'])),
    ]),
    ...script.steps.flatMap(({ when, within = [] }, n) => [
      ...occasionFaults(script, known, when, ['steps', n, 'when']),
      ...missing(within, (state) => state in script.states, ['steps', n, 'within'], 'a state of this script'),
    ]),
    ...script.stops.flatMap(({ did, undone }, n) => occasionFaults(script, known, { did, undone }, ['stops', n])),
    ...script.acts.flatMap((act, n) => eventFaults(act, ['acts', n])),
    ...wayFaults(script),
  ];
}

function nameFaults({ practises, start, states, steps, stops, acts, articles, colleagues }: TrainingScript, known: KnownNames) {
  const cited = [
    ...steps.map(({ cites }, n) => [cites, ['steps', n]] as const),
    ...stops.map(({ cites }, n) => [cites, ['stops', n]] as const),
  ];
  return [
    ...missing(practises, (norm) => known.norms.has(norm), ['practises'], 'a norm that judges this training'),
    ...missing([start], (state) => state in states, ['start'], 'a state of this script'),
    ...cited.flatMap(([cites, path]) =>
      missing(cites, (clause) => known.clauses.has(clause), [...path, 'cites'], 'a clause of the catalogue'),
    ),
    ...twice(
      steps.map(({ step }) => step),
      'steps',
    ),
    ...twice(
      acts.map(({ act }) => act),
      'acts',
    ),
    ...twice(
      articles.map(({ article }) => article),
      'articles',
    ),
    ...twice(
      colleagues.map(({ colleague }) => colleague),
      'colleagues',
    ),
  ];
}

function twice(ids: readonly string[], list: string): readonly ScriptFault[] {
  return ids.flatMap((id, n) => (ids.indexOf(id) === n ? [] : [{ path: [list, n], expected: 'each name once', found: `${id} again` }]));
}

function missing(names: readonly string[], has: (name: string) => boolean, path: Path, expected: string): readonly ScriptFault[] {
  return names.flatMap((name, n) => (has(name) ? [] : [{ path: path.at(-1) === 'start' ? path : [...path, n], expected, found: name }]));
}

function branchFaults(script: TrainingScript, known: KnownNames, branch: Occasion & { go?: string | undefined }, path: Path) {
  const going =
    branch.go === undefined || branch.go in script.states
      ? []
      : [{ path: [...path, 'go'], expected: 'a state of this script', found: branch.go }];
  return [...occasionFaults(script, known, branch, path), ...going];
}

function occasionFaults(script: TrainingScript, known: KnownNames, occasion: Occasion, path: Path): readonly ScriptFault[] {
  const { said = [], did = [], done = [], undone = [] } = occasion;
  const tokens = new Set<string>([
    ...plainTokens,
    ...script.acts.map(({ act }) => `act:${act}`),
    ...script.colleagues.map(({ colleague }) => `transfer:${colleague}`),
    ...script.articles.map(({ article }) => `open:${article}`),
  ]);
  const open = /^(promise|consent|mark-answer):[a-z-]+$/;
  const steps = new Set(script.steps.map(({ step }) => step));
  return [
    ...missing(said, (family) => known.families.has(family), [...path, 'said'], 'a phrase family of the norms that judge this training'),
    ...missing(did, (token) => tokens.has(token) || open.test(token), [...path, 'did'], 'an act at the desk or of this script'),
    ...missing(done, (step) => steps.has(step), [...path, 'done'], 'a step of this script'),
    ...missing(undone, (step) => steps.has(step), [...path, 'undone'], 'a step of this script'),
  ];
}

/** An instant in the years in which calls are made. */
const someDay = Date.UTC(2026, 0, 1);

function eventFaults(act: TrainingScript['acts'][number], path: Path): readonly ScriptFault[] {
  return ownEvents(act, '0000', someDay).flatMap((event, n) => {
    const at = [...path, 'records', n];
    const spec = eventSpec(event.type);
    if (spec === undefined) return [{ path: [...at, 'type'], expected: 'an event of the vocabulary', found: event.type }];
    const checked = checkedFields(spec, event);
    if (!isRefusal(checked)) return [];
    const { field = '', expected = 'another value', found = 'this' } = checked.facts;
    return [{ path: [...at, 'fields', ...(field === '' ? [] : [String(field)])], expected: `${field}: ${expected}`, found: String(found) }];
  });
}

/** Every state can be come to, every state that does not end has a way on, and an end can be come to from each. */
function wayFaults({ start, states }: TrainingScript): readonly ScriptFault[] {
  const ways = new Map(
    Object.entries(states).map(([name, { when, otherwise }]) => [
      name,
      [...when, ...(otherwise ? [otherwise] : [])].flatMap(({ go }) => go ?? []),
    ]),
  );
  const reached = reachedFrom([start], (state) => ways.get(state) ?? []);
  const back = (state: string) => [...ways].flatMap(([from, to]) => (to.includes(state) ? [from] : []));
  const ends = Object.keys(states).filter((name) => states[name]?.ends !== undefined);
  const ending = reachedFrom(ends, back);
  return Object.keys(states).flatMap((name) => {
    const path = ['states', name];
    if (!reached.has(name)) return [{ path, expected: 'a way to this state', found: 'none', remedy: noWayTo }];
    if (states[name]?.ends !== undefined) return [];
    if (states[name]?.otherwise === undefined) return [{ path, expected: 'otherwise', found: 'none', remedy: noOtherwise }];
    return ending.has(name) ? [] : [{ path, expected: 'a way from here to a state that ends', found: 'none', remedy: noEnd }];
  });
}

function reachedFrom(from: readonly string[], ways: (state: string) => readonly string[]): ReadonlySet<string> {
  const reached = new Set(from);
  for (const state of reached) for (const next of ways(state)) reached.add(next);
  return reached;
}

const noWayTo = { zh: '在别的状态里写 go 到这里，或删去它', en: 'lead to it with go, or take it out' };
const noOtherwise = { zh: '写明听不懂时来电人怎么说（otherwise）', en: 'say what the caller answers when nothing fits (otherwise)' };
const noEnd = { zh: '给出一条能到结束状态（ends）的路', en: 'lead from it to a state that ends' };
