import { utteranceEvents } from '../match/anatomy.ts';
import type { World } from '../match/world.ts';
import type { GroupPlan } from '../program.ts';
import type { Source, TraceEvent } from '../trace.ts';
import type { Phrase, Want } from './listeners.ts';
import type { GroupState } from './state.ts';

/** Norms by their number in the program: those that want an event always, and those that want it while a duty of theirs is pending. */
interface Listeners {
  readonly always: number[];
  readonly pending: number[];
}

/** Whom an event of one type from one source can concern. */
export interface TypeListeners extends Listeners {
  /** indices of the groups whose facts it changes, ascending */
  readonly facts: number[];
  /** those that want it only when a phrase occurs, by kind and name of the phrase */
  readonly phrases: Readonly<Record<Phrase['kind'], Map<string, Listeners>>>;
}

/** Norms are numbered through all groups: those of one group stand together, in its order, with what they remember. */
export interface Dispatch {
  readonly bySource: ReadonlyMap<Source, ReadonlyMap<string, TypeListeners>>;
  /** group of a norm, and its index there; a memory of a group is numbered like a norm behind its norms, a gauge behind its memories */
  readonly groupOf: Int32Array;
  readonly indexOf: Int32Array;
  /** groups that read a source */
  readonly readers: ReadonlyMap<Source, readonly number[]>;
  readonly concerned: Concerned;
}

/** The norms that one event concerns, ascending, each once. Filled anew for each event, so that finding them allocates nothing. */
export class Concerned {
  readonly numbers: Int32Array;
  /** by norm: the last event that it was added for */
  readonly #added: Int32Array;
  #event = 0;
  length = 0;

  constructor(norms: number) {
    this.numbers = new Int32Array(norms);
    this.#added = new Int32Array(norms);
  }

  clear(): void {
    this.length = 0;
    this.#event = (this.#event + 1) | 0;
  }

  add(norm: number): void {
    if (this.#added[norm] === this.#event) return;
    this.#added[norm] = this.#event;
    let at = this.length++;
    // few are added, and nearly in order
    for (; at > 0 && (this.numbers[at - 1] as number) > norm; at--) this.numbers[at] = this.numbers[at - 1] as number;
    this.numbers[at] = norm;
  }
}

/** Works out whom each event can concern. */
export function dispatchOf(groups: readonly GroupPlan[]): Dispatch {
  const bySource = new Map<Source, Map<string, TypeListeners>>();
  const readers = new Map<Source, number[]>();
  const groupOf: number[] = [];
  const indexOf: number[] = [];
  groups.forEach((group, g) => {
    for (const source of group.sources) {
      readers.set(source, [...(readers.get(source) ?? []), g]);
      const byType = bySource.get(source) ?? new Map<string, TypeListeners>();
      bySource.set(source, byType);
      for (const type of group.factTypes) listenersTo(byType, type).facts.push(g);
      group.wants.forEach((wants, index) => {
        for (const want of wants) listen(listenersTo(byType, want.type), want, groupOf.length + index);
      });
    }
    group.wants.forEach((_, index) => {
      groupOf.push(g);
      indexOf.push(index);
    });
  });
  const concerned = new Concerned(groupOf.length);
  return { bySource, groupOf: Int32Array.from(groupOf), indexOf: Int32Array.from(indexOf), readers, concerned };
}

function listenersTo(byType: Map<string, TypeListeners>, type: string): TypeListeners {
  const known = byType.get(type);
  if (known !== undefined) return known;
  const phrases = { family: new Map(), literal: new Map(), pattern: new Map() };
  const fresh = { facts: [], always: [], pending: [], phrases };
  byType.set(type, fresh);
  return fresh;
}

function listen(to: TypeListeners, { pending, phrases }: Want, norm: number): void {
  const add = (listeners: Listeners) => {
    const list = pending ? listeners.pending : listeners.always;
    if (list.at(-1) !== norm) list.push(norm);
  };
  if (phrases === undefined) add(to);
  for (const { kind, name } of phrases ?? []) {
    const table = to.phrases[kind];
    const listeners = table.get(name) ?? { always: [], pending: [] };
    table.set(name, listeners);
    add(listeners);
  }
}

/** Fills `dispatch.concerned` with the norms that an event concerns, as their duties stand now. */
export function findConcerned(dispatch: Dispatch, to: TypeListeners, event: TraceEvent, groups: readonly GroupState[], world: World): void {
  const { concerned } = dispatch;
  concerned.clear();
  addAll(dispatch, to, groups);
  if (!utteranceEvents.has(event.type)) return;
  const reading = world.readEvent(event);
  const { family, literal, pattern } = to.phrases;
  if (reading === undefined) {
    for (const table of [family, literal, pattern]) for (const listeners of table.values()) addAll(dispatch, listeners, groups);
    return;
  }
  for (const id of reading.families.keys()) addAll(dispatch, family.get(id), groups);
  for (const value of reading.literals.keys()) addAll(dispatch, literal.get(value), groups);
  for (const source of reading.patterns.keys()) addAll(dispatch, pattern.get(source), groups);
}

function addAll({ concerned, groupOf, indexOf }: Dispatch, listeners: Listeners | undefined, groups: readonly GroupState[]): void {
  if (listeners === undefined) return;
  for (const norm of listeners.always) concerned.add(norm);
  for (const norm of listeners.pending) {
    const state = groups[groupOf[norm] as number]?.norms[indexOf[norm] as number];
    // an interval that lasts may become a duty before the event is taken
    if (state && state.instances.length + state.echoes.length + state.lasting.length > 0) concerned.add(norm);
  }
}
