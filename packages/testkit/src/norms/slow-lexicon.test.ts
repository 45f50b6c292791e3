import { readdirSync, readFileSync } from 'node:fs';
import { readFamilies } from '@threerings/norms/check/families';
import { compileLexicon, read } from '@threerings/norms/lexical/lexicon';
import { normalise, normalised } from '@threerings/norms/lexical/normalise';
import { type PhraseFamily, phraseGuards } from '@threerings/norms/phrases';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { slowHits, slowLiteral, slowlyNormalised } from './slow-lexicon.ts';

const packs = new URL('../../../../packs/', import.meta.url);

/** All families of all shipped packs, with names of their own. */
function shippedFamilies(): PhraseFamily[] {
  return readdirSync(packs, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.phrases.yaml'))
    .sort()
    .flatMap((file) => {
      const data: unknown = parse(readFileSync(new URL(file, packs), 'utf8'));
      return readFamilies({ path: file, data }).families.map((family) => ({ ...family, id: `${file} ${family.id}` }));
    });
}

function family(id: string, variants: readonly string[], not: readonly string[]): PhraseFamily {
  return { id, zh: id, norms: [], guard: phraseGuards, whole: id === 'f1', pinyin: 0, variants, not, hit: [], miss: [] };
}

const character = fc.constantFrom(...'您好请稍等，。 嗯那个一二两十分钟内不是说幺Ａ說𠮷①“”㎏０');
const text = fc.string({ unit: character, maxLength: 24 });
const fillers = fc.string({ unit: fc.constantFrom('也', '就', '是', '说', '就是说', '那', '个', '嗯', '，', '好'), maxLength: 10 });
const words = fc.string({ unit: fc.constantFrom(...'您好请稍等一不内'), minLength: 1, maxLength: 3 });
const piece = fc.oneof(
  { weight: 4, arbitrary: words },
  words.map((inside) => `[${inside}]`),
  fc.tuple(words, words, fc.constantFrom('()', '[]')).map(([one, other, marks]) => `${marks[0]}${one}|${other}${marks[1]}`),
  fc.constantFrom('*', '{时限}', '{号码}', '{事由}', '{姓氏}', '{称谓}'),
);
const variant = fc
  .tuple(words, fc.array(piece, { maxLength: 3 }))
  .chain(([sure, others]) => fc.shuffledSubarray([sure, ...others], { minLength: others.length + 1 }).map((all) => all.join('')));

describe('the lexical stage', () => {
  it('folds text as it is folded slowly', () => {
    fc.assert(
      fc.property(fc.oneof(text, fillers, fc.string({ unit: 'binary', maxLength: 20 })), (original) => {
        const fast = normalise(original);
        const { length } = fast;
        const plain = (list: ArrayLike<number>) => Array.from(list).slice(0, length);
        const told = { text: fast.text, from: plain(fast.from), to: plain(fast.to), clause: plain(fast.clause) };
        const { original: _same, length: slowLength, ...slow } = slowlyNormalised(original);
        expect(fast.length).toBe(slowLength);
        expect(told).toEqual(slow);
        expect(normalised(fast.text)).toBe(fast.text);
      }),
      { numRuns: 1000 },
    );
  });

  it('finds what trying every variant at every place finds', () => {
    const families = fc.array(fc.tuple(fc.array(variant, { minLength: 1, maxLength: 4 }), fc.array(variant, { maxLength: 2 })), {
      minLength: 1,
      maxLength: 3,
    });
    fc.assert(
      fc.property(families, fc.array(text, { minLength: 1, maxLength: 3 }), (sentences, texts) => {
        const all = sentences.map(([variants, not], i) => family(`f${i}`, variants, not));
        const lexicon = compileLexicon(all, []);
        for (const original of texts) {
          const reading = read(lexicon, original);
          for (const one of all) {
            const told = (reading.families.get(one.id) ?? []).map(({ family: _id, score: _score, ...rest }) => rest);
            expect(told).toEqual(slowHits(one, slowlyNormalised(original)));
          }
        }
      }),
      { numRuns: 400 },
    );
  });

  it('agrees on every example sentence with every shipped family, all in one lexicon', () => {
    const all = shippedFamilies();
    const literals = ['*线路*', '请*稍候', '先生', '工号*号'];
    const lexicon = compileLexicon(all, literals);
    // Families grow with the packs; the sentences that are tried are a fixed number of them, evenly spread.
    const every = [...new Set(all.flatMap(({ hit, miss, variants }) => [...hit, ...miss, ...variants]))];
    const sentences = every.filter((_, i) => i % Math.ceil(every.length / 150) === 0);
    expect(sentences.length).toBeGreaterThan(70);
    for (const [i, sentence] of sentences.entries()) {
      const original = i % 2 === 0 ? sentence : `${sentence}，${sentences[i - 1]}`;
      const reading = read(lexicon, original);
      const slow = slowlyNormalised(original);
      const told = all.map(({ id }) => (reading.families.get(id) ?? []).map(({ family: _id, score: _score, ...rest }) => rest));
      expect(told, original).toEqual(all.map((one) => slowHits(one, slow)));
      expect(literals.map((value) => reading.literals.get(value))).toEqual(literals.map((value) => slowLiteral(value, slow)));
    }
  });
});
