import { describe, expect, it } from 'vitest';
import { fill, placeholdersOf, translatorOf, wordOfCode } from './translate.ts';
import { en, languages, type WordKey, zh } from './words.ts';

const keys = Object.keys(zh) as WordKey[];

describe('the dictionaries', () => {
  it('know the same keys in every language', () => {
    expect(keys.length).toBeGreaterThan(300);
    for (const words of Object.values(languages)) expect(Object.keys(words).sort()).toEqual([...keys].sort());
  });

  it('have the same placeholders in every language', () => {
    expect(keys.filter((key) => placeholdersOf(zh[key]).length > 0).length).toBeGreaterThan(20);
    for (const key of keys) expect(placeholdersOf(en[key]), key).toEqual(placeholdersOf(zh[key]));
  });

  it('leave nothing empty but a unit that English does not need', () => {
    const empty = keys.flatMap((key) => (zh[key].trim() === '' || en[key].trim() === '' ? [key] : []));
    expect(empty).toEqual(['unit.items']);
  });

  it('address callers with 您, never 你, and shout at nobody', () => {
    for (const key of keys) expect(zh[key], key).not.toMatch(/[你亲！!]/);
  });
});

describe('a translator', () => {
  it('fills placeholders and is the same function each time', () => {
    const t = translatorOf('zh');
    expect(t('ring.nth', { n: 2 })).toBe('第 2 声');
    expect(translatorOf('zh')).toBe(t);
  });

  it('leaves a placeholder without a value visible', () => {
    expect(fill('{a} and {b}', { a: 1 })).toBe('1 and {b}');
  });

  it('shows a code it does not know as it is', () => {
    expect(wordOfCode(translatorOf('en'), 'reason', 'gap:no-engine')).toBe('no speech recognition');
    expect(wordOfCode(translatorOf('en'), 'reason', 'gap:new-kind')).toBe('gap:new-kind');
  });
});
