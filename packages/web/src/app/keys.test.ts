import { describe, expect, it } from 'vitest';
import { actionOf, type KeyPlace, type KeyPress } from './keys.ts';

const press = (key: string, more: Partial<KeyPress> = {}): KeyPress => ({
  key,
  code: key.length === 1 ? `Key${key.toUpperCase()}` : key,
  altKey: false,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  isComposing: false,
  ...more,
});
const page: KeyPlace = { inField: false, onControl: false, sinceTyped: Number.POSITIVE_INFINITY };
const field: KeyPlace = { ...page, inField: true };

describe('a key press', () => {
  it('means a call act with Alt, in a field too', () => {
    expect(actionOf(press('h', { altKey: true }), field)).toBe('hold');
    expect(actionOf(press('q', { altKey: true }), page)).toBe('end');
    expect(actionOf(press('Enter', { altKey: true }), page)).toBe('said');
  });

  it('is read from the physical key, because Alt changes letters on some keyboards', () => {
    expect(actionOf(press('˙', { altKey: true, code: 'KeyH' }), page)).toBe('hold');
  });

  it('means nothing while an input method composes', () => {
    expect(actionOf(press('h', { altKey: true, isComposing: true }), page)).toBeUndefined();
    expect(actionOf(press('Process', { code: 'Enter' }), page)).toBeUndefined();
  });

  it('answers with Enter, but not while somebody types and not on a button that Enter presses', () => {
    expect(actionOf(press('Enter'), page)).toBe('answer');
    expect(actionOf(press('Enter'), { ...field, sinceTyped: 1999 })).toBeUndefined();
    expect(actionOf(press('Enter'), { ...field, sinceTyped: 2001 })).toBe('answer');
    expect(actionOf(press('Enter'), { ...page, onControl: true })).toBeUndefined();
  });

  it('lists the keys with ? outside of fields and with Alt / everywhere', () => {
    expect(actionOf(press('?', { shiftKey: true }), page)).toBe('help');
    expect(actionOf(press('?', { shiftKey: true }), field)).toBeUndefined();
    expect(actionOf(press('/', { altKey: true, code: 'Slash' }), field)).toBe('help');
  });

  it('leaves the browser its own keys', () => {
    for (const letter of ['d', 'e', 'f']) expect(actionOf(press(letter, { altKey: true }), page)).toBeUndefined();
    for (const letter of ['q', 'w', 't', '1']) expect(actionOf(press(letter, { ctrlKey: true }), page)).toBeUndefined();
    expect(actionOf(press('s', { ctrlKey: true }), field)).toBe('save');
  });
});
