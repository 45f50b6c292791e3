import { utteranceEvents } from '../match/anatomy.ts';
import { eventsOf } from '../match/event.ts';
import { nodesIn } from '../match/nodes.ts';
import type { World } from '../match/world.ts';
import type { TraceEvent } from '../trace.ts';
import type { Text } from '../tree.ts';
import type { NormPlan } from './plan.ts';

/**
 * Which norms an event can concern. For what was said or written most norms ask for a phrase: they are found by the phrases
 * that occur, so that an utterance costs by its hits and not by the number of norms.
 */
export interface TypeIndex {
  /** norms that want every event of the type */
  readonly always: ReadonlyMap<string, readonly number[]>;
  /** by type and phrase: norms that want it only when the phrase occurs */
  readonly byPhrase: ReadonlyMap<string, ReadonlyMap<string, readonly number[]>>;
}

/** A phrase as a key: families and quoted texts have names of their own. */
const familyKey = (name: string) => `f:${name}`;
const literalKey = (value: string) => `l:${value}`;

export function indexTypes(world: World, norms: readonly NormPlan[]): TypeIndex {
  const always = new Map<string, number[]>();
  const byPhrase = new Map<string, Map<string, number[]>>();
  const add = <K>(map: Map<K, number[]>, key: K, index: number) => {
    const list = map.get(key);
    if (list === undefined) map.set(key, [index]);
    else if (list.at(-1) !== index) list.push(index);
  };
  norms.forEach((plan, index) => {
    for (const type of plan.types) {
      const phrases = utteranceEvents.has(type) ? phrasesOf(world, plan, type) : undefined;
      if (phrases === undefined) {
        add(always, type, index);
        continue;
      }
      const table = byPhrase.get(type) ?? new Map<string, number[]>();
      byPhrase.set(type, table);
      for (const phrase of phrases) add(table, phrase, index);
    }
  });
  return { always, byPhrase };
}

/** Phrases of which one must occur for an event of the type to concern the norm; undefined = every event does. */
function phrasesOf(world: World, plan: NormPlan, type: string): readonly string[] | undefined {
  const { norm } = plan;
  const interval = 'interval' in norm.trigger ? world.intervals.get(norm.trigger.interval) : undefined;
  const isEdge = interval !== undefined && [...interval.opens, ...interval.closes].includes(type);
  const countsAll =
    isEdge || plan.gauges.length > 0 || plan.leaves.some(({ spoken }) => spoken !== undefined) || nodesIn(norm, 'utterances').length > 0;
  if (countsAll) return undefined;
  const wanted = nodesIn([norm.trigger, norm.guard, norm.body, norm.unless], 'event').filter((pattern) => pattern.type === type);
  const phrases: string[] = [];
  for (const pattern of wanted.flatMap(eventsOf)) {
    const gate = pattern.text && gateOf(pattern.text);
    if (gate === undefined) return undefined;
    phrases.push(...gate);
  }
  return phrases;
}

function gateOf(text: Text): readonly string[] | undefined {
  switch (text.kind) {
    case 'family':
      return [familyKey(text.name)];
    case 'literal':
      return [literalKey(text.value)];
    case 'near':
      return gateOf(text.left);
    case 'someOf': {
      if (text.need === 'none' || text.need === 0) return undefined;
      const gates = text.items.map(gateOf);
      if (text.need === 'all') return gates.find((gate) => gate !== undefined);
      const all: string[] = [];
      for (const gate of gates) {
        if (gate === undefined) return undefined;
        all.push(...gate);
      }
      return all;
    }
    default:
      return undefined;
  }
}

const nobody: readonly number[] = [];

/** Indices of the norms that an event can concern, ascending. */
export function listeners(index: TypeIndex, event: TraceEvent, world: World): readonly number[] {
  const always = index.always.get(event.type) ?? nobody;
  const table = index.byPhrase.get(event.type);
  if (table === undefined) return always;
  const reading = world.readEvent(event);
  const found = new Set(always);
  const take = (norms: readonly number[] | undefined) => {
    for (const norm of norms ?? nobody) found.add(norm);
  };
  if (reading === undefined) for (const norms of table.values()) take(norms);
  else {
    for (const family of reading.families.keys()) take(table.get(familyKey(family)));
    for (const literal of reading.literals.keys()) take(table.get(literalKey(literal)));
  }
  return [...found].sort((one, other) => one - other);
}
