import { expect, it } from 'vitest';
import { refusal as onWire } from '../wire/refusal.ts';
import { isRefusal, refusalSentences, refuse, speak } from './refusal.ts';

const sentences = Object.entries(refusalSentences);

it('says what is wrong and what to do, in Chinese and in English, for every code', () => {
  for (const [code, { zh, en, remedy }] of sentences) {
    expect(code).toMatch(/^[a-z-]+\.[a-z-]+$/);
    for (const text of [zh, remedy.zh]) expect(text, code).toMatch(/\p{Script=Han}/u);
    for (const text of [en, remedy.en]) expect(text, code).toMatch(/^[^\p{Script=Han}]+$/u);
  }
});

it('uses the same facts in both languages', () => {
  // What a pack says in both languages is a fact for each, named after it.
  const blanks = (text: string, own: 'zh' | 'en') =>
    [...text.matchAll(/\{([a-zA-Z]+)\}/g)].map(([, name]) => (name === own ? 'said' : name)).sort();
  for (const [code, { zh, en, remedy }] of sentences) {
    expect(blanks(zh + remedy.zh, 'zh'), code).toEqual(blanks(en + remedy.en, 'en'));
  }
});

it('never says the same for two codes', () => {
  for (const language of ['zh', 'en'] as const) {
    const said = sentences.map(([, sentence]) => sentence[language]);
    expect(said.filter((text, at) => said.indexOf(text) !== at)).toEqual([]);
  }
});

it('travels as the wire wants it, with its facts filled in', () => {
  const spoken = speak(refuse('hold.limit', { least: 10, most: 600 }), 'en');
  expect(onWire.parse(spoken)).toEqual({
    refused: 'hold.limit',
    message: 'the limit of a hold lies between 10 and 600 seconds',
    remedy: 'offer a callback when it takes longer',
  });
});

it('is told from every other answer', () => {
  expect([refuse('hold.none'), [], undefined, { ok: true }, 'refused'].map(isRefusal)).toEqual([true, false, false, false, false]);
});
