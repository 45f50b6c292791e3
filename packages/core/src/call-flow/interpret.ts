import type { Instant } from '@threerings/norms/trace';
import { type CallFlow, exitOf, type FlowExit, type FlowStep, flowSound, stepNamed } from './flow.ts';

/** What a flow asks of the hotline at an instant. */
export interface FlowScene {
  readonly at: Instant;
  /** of the local day */
  readonly minuteOfDay: number;
  /** `undefined` = the general desk */
  isOpen(queue: string | undefined): boolean;
  /** what is out of order and should be told; `prompt` = the sound that tells it */
  readonly outage?: { readonly outage: string; readonly prompt: string } | undefined;
}

/** What becomes true for a caller in a flow. Anything that is not waited for changes nothing. */
export type FlowEvent =
  /** a prompt was heard to its end, or cannot be played */
  | { readonly kind: 'prompt-ended'; readonly prompt: string }
  | { readonly kind: 'digit'; readonly digit: string }
  /** `until` is due */
  | { readonly kind: 'timeout' }
  /** `result` absent = it failed, came too late, or says nothing that the flow knows */
  | { readonly kind: 'looked-up'; readonly step: string; readonly result?: string | undefined }
  | { readonly kind: 'caller-left' };

/** What the hotline does for it; in order. */
export type FlowAct =
  | { readonly do: 'play'; readonly prompt: string }
  | {
      readonly do: 'look-up';
      readonly step: string;
      readonly url: string;
      readonly values: Readonly<Record<string, string>>;
      readonly withinMs: number;
    }
  /** to be recorded */
  | { readonly do: 'tell'; readonly what: FlowTold };

export type FlowTold =
  | { readonly told: 'menu-entered'; readonly menu: string }
  | {
      readonly told: 'menu-left';
      readonly menu: string;
      readonly outcome: 'option' | 'operator' | 'timeout' | 'hangup';
      readonly option?: string;
    }
  | { readonly told: 'self-service-entered'; readonly item: string }
  | { readonly told: 'self-service-left'; readonly item: string; readonly outcome: 'heard' | 'person' | 'hangup' }
  | { readonly told: 'looked-up'; readonly step: string; readonly result?: string | undefined }
  | { readonly told: 'outage-asked'; readonly outage: string }
  | { readonly told: 'survey-offered' }
  | { readonly told: 'rated'; readonly score: number };

/** Where a flow hands the caller on. */
export type FlowOutcome =
  | { readonly to: 'queue'; readonly queue?: string | undefined; readonly priority?: number | undefined; readonly because?: 'lost' }
  | { readonly to: 'message' }
  | { readonly to: 'callback'; readonly number?: string | undefined }
  | { readonly to: 'end' }
  | { readonly to: 'left' };

/** A caller in a flow. Plain data. `values` are personal: they stand nowhere but here and in the request of a lookup. */
export interface FlowState {
  readonly step: string;
  readonly stage: 'plays' | 'waits' | 'looks-up' | 'thanks' | 'done';
  /** what plays, as the flow asked for it */
  readonly playing?: string | undefined;
  /** when it goes on without anybody: always set until it is done */
  readonly until: Instant;
  readonly since: Instant;
  /** steps entered so far */
  readonly entered: number;
  readonly wrong: number;
  readonly typed: string;
  readonly values: Readonly<Record<string, string>>;
  readonly outage?: string | undefined;
  readonly outcome?: FlowOutcome | undefined;
}

export interface FlowTurn {
  readonly state: FlowState;
  readonly acts: readonly FlowAct[];
}

/** INVARIANT (a way out): a caller who has gone through so many steps, or for so long, is brought to a person: nobody is kept in a flow. */
export const mostStepsEntered = 60;
export const longestFlowMs = 600_000;
/** A prompt whose end nobody tells is over after this, ms. */
const longestPromptMs = 120_000;
/** Between two digits, and after a question without a timeout of its own, ms. */
const keyWaitMs = 5000;

/**
 * Begins a flow for a caller who can hear. `caller` = the calling number, where it is known; `at` = another step than the first.
 * Never throws, whatever the flow.
 */
export function beginFlow(flow: CallFlow, scene: FlowScene, caller?: string, at?: string): FlowTurn {
  const values = caller === undefined ? {} : { caller };
  const state: FlowState = { step: '', stage: 'plays', until: scene.at, since: scene.at, entered: 0, wrong: 0, typed: '', values };
  return enter({ flow, scene }, { state, acts: [] }, at ?? flow.steps[0]?.name ?? '');
}

/** The flow after one more event. A flow that is done stays done. */
export function stepFlow(flow: CallFlow, state: FlowState, event: FlowEvent, scene: FlowScene): FlowTurn {
  const turn: FlowTurn = { state, acts: [] };
  const step = stepNamed(flow, state.step);
  if (state.stage === 'done') return turn;
  if (event.kind === 'caller-left') return hangUp(turn, step);
  const house = { flow, scene };
  if (step === undefined || scene.at - state.since > longestFlowMs) return finish(turn, { to: 'queue', because: 'lost' });
  switch (event.kind) {
    case 'prompt-ended':
      return event.prompt === state.playing ? heard(house, turn, step) : turn;
    case 'digit':
      return keyed(house, turn, step, event.digit);
    case 'looked-up':
      return state.stage === 'looks-up' && event.step === step.name ? answered(house, turn, step, event.result) : turn;
    case 'timeout':
      if (scene.at < state.until) return turn;
      if (state.stage === 'looks-up') return answered(house, turn, step, undefined);
      return state.playing === undefined ? waitedOut(house, turn, step) : heard(house, turn, step);
  }
}

interface House {
  readonly flow: CallFlow;
  readonly scene: FlowScene;
}

function change(turn: FlowTurn, state: Partial<FlowState>, ...acts: readonly FlowAct[]): FlowTurn {
  return { state: { ...turn.state, ...state }, acts: [...turn.acts, ...acts] };
}

function finish(turn: FlowTurn, outcome: FlowOutcome): FlowTurn {
  return change(turn, { stage: 'done', playing: undefined, typed: '', outcome });
}

const tell = (what: FlowTold): FlowAct => ({ do: 'tell', what });

function plays({ scene }: House, turn: FlowTurn, prompt: string, stage: 'plays' | 'thanks' = 'plays'): FlowTurn {
  return change(turn, { stage, playing: prompt, until: scene.at + longestPromptMs }, { do: 'play', prompt });
}

function follow(house: House, turn: FlowTurn, exit: FlowExit | undefined): FlowTurn {
  return exit === undefined ? finish(turn, { to: 'queue', because: 'lost' }) : enter(house, turn, exit.to);
}

function enter(house: House, turn: FlowTurn, name: string): FlowTurn {
  const step = stepNamed(house.flow, name);
  const entered = turn.state.entered + 1;
  if (step === undefined || entered > mostStepsEntered) return finish(turn, { to: 'queue', because: 'lost' });
  const here = change(turn, { step: name, entered, wrong: 0, typed: '', playing: undefined, outage: undefined });
  return begin(house, here, step);
}

function begin(house: House, turn: FlowTurn, step: FlowStep): FlowTurn {
  const { action } = step;
  const { scene } = house;
  switch (action.kind) {
    case 'notice':
      return plays(house, turn, 'recording-notice');
    case 'play':
    case 'digits':
      return plays(house, turn, flowSound(action.prompt));
    case 'menu':
      return plays(house, change(turn, {}, tell({ told: 'menu-entered', menu: step.name })), flowSound(action.prompt));
    case 'self-service':
      return plays(house, change(turn, {}, tell({ told: 'self-service-entered', item: step.name })), flowSound(action.prompt));
    case 'greeting': {
      const now = action.dayparts.find(({ from, to }) => isWithin(scene.minuteOfDay, from, to));
      return plays(house, turn, flowSound(now?.prompt ?? action.otherwise));
    }
    case 'outage':
      if (scene.outage === undefined) return follow(house, turn, exitOf(step, 'next'));
      return plays(house, change(turn, { outage: scene.outage.outage }), scene.outage.prompt);
    case 'hours':
      return follow(house, turn, exitOf(step, scene.isOpen(action.queue) ? 'open' : 'closed'));
    case 'lookup':
      return looksUp(house, turn, step);
    case 'survey':
      return plays(house, change(turn, {}, tell({ told: 'survey-offered' })), 'survey');
    case 'queue':
      return finish(turn, { to: 'queue', queue: action.queue, priority: action.priority });
    case 'message':
      return finish(turn, { to: 'message' });
    case 'callback':
      return finish(turn, { to: 'callback', number: action.number === undefined ? undefined : turn.state.values[action.number] });
    case 'end':
      return action.prompt === undefined ? finish(turn, { to: 'end' }) : plays(house, turn, flowSound(action.prompt));
  }
}

function isWithin(minute: number, from: number, to: number): boolean {
  return from < to ? from <= minute && minute < to : minute >= from || minute < to;
}

function looksUp({ scene }: House, turn: FlowTurn, step: FlowStep): FlowTurn {
  if (step.action.kind !== 'lookup') return turn;
  const { url, values: names, withinMs = keyWaitMs } = step.action;
  const values = Object.fromEntries(names.map((name) => [name, turn.state.values[name] ?? '']));
  // The answer is told before that; this is for one that never comes.
  const until = scene.at + withinMs + 1000;
  return change(turn, { stage: 'looks-up', until }, { do: 'look-up', step: step.name, url, values, withinMs });
}

function answered(house: House, turn: FlowTurn, step: FlowStep, result: string | undefined): FlowTurn {
  const exit = result === undefined ? undefined : exitOf(step, 'result', result);
  const told = change(turn, {}, tell({ told: 'looked-up', step: step.name, ...(exit === undefined ? {} : { result }) }));
  return follow(house, told, exit ?? exitOf(step, 'failed'));
}

/** What follows a prompt. Who was asked something has time to answer. */
function heard(house: House, turn: FlowTurn, step: FlowStep): FlowTurn {
  const { at } = house.scene;
  const silent = change(turn, { playing: undefined });
  if (turn.state.stage === 'thanks') return follow(house, silent, exitOf(step, 'next'));
  switch (step.action.kind) {
    case 'menu':
      return change(silent, { stage: 'waits', until: at + (exitOf(step, 'timeout')?.ms ?? keyWaitMs) });
    case 'digits':
      return change(silent, { stage: 'waits', until: at + digitWait(step, turn.state.typed) });
    case 'outage':
    case 'survey':
      return change(silent, { stage: 'waits', until: at + keyWaitMs });
    case 'self-service':
      return follow(
        house,
        change(silent, {}, tell({ told: 'self-service-left', item: step.name, outcome: 'heard' })),
        exitOf(step, 'next'),
      );
    case 'end':
      return finish(silent, { to: 'end' });
    default:
      return follow(house, silent, exitOf(step, 'next'));
  }
}

/** Before the first digit the timeout of the step holds, then the time between two digits. */
function digitWait(step: FlowStep, typed: string): number {
  return typed === '' ? (exitOf(step, 'timeout')?.ms ?? keyWaitMs) : keyWaitMs;
}

function waitedOut(house: House, turn: FlowTurn, step: FlowStep): FlowTurn {
  switch (step.action.kind) {
    case 'menu':
      return follow(house, change(turn, {}, tell({ told: 'menu-left', menu: step.name, outcome: 'timeout' })), exitOf(step, 'timeout'));
    case 'digits':
      if (turn.state.typed.length >= step.action.least) return typedAll(house, turn, step);
      return follow(house, turn, exitOf(step, 'timeout'));
    default:
      return follow(house, turn, exitOf(step, 'next'));
  }
}

function keyed(house: House, turn: FlowTurn, step: FlowStep, digit: string): FlowTurn {
  const { action } = step;
  if (turn.state.stage === 'looks-up' || turn.state.stage === 'thanks') return turn;
  switch (action.kind) {
    case 'menu': {
      const exit = exitOf(step, 'key', digit);
      if (exit === undefined) return wrongKey(house, turn, step);
      const left = change(turn, {}, tell({ told: 'menu-left', menu: step.name, outcome: 'option', option: exit.to }));
      return follow(house, left, exit);
    }
    case 'digits':
      return digitKeyed(house, turn, step, digit);
    case 'self-service': {
      const exit = exitOf(step, 'person', digit);
      if (exit === undefined) return turn;
      return follow(house, change(turn, {}, tell({ told: 'self-service-left', item: step.name, outcome: 'person' })), exit);
    }
    case 'outage':
      return digit === action.key ? wantsToBeTold(house, turn) : turn;
    case 'survey':
      return /^[1-5]$/.test(digit)
        ? plays(house, change(turn, {}, tell({ told: 'rated', score: Number(digit) })), 'survey-thanks', 'thanks')
        : turn;
    default:
      return turn;
  }
}

function wantsToBeTold(house: House, turn: FlowTurn): FlowTurn {
  const { outage } = turn.state;
  return outage === undefined ? turn : plays(house, change(turn, {}, tell({ told: 'outage-asked', outage })), 'outage-noted', 'thanks');
}

/** The question is asked again; the last wrong key leads to where the flow says. */
function wrongKey(house: House, turn: FlowTurn, step: FlowStep): FlowTurn {
  const exit = exitOf(step, 'wrong');
  const wrong = turn.state.wrong + 1;
  if (wrong < (exit?.times ?? 1)) {
    const again = change(turn, { wrong, typed: '' });
    return 'prompt' in step.action && step.action.prompt !== undefined ? plays(house, again, flowSound(step.action.prompt)) : again;
  }
  const told: FlowAct[] = step.action.kind === 'menu' ? [tell({ told: 'menu-left', menu: step.name, outcome: 'operator' })] : [];
  return follow(house, change(turn, { wrong }, ...told), exit);
}

function digitKeyed(house: House, turn: FlowTurn, step: FlowStep, digit: string): FlowTurn {
  if (step.action.kind !== 'digits') return turn;
  const { endKey, least, most } = step.action;
  if (digit === endKey) return turn.state.typed.length >= least ? typedAll(house, turn, step) : wrongKey(house, turn, step);
  if (!/^[0-9]$/.test(digit)) return wrongKey(house, turn, step);
  const typed = turn.state.typed + digit;
  const next = change(turn, { typed, ...(turn.state.playing === undefined ? { until: house.scene.at + keyWaitMs } : {}) });
  return typed.length >= most ? typedAll(house, next, step) : next;
}

function typedAll(house: House, turn: FlowTurn, step: FlowStep): FlowTurn {
  if (step.action.kind !== 'digits') return turn;
  const values = { ...turn.state.values, [step.action.into]: turn.state.typed };
  return follow(house, change(turn, { values }), exitOf(step, 'next'));
}

function hangUp(turn: FlowTurn, step: FlowStep | undefined): FlowTurn {
  const kind = step?.action.kind;
  const name = step?.name ?? '';
  const told: FlowAct[] =
    kind === 'menu'
      ? [tell({ told: 'menu-left', menu: name, outcome: 'hangup' })]
      : kind === 'self-service'
        ? [tell({ told: 'self-service-left', item: name, outcome: 'hangup' })]
        : [];
  return finish(change(turn, {}, ...told), { to: 'left' });
}
