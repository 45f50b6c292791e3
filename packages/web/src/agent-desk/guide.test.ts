import type { OpenDuty } from '@threerings/core/wire/events';
import { describe, expect, it } from 'vitest';
import { dutyStanding, guideOf } from './guide.ts';

const now = 100_000;
const duty = (norm: string, more: Partial<OpenDuty> = {}): OpenDuty => ({
  norm,
  key: 'k',
  title: { zh: norm, en: norm },
  cites: [],
  severity: 'minor',
  actor: 'agent',
  state: 'open',
  parts: [],
  since: 0,
  ...more,
});

describe('the guide', () => {
  it('puts what is near its deadline on top, then deadlines, then the rest, then what is late', () => {
    const near = duty('near', { deadline: now + 4000 });
    const later = duty('later', { deadline: now + 60_000 });
    const open = duty('open');
    const late = duty('late', { deadline: now - 1 });
    const guide = guideOf([late, open, later, near], now);
    expect(guide.top).toBe(near);
    expect(guide.open).toEqual([later, open, late]);
  });

  it('never asks of the agent what the system or the caller must do', () => {
    const system = duty('system', { actor: 'system', deadline: now + 1000 });
    const own = duty('own');
    expect(guideOf([system, own], now).top).toBe(own);
    expect(guideOf([system], now).top).toBeUndefined();
  });

  it('shows a late duty on top only when nothing else can still be met', () => {
    const late = duty('late', { state: 'late' });
    expect(guideOf([late], now).top).toBe(late);
    expect(guideOf([late, duty('open')], now).top?.norm).toBe('open');
  });

  it('while the caller waits puts only what the waiting asks for on top', () => {
    const greeting = duty('greeting', { deadline: now + 1000, since: now - 9000 });
    const word = duty('word', { deadline: now + 15_000, since: now });
    const guide = guideOf([greeting, word], now, now);
    expect(guide.top).toBe(word);
    expect(guide.open).toEqual([greeting]);
    expect(guideOf([greeting], now, now).top).toBeUndefined();
  });

  it('turns amber inside the lead of the norm and red only after the deadline', () => {
    const timed = duty('timed', { deadline: now + 10_000, warnAt: now + 2_000 });
    expect(dutyStanding(timed, now)).toBe('pending');
    expect(dutyStanding(timed, now + 2_000)).toBe('near');
    expect(dutyStanding(timed, now + 10_000)).toBe('near');
    expect(dutyStanding(timed, now + 10_001)).toBe('broken');
  });

  it('keeps a statement apart from what was kept', () => {
    expect(dutyStanding(duty('said', { state: 'attested' }), now)).toBe('attested');
    expect(dutyStanding(duty('done', { state: 'done', deadline: 0 }), now)).toBe('kept');
  });
});
