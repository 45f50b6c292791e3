import type { GaugePlan, LeafPlan, MemoryPlan, NormPlan } from './plan.ts';

/** The norms of a group, with what they remember in two lists for all of them. */
export interface Shared {
  readonly norms: readonly NormPlan[];
  readonly memories: readonly MemoryPlan[];
  readonly gauges: readonly GaugePlan[];
}

/**
 * Norms that remember the same do so once: a norm that two packs adopt, and different norms that look back for the same. What is remembered
 * depends on the events of the group and its facts alone, so nobody can tell the difference.
 */
export function shareMemories(plans: readonly NormPlan[]): Shared {
  const memories = new Distinct<MemoryPlan>();
  const gauges = new Distinct<GaugePlan>();
  const placed = plans.map((plan) => ({
    plan,
    memory: plan.memories.map((one) => memories.indexOf(one)),
    gauge: plan.gauges.map((one) => gauges.indexOf(one)),
  }));
  const norms = placed.map(
    ({ plan, memory, gauge }): NormPlan => ({
      // written out, so that all plans have one hidden class (uniform.ts)
      pack: plan.pack,
      packVersion: plan.packVersion,
      norm: plan.norm,
      sources: plan.sources,
      leaves: plan.leaves.map((leaf) => withMemory(leaf, leaf.memory === undefined ? undefined : memory[leaf.memory])),
      leafOf: plan.leafOf,
      memories: memories.all,
      memoryOf: new Map(Array.from(plan.memoryOf, ([measure, index]) => [measure, memory[index] ?? -1])),
      gauges: gauges.all,
      gaugeOf: new Map(Array.from(plan.gaugeOf, ([measure, index]) => [measure, gauge[index] ?? -1])),
      attestable: plan.attestable,
      ringTriggered: plan.ringTriggered,
      repeats: plan.repeats,
      proposes: plan.proposes,
    }),
  );
  return { norms, memories: memories.all, gauges: gauges.all };
}

function withMemory({ formula, patterns, role, sources, types, phrase }: LeafPlan, memory: number | undefined): LeafPlan {
  return { formula, patterns, role, sources, types, memory, phrase };
}

/** Plans without those that are another one's equal, wherever in a text they were written. */
class Distinct<T> {
  readonly all: T[] = [];
  readonly #indices = new Map<string, number>();

  indexOf(plan: T): number {
    const key = JSON.stringify(plan, withoutPlaces);
    const known = this.#indices.get(key);
    if (known !== undefined) return known;
    const index = this.all.push(plan) - 1;
    this.#indices.set(key, index);
    return index;
  }
}

/** The places of a text, which are objects, and not how far back a plan looks, which is a number; sets as lists. */
function withoutPlaces(name: string, value: unknown): unknown {
  if (name === 'span' && typeof value === 'object') return undefined;
  return value instanceof Set ? [...value] : value;
}
