import type { Step } from './pattern.ts';

/**
 * A pattern as a deterministic automaton, made as texts need it: one look at a table for each character, where going through the steps costs a
 * set of threads. It tells whether a pattern occurs, and for one that begins with the text also where it ends.
 */
interface PatternState {
  /** steps that wait for a character */
  readonly waiting: readonly number[];
  /** a match ends here */
  readonly done: boolean;
  /** a match ends here if the text does */
  readonly doneAtEnd: boolean;
  readonly next: Map<number, PatternState>;
}

/** More states or ways between them than this are not made: a text that needs them is read step by step. */
const mostStates = 200;
const mostWays = 4000;

export type Verdict = { readonly occurs: false } | { readonly occurs: true; readonly end: number } | undefined;

export class PatternStates {
  readonly #steps: readonly Step[];
  readonly #anchored: boolean;
  readonly #accepts: (step: number, code: number) => boolean;
  readonly #states = new Map<string, PatternState>();
  readonly #start: PatternState;
  #ways = 0;

  /** The pattern must not look ahead. */
  constructor(steps: readonly Step[], anchored: boolean, accepts: (step: number, code: number) => boolean) {
    this.#steps = steps;
    this.#anchored = anchored;
    this.#accepts = accepts;
    this.#start = this.#stateOf([0], true);
  }

  /** `end`: behind the longest match, if the pattern begins with the text. Undefined where the automaton grew too large. */
  read(units: ArrayLike<number>, length: number): Verdict {
    let state = this.#start;
    let end = state.done ? 0 : -1;
    for (let at = 0; at < length; at++) {
      if (end >= 0 && !this.#anchored) break;
      if (this.#anchored && state.waiting.length === 0) return end < 0 ? { occurs: false } : { occurs: true, end };
      const next = state.next.get(units[at] as number) ?? this.#grow(state, units[at] as number);
      if (next === undefined) return undefined;
      state = next;
      if (state.done) end = at + 1;
    }
    if (state.doneAtEnd && (end < 0 || this.#anchored)) end = length;
    return end < 0 ? { occurs: false } : { occurs: true, end };
  }

  #grow(from: PatternState, code: number): PatternState | undefined {
    if (this.#ways >= mostWays || this.#states.size >= mostStates) return undefined;
    const reached = from.waiting.filter((step) => this.#accepts(step, code)).map((step) => step + 1);
    const state = this.#stateOf(this.#anchored ? reached : [...reached, 0], false);
    this.#ways++;
    from.next.set(code, state);
    return state;
  }

  #stateOf(from: readonly number[], atStart: boolean): PatternState {
    const inside = this.#closure(from, atStart, false);
    const waiting = inside.filter((step) => this.#steps[step]?.kind === 'char');
    const isDone = (steps: readonly number[]) => steps.some((step) => this.#steps[step]?.kind === 'done');
    const done = isDone(inside);
    const doneAtEnd = isDone(this.#closure(from, atStart, true));
    const key = `${waiting.join()} ${done} ${doneAtEnd}`;
    const known = this.#states.get(key);
    if (known !== undefined) return known;
    const state: PatternState = { waiting, done, doneAtEnd, next: new Map() };
    this.#states.set(key, state);
    return state;
  }

  /** All steps that are reached without reading, ascending. */
  #closure(from: readonly number[], atStart: boolean, atEnd: boolean): readonly number[] {
    const reached = new Set<number>();
    const waiting = [...from];
    for (let step = waiting.pop(); step !== undefined; step = waiting.pop()) {
      if (reached.has(step)) continue;
      reached.add(step);
      const instruction = this.#steps[step];
      if (instruction?.kind === 'jump') waiting.push(instruction.to);
      else if (instruction?.kind === 'split') waiting.push(instruction.one, instruction.other);
      else if (instruction?.kind === 'edge' && (instruction.at === 'start' ? atStart : atEnd)) waiting.push(step + 1);
    }
    return [...reached].sort((one, other) => one - other);
  }
}
