import {
  activityEnded,
  activityStarted,
  levelReading,
  offerEnds,
  offeredToAgent,
  rings,
  said,
  takeoverEvents,
  ticked,
  utteranceEvents,
} from '../match/anatomy.ts';
import { eventsOf } from '../match/event.ts';
import type { World } from '../match/world.ts';
import type { ResolvedPattern, RoleMeasure, Text } from '../tree.ts';
import type { GaugePlan, MemoryPlan, NormPlan } from './plan.ts';

/** What occurs, or does not, in what was said or written: a family by its id, a quoted text by its value, a pattern by its source. */
export interface Phrase {
  readonly kind: 'family' | 'literal' | 'pattern';
  readonly name: string;
}

/** Events that can change something for a norm; all others pass it by. */
export interface Want {
  readonly type: string;
  /** only while a duty of the norm is pending */
  readonly pending: boolean;
  /** only when one of these phrases occurs in it, or when its text is gone; absent = whatever it says */
  readonly phrases?: readonly Phrase[] | undefined;
}

const gaugeTypes: Readonly<Record<RoleMeasure['kind'], readonly string[]>> = {
  rate: [said],
  loudness: [levelReading],
  responseGap: [activityStarted, activityEnded],
  mood: [said],
};

/**
 * What a norm listens to. Triggers concern it always; what a duty waits for concerns it only while there
 * is a duty. Most norms ask for a phrase, so that an utterance costs by the phrases in it and not by the number of norms.
 */
export function wantsOf(world: World, plan: NormPlan): readonly Want[] {
  return [...alwaysWanted(world, plan), ...wantedByDuties(plan)];
}

/** What is remembered is taken in whether a duty is pending or not. */
export function wantsOfMemory({ patterns }: MemoryPlan): readonly Want[] {
  return patterns.flatMap((pattern) => wantsOfPattern(pattern, false));
}

export function wantsOfGauge({ measure }: GaugePlan): readonly Want[] {
  return gaugeTypes[measure.kind].map((type) => ({ type, pending: false }));
}

function alwaysWanted(world: World, plan: NormPlan): Want[] {
  const always = (types: Iterable<string>) => Array.from(types, (type): Want => ({ type, pending: false }));
  return [
    ...triggersOf(world, plan),
    ...always(plan.attestable ? [ticked] : []),
    ...always(plan.ringTriggered ? [offeredToAgent, rings, ...offerEnds] : []),
  ];
}

function triggersOf(world: World, { norm }: NormPlan): Want[] {
  const { trigger } = norm;
  if (trigger.kind === 'onEvent') return wantsOfPattern(trigger.pattern, false);
  const interval = trigger.kind === 'onScope' ? undefined : world.intervals.get(trigger.interval);
  const types = trigger.kind === 'onScope' ? world.scopes.get(norm.scope)?.begins : interval && [...interval.opens, ...interval.closes];
  return (types ?? []).map((type) => ({ type, pending: false }));
}

function wantedByDuties(plan: NormPlan): Want[] {
  const pending = (types: Iterable<string>) => Array.from(types, (type): Want => ({ type, pending: true }));
  const ofLeaves = plan.leaves.flatMap(({ patterns, formula: { window } }) => [
    ...patterns.flatMap((pattern) => wantsOfPattern(pattern, true)),
    ...(window.kind === 'until' ? wantsOfPattern(window.pattern, true) : []),
    ...(window.kind === 'utterances' ? pending(utteranceEvents) : []),
  ]);
  return [
    ...ofLeaves,
    ...pending(plan.norm.responsible === 'receiver' ? takeoverEvents : []),
    // a ring shows that the offer that began a duty was delivered
    ...pending([rings]),
  ];
}

const wantsOfPattern = (pattern: ResolvedPattern, pending: boolean): Want[] =>
  eventsOf(pattern).map(({ type, text }) => ({
    type,
    pending,
    phrases: utteranceEvents.has(type) && text !== undefined ? gateOf(text) : undefined,
  }));

/** Phrases of which one must occur for a text to be there; undefined where it may be there without any. */
function gateOf(text: Text): readonly Phrase[] | undefined {
  switch (text.kind) {
    case 'family':
      return [{ kind: 'family', name: text.name }];
    case 'literal':
      return [{ kind: 'literal', name: text.value }];
    case 'regex':
      return [{ kind: 'pattern', name: text.value }];
    case 'near':
      return gateOf(text.left);
    case 'someOf': {
      if (text.need === 'none' || text.need === 0) return undefined;
      const gates = text.items.map(gateOf);
      if (text.need === 'all') return gates.find((gate) => gate !== undefined);
      const all: Phrase[] = [];
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
