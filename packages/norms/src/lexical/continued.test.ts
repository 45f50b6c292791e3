import { describe, expect, it } from 'vitest';
import type { PhraseFamily } from '../phrases.ts';
import { readOn } from './continued.ts';
import { compileLexicon } from './lexicon.ts';

function family(id: string, variants: string[], extra: Partial<PhraseFamily> = {}): PhraseFamily {
  return { id, zh: id, norms: [], guard: [], pinyin: 0, variants, not: [], hit: [], miss: [], ...extra };
}

function heard(families: readonly PhraseFamily[], before: string, text: string) {
  const reading = readOn(compileLexicon(families, ['工号*号']), before, text, false);
  return [...reading.families].flatMap(([id, hits]) =>
    hits.filter(({ guarded }) => guarded === undefined).map(({ span, place, slots, joined }) => ({ id, span, place, slots, joined })),
  );
}

describe('a sentence in two utterances', () => {
  it('is heard in the second, from its beginning to where the phrase ends', () => {
    expect(heard([family('wait', ['请您稍等'])], '好的。请您', '稍等，我查一下')).toEqual([
      { id: 'wait', span: [0, 2], place: [-2, 2], slots: {}, joined: true },
    ]);
  });
  it('is no hit of the second if the first had it, unless a slot comes with the rest', () => {
    const families = [family('wait', ['请您等', '请您等[一下]', '等{时限}'])];
    expect(heard(families, '请您等', '一下')).toEqual([]);
    expect(heard(families, '请您等', '两分钟')).toMatchObject([{ id: 'wait', slots: { limit: 120_000 } }]);
  });
  it('leaves what stands in the second alone as it is', () => {
    expect(heard([family('wait', ['稍等'])], '好的', '请稍等')).toEqual([
      { id: 'wait', span: [1, 3], place: [1, 3], slots: {}, joined: undefined },
    ]);
  });
  it('lets guards and fences see both halves', () => {
    expect(heard([family('rude', ['不知道'], { guard: ['negation'] })], '我不是', '不知道')).toEqual([]);
    expect(heard([family('rude', ['不知道'], { not: ['您不知道'] })], '要是您', '不知道')).toEqual([]);
  });
  it('makes no whole utterance of two', () => {
    expect(heard([family('yes', ['是的', '对'], { whole: true })], '是的', '对')).toMatchObject([{ id: 'yes', span: [0, 1] }]);
    expect(heard([family('yes', ['是的'], { whole: true })], '是', '的')).toEqual([]);
  });
  it('finds quoted texts of norms', () => {
    const reading = readOn(compileLexicon([], ['工号*号']), '我是工号', '1024号', false);
    expect(reading.literals.get('工号*号')).toEqual([-2, 5]);
  });
});
