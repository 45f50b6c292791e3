/** Gives numbers in [0, 1), one after the other. */
export type Chance = () => number;

/** A sequence that a seed fixes (mulberry32): the same seed gives the same day. Not for secrets. */
export function chanceFrom(seed: number): Chance {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** How long something takes. `exponential`: memoryless, the assumption of Erlang; `fixed`: always the mean. ms */
export interface Lasting {
  readonly meanMs: number;
  readonly shape?: 'exponential' | 'fixed' | undefined;
}

export function drawn({ meanMs, shape = 'exponential' }: Lasting, chance: Chance): number {
  return shape === 'fixed' ? meanMs : -meanMs * Math.log(1 - chance());
}
