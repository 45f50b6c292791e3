import { describe, expect, it } from 'vitest';
import { holdClock, limitChoices, usualChoice } from './hold.ts';

const hold = { hold: 'h', reason: 'lookup', startedAt: 0, limitMs: 60_000, repromptMs: 15_000 };

describe('the clock of a hold', () => {
  it('beats every 15 s and ends with the limit', () => {
    const { beats, nextPromptAt } = holdClock(hold, 38_000);
    expect(beats.map((beat) => [beat.after / 1000, beat.state])).toEqual([
      [15, 'past'],
      [30, 'past'],
      [45, 'next'],
      [60, 'later'],
    ]);
    expect(nextPromptAt).toBe(45_000);
  });

  it('waits only for the limit once the last word is due', () => {
    const clock = holdClock(hold, 50_000);
    expect(clock.nextPromptAt).toBeUndefined();
    expect(clock.beats.at(-1)).toMatchObject({ isLimit: true, state: 'next' });
    expect(clock.leftMs).toBe(10_000);
    expect(clock.promptSince).toBe(45_000);
  });

  it('is at the limit at the limit itself', () => {
    expect(holdClock(hold, 59_999).atLimit).toBe(false);
    expect(holdClock(hold, 60_000)).toMatchObject({ atLimit: true, leftMs: 0 });
  });

  it('has only the limit where the pack asks for no word in between', () => {
    const { repromptMs: _none, ...plain } = hold;
    expect(holdClock(plain, 0).beats).toEqual([{ after: 60_000, state: 'next', isLimit: true }]);
  });
});

describe('the limits to choose from', () => {
  it('never pass the pack', () => {
    expect(limitChoices(60_000)).toEqual([30_000, 60_000]);
    expect(limitChoices(45_000)).toEqual([30_000, 45_000]);
    expect(limitChoices(20_000)).toEqual([20_000]);
    expect(usualChoice(45_000)).toBe(45_000);
    expect(usualChoice(undefined)).toBe(60_000);
    expect(limitChoices(undefined)).toContain(usualChoice(undefined));
  });
});
