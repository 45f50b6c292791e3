import type { CallView } from '@threerings/core/wire/desk';

export type Hold = NonNullable<CallView['hold']>;

export interface Beat {
  /** ms after the hold began */
  readonly after: number;
  readonly state: 'past' | 'next' | 'later';
  readonly isLimit: boolean;
}

export interface HoldClock {
  readonly heldMs: number;
  /** to the limit; 0 once it is reached */
  readonly leftMs: number;
  readonly atLimit: boolean;
  readonly beats: readonly Beat[];
  /** instant of the next 回应, absent when only the limit is left */
  readonly nextPromptAt: number | undefined;
  /** instant from which the present stretch to `nextPromptAt` runs */
  readonly promptSince: number;
}

/** The clocks of a hold that began at `startedAt`: its limit, and the instants at which the caller wants a word (every `repromptMs`). */
export function holdClock(hold: Hold, now: number): HoldClock {
  const heldMs = Math.max(0, now - hold.startedAt);
  const prompts = promptsOf(hold);
  const next = prompts.find((after) => after > heldMs);
  const beats = [...prompts, hold.limitMs].map((after): Beat => {
    const isLimit = after === hold.limitMs;
    const state = after <= heldMs ? 'past' : after === (next ?? hold.limitMs) ? 'next' : 'later';
    return { after, state, isLimit };
  });
  const last = prompts.filter((after) => after <= heldMs).at(-1) ?? 0;
  return {
    heldMs,
    leftMs: Math.max(0, hold.limitMs - heldMs),
    atLimit: heldMs >= hold.limitMs,
    beats,
    nextPromptAt: next === undefined ? undefined : hold.startedAt + next,
    promptSince: hold.startedAt + last,
  };
}

const mostBeats = 12;

function promptsOf({ repromptMs, limitMs }: Hold): number[] {
  if (repromptMs === undefined || repromptMs <= 0) return [];
  const count = Math.min(mostBeats, Math.ceil(limitMs / repromptMs) - 1);
  return Array.from({ length: count }, (_, n) => (n + 1) * repromptMs);
}

const steps = [30_000, 60_000, 90_000, 120_000, 180_000] as const;
const usualLimit = 60_000;

/** Limits to choose from, never above the pack's; the pack's own limit is always among them. */
export function limitChoices(packLimitMs: number | undefined): readonly number[] {
  if (packLimitMs === undefined) return steps.slice(0, 3);
  const below = steps.filter((step) => step < packLimitMs);
  return [...below.slice(-2), packLimitMs];
}

export function usualChoice(packLimitMs: number | undefined): number {
  return packLimitMs === undefined ? usualLimit : Math.min(usualLimit, packLimitMs);
}
