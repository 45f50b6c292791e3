import { describe, expect, it } from 'vitest';
import { classOfReason, reasonWords } from './reasons.ts';

describe('reasons', () => {
  it.each([
    ['gap:no-engine', 'no transcript'],
    ['trigger-source:no-engine', 'no transcript'],
    ['guard:gap:no-engine', 'no transcript'],
    ['gap:engine-down', 'gap'],
    ['trigger-source:clock', 'gap'],
    ['stated by agent', 'stated by agent'],
    ['not delivered', 'not delivered'],
    ['trigger:low-confidence', 'heard badly'],
    ['unless:text-erased', 'erased'],
    ['missing:article', 'not recorded'],
    ['overflow', 'overflow'],
    ['ended', 'ended'],
    ['unless', 'excused'],
  ])('%s is shown as “%s”', (code, shown) => {
    expect(classOfReason(code)).toBe(shown);
    expect(reasonWords[classOfReason(code)].zh).not.toBe('');
  });
});
