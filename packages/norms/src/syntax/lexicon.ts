import type { Tongue } from '../problem.ts';
import type { Vocabulary } from '../vocabulary.ts';
import { languageWords, readOnlySurfaces, type Word, type WordKind } from './keywords.ts';

export interface Meaning {
  readonly kind: WordKind;
  readonly id: string;
}

/**
 * All words of one vocabulary in both tongues. A surface may have several meanings (说, 次, and …): the parser takes the
 * one that it expects.
 */
export interface Lexicon {
  readonly vocabulary: Vocabulary;
  readonly meanings: ReadonlyMap<string, readonly Meaning[]>;
  /** Chinese surfaces by their first character, longest first */
  readonly chinese: ReadonlyMap<string, readonly string[]>;
  /** English surfaces as words, by their first word, most words first */
  readonly english: ReadonlyMap<string, readonly (readonly string[])[]>;
  /** every word that stands in some English surface */
  readonly englishWords: ReadonlySet<string>;
  /** surfaces of a kind, for suggestions */
  readonly surfaces: ReadonlyMap<WordKind, readonly string[]>;
  readonly words: ReadonlyMap<string, Word>;
}

const han = /^\p{Script=Han}/u;

export function isHan(text: string): boolean {
  return han.test(text);
}

function vocabularyWords(vocabulary: Vocabulary): readonly Word[] {
  const rows = (kind: WordKind, list: readonly { id: string; zh: string; en: string }[]): readonly Word[] =>
    list.map(({ id, zh, en }) => ({ kind, id, zh, en }));
  return [
    ...rows('event', vocabulary.events),
    ...rows('role', vocabulary.roles),
    ...rows('interval', vocabulary.intervals),
    ...rows('scope', vocabulary.scopes),
    ...rows('field', vocabulary.fieldWords),
  ];
}

function pushTo<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}

/** Builds the lexicon once per vocabulary; an event may also be written by its id. */
export function buildLexicon(vocabulary: Vocabulary): Lexicon {
  const meanings = new Map<string, Meaning[]>();
  const surfaces = new Map<WordKind, string[]>();
  const words = new Map<string, Word>();
  const add = (surface: string, kind: WordKind, id: string): void => {
    if (surface === '') return;
    const known = meanings.get(surface) ?? [];
    if (known.some((meaning) => meaning.kind === kind && meaning.id === id)) return;
    pushTo(meanings, surface, { kind, id });
    pushTo(surfaces, kind, surface);
  };
  for (const word of [...languageWords, ...vocabularyWords(vocabulary)]) {
    words.set(`${word.kind}:${word.id}`, word);
    add(word.zh, word.kind, word.id);
    add(word.en, word.kind, word.id);
    if (word.kind === 'event') add(word.id, 'event', word.id);
  }
  for (const [surface, kind, id] of readOnlySurfaces) add(surface, kind, id);
  const chinese = new Map<string, string[]>();
  const english = new Map<string, string[][]>();
  for (const surface of meanings.keys()) {
    if (isHan(surface)) pushTo(chinese, surface.charAt(0), surface);
    else if (/^[A-Za-z]/.test(surface)) {
      const parts = surface.split(' ');
      pushTo(english, parts[0] ?? surface, parts);
    }
  }
  for (const list of chinese.values()) list.sort((a, b) => b.length - a.length);
  for (const list of english.values()) list.sort((a, b) => b.length - a.length);
  const englishWords = new Set([...english.values()].flat(2));
  return { vocabulary, meanings, chinese, english, englishWords, surfaces, words };
}

/** The word as it is written in one tongue; the id itself when there is no such word. */
export function surfaceOf(lexicon: Lexicon, kind: WordKind, id: string, tongue: Tongue): string {
  return lexicon.words.get(`${kind}:${id}`)?.[tongue] ?? id;
}

/** Can this own name stand bare in a text, that is: can no reader take it for a word of the language, in either tongue? */
export function isBareName(lexicon: Lexicon, name: string): boolean {
  return /^[A-Za-z](?:[A-Za-z0-9_.-]*[A-Za-z0-9_])?$/.test(name) && !lexicon.englishWords.has(name);
}

/** Would `second` right behind `first` be read as one longer word (`first` + `receiver` = `first receiver`)? */
export function runsTogether(lexicon: Lexicon, first: string, second: string): boolean {
  const start = first.slice(0, first.indexOf(' ') < 0 ? first.length : first.indexOf(' '));
  const joined = `${first} ${second} `;
  return (lexicon.english.get(start) ?? []).some((surface) => {
    const text = surface.join(' ');
    return text.length > first.length && joined.startsWith(text) && !/[A-Za-z0-9_]/.test(joined.charAt(text.length));
  });
}
