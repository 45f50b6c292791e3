/** Numbers in [0, 1) that depend on the seed alone (mulberry32). */
export type Random = () => number;

export function randomFrom(seed: number): Random {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A seed of its own for each name, so that one test's timelines do not depend on another's. */
export function seedOf(name: string, index: number): number {
  let hash = 7;
  for (const character of name) hash = (Math.imul(hash, 31) + (character.codePointAt(0) ?? 0)) | 0;
  return (hash + Math.imul(index, 7919)) | 0;
}

export function pick<T>(random: Random, items: readonly T[]): T {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new Error('nothing to pick from');
  return item;
}

/** How often a property is tried: `THREERINGS_RUNS` multiplies it for long runs. */
export function runs(ordinary: number): number {
  const times = Number(process.env['THREERINGS_RUNS'] ?? 1);
  return Math.max(1, Math.round(ordinary * (Number.isFinite(times) ? times : 1)));
}
