import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PhraseFamily } from '../phrases.ts';
import { buildAutomaton, Occurrences, search } from './automaton.ts';
import { spokenDuration } from './duration.ts';
import { compileLexicon, occurs, read, variantProblem } from './lexicon.ts';
import { normalise, normalised, originalSpan } from './normalise.ts';
import { compilePattern, findPattern } from './pattern.ts';
import { bigrams, similarEnough } from './similarity.ts';
import { soundsLike, soundsOf } from './sounds.ts';

function family(id: string, variants: string[], extra: Partial<PhraseFamily> = {}): PhraseFamily {
  return { id, zh: id, norms: [], guard: [], pinyin: 0, variants, not: [], hit: [], miss: [], ...extra };
}

function hit(variants: string[], text: string, extra: Partial<PhraseFamily> = {}) {
  const found = read(compileLexicon([family('f', variants, extra)], []), text).families.get('f');
  return found?.find((one) => one.guarded === undefined);
}

describe('normalised text', () => {
  it('folds width, case and traditional forms, writes spoken digits as digits and leaves marks and fillers out', () => {
    expect(normalised('請問，您的ＡＢＣ号碼是幺三八－〇〇？')).toBe('请问您的abc号码是13800');
    expect(normalised('嗯，那个，我两点来')).toBe('我2点来');
  });
  it('takes no filler out of a phrase that it is a part of', () => {
    expect(normalised('就是说，要带身份证')).toBe('要带身份证');
    expect(normalised('也就是说要带身份证')).toBe('也就是说要带身份证');
    expect(normalised('也嗯就是说，要带')).toBe('也就是说要带');
    expect(normalised('您也，就是说要带')).toBe('您也要带');
  });
  it('keeps an utterance of fillers alone, because a bare 嗯 is an answer', () => {
    expect(normalised('嗯。')).toBe('嗯');
  });
  it('is not changed by being normalised again, whatever the character and wherever a filler comes to stand', () => {
    for (let first = 0; first < 0x3_0000; first += 256) {
      const once = normalised(String.fromCodePoint(...Array.from({ length: 256 }, (_, i) => first + i)));
      expect(normalised(once)).toBe(once);
    }
    expect(normalised('那嗯个我')).toBe('我');
    expect(normalised(normalised('就那嗯个是说好'))).toBe('好');
  });
  it('leads every normalised character back to where it stood in the original', () => {
    const alphabet = fc.constantFrom(...'您好，。 嗯那个幺二ＡａB說𠮷①請12“”');
    fc.assert(
      fc.property(fc.string({ unit: alphabet, maxLength: 20 }), (original) => {
        const text = normalise(original);
        for (let i = 0; i < text.text.length; i++) {
          const [from, to] = originalSpan(text, i, i + 1);
          expect(to).toBeGreaterThan(from);
          expect(normalised(original.slice(from, to)) === '' ? '嗯' : normalised(original.slice(from, to))).toContain(text.text.charAt(i));
        }
      }),
    );
  });
});

describe('the automaton', () => {
  it('finds every occurrence that a naive search finds', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(
        fc.uniqueArray(word, { minLength: 1, maxLength: 8 }),
        fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 30 }),
        (words, text) => {
          const occurrences = new Occurrences();
          search(
            buildAutomaton(words),
            Uint16Array.from(text, (letter) => letter.charCodeAt(0)),
            text.length,
            occurrences,
          );
          const { pairs, length } = occurrences;
          const found = Array.from({ length: length / 2 }, (_, i) => `${words[pairs[2 * i] ?? -1]}@${pairs[2 * i + 1]}`);
          const naive = words.flatMap((w) => [...text].flatMap((_, at) => (text.startsWith(w, at) ? [`${w}@${at}`] : [])));
          expect(found.sort()).toEqual(naive.sort());
        },
      ),
    );
  });
});

describe('families', () => {
  it('take slots: a limit, a free reason, a number spoken digit by digit', () => {
    expect(hit(['我要查{事由}，大约{时限}，请您稍候好吗'], '我要查缴费记录，大约两分钟，请您稍候好吗？')?.slots).toEqual({
      matterSlot: '缴费记录',
      limit: 120_000,
    });
    expect(hit(['号码是{号码}'], '我的号码是幺三八 零零一三 八零零零')?.slots).toEqual({ number: '13800138000' });
    expect(hit(['{工号}号为您'], '您好！佛山中燃，08号为您服务')?.slots).toEqual({ agent: '08' });
  });
  it('let a free slot at the end stop at a clause mark or where the sentence goes on', () => {
    expect(hit(['请稍等，我在为您查{事由}'], '请稍等，我在为您查缴费记录，马上好')?.slots).toEqual({ matterSlot: '缴费记录' });
    expect(hit(['我姓{姓氏}'], '我姓欧阳，想问一下')?.slots).toEqual({ surname: '欧阳' });
    expect(hit(['我姓{姓氏}'], '我姓王我想问一下')?.slots).toEqual({ surname: '王' });
  });
  it('let a free slot in front reach back to the beginning of the utterance', () => {
    expect(hit(['{机构}热线'], '佛山中燃热线')?.slots).toEqual({ organisation: '佛山中燃' });
  });
  it('take the longest variant, and of several the leftmost', () => {
    const long = hit(['这里是{机构}', '这里是{机构}热线'], '这里是佛山中燃热线，您好');
    expect(long?.slots).toEqual({ organisation: '佛山中燃' });
    expect(hit(['谢谢'], '谢谢，谢谢')?.span).toEqual([0, 2]);
  });
  it('match words that may be missing with and without them', () => {
    for (const text of ['请问您有什么需要', '请问有什么需要']) expect(hit(['请问[您]有什么'], text)).toBeDefined();
    expect(hit(['请问[您]有什么'], '请问他有什么')).toBeUndefined();
  });
  it('drop a hit that lies inside an exclusion, but not another one beside it', () => {
    expect(hit(['行'], '我在银行', { not: ['银行', '不行'] })).toBeUndefined();
    expect(hit(['行'], '我在银行，行', { not: ['银行', '不行'] })?.span).toEqual([5, 6]);
  });
  it('let no fence reach over a clause mark', () => {
    expect(hit(['你好'], '你好，在吗', { not: ['你好在'] })?.span).toEqual([0, 2]);
    expect(hit(['你好'], '你好在行', { not: ['你好在'] })).toBeUndefined();
    expect(hit(['请稍等'], '请，稍等过吗', { not: ['请稍等过'] })).toBeUndefined();
  });
  it('let a number end at a clause mark where the variant goes on, and a limit before its 内', () => {
    expect(hit(['编号{单号}，{时限}内答复'], '编号20260901，两分钟内答复')?.slots).toEqual({ ticket: '20260901', limit: 120_000 });
    expect(hit(['号码是{号码}'], '号码是138，0013，8000')?.slots).toEqual({ number: '13800138000' });
  });
  it('mark negated and quoted hits as guarded', () => {
    const guard = ['negation', 'quotation'] as const;
    expect(hit(['不知道'], '我不是不知道，是要核实', { guard })).toBeUndefined();
    expect(hit(['不知道'], '您说不知道编号', { guard })).toBeUndefined();
    expect(hit(['不知道'], '我没说过“不知道”这句话', { guard })).toBeUndefined();
    expect(hit(['不知道'], '不是，我不知道', { guard })?.span).toEqual([4, 7]);
  });
  it('give the span in the text as recorded', () => {
    expect(hit(['請稍候'], '您好，　请 稍 候！')?.span).toEqual([4, 9]);
  });
  it('leave a limit beyond thirty days unclear instead of binding it', () => {
    const found = hit(['{时限}给您回电'], '40天给您回电');
    expect(found?.slots).toEqual({});
    expect(found?.unclear).toEqual(['limit']);
  });
  it('agree with a slow search over every place, whatever else is in the lexicon', () => {
    const words = fc.string({ unit: fc.constantFrom(...'您好请稍等'), minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(
        fc.array(words, { minLength: 1, maxLength: 6 }),
        fc.string({ unit: fc.constantFrom(...'您好请稍等，'), maxLength: 15 }),
        (variants, text) => {
          const lexicon = compileLexicon(
            variants.map((v, i) => family(`f${i}`, [v])),
            variants,
          );
          const reading = read(lexicon, text);
          const plain = normalised(text);
          variants.forEach((variant, i) => {
            expect(reading.families.has(`f${i}`)).toBe(plain.includes(variant));
            expect(reading.literals.get(variant)?.[0] ?? -1).toBe(plain.indexOf(variant));
          });
        },
      ),
    );
  });
  it('take one or the other of a choice, each with what stands around it', () => {
    for (const text of ['麻烦您稍等', '请稍候']) expect(hit(['(请|麻烦)[您](稍等|稍候)'], text), text).toBeDefined();
    expect(hit(['(请|麻烦)[您](稍等|稍候)'], '您稍等')).toBeUndefined();
    for (const text of ['您等', '麻烦您等', '请您等']) expect(hit(['[请|麻烦]您等'], text)?.place).toEqual([0, text.length]);
    expect(hit(['等({时限}|一会儿)'], '等两分钟')?.slots).toEqual({ limit: 120_000 });
    expect(variantProblem('(a|(b|c))')?.code).toBe('unclosed');
    expect(variantProblem('(a|b)(a|b)(a|b)(a|b)(a|b)(a|b)(a|b)(a|b)(a|b)')?.code).toBe('too-many');
    expect(variantProblem('(请|)')?.code).toBe('no-words');
  });
  it('do not take for ever over a variant of many gaps', () => {
    const begin = hit(['a*a*a*a*a*a*a*a*a*b'], 'a'.repeat(300));
    expect(begin).toBeUndefined();
  });
  it('refuse variants that would match everything or name an unknown slot', () => {
    expect(variantProblem('{事由}')?.code).toBe('no-words');
    expect(variantProblem('请{天气}')).toEqual({ code: 'unknown-slot', found: '天气' });
    expect(variantProblem('请[您')?.code).toBe('unclosed');
    expect(variantProblem('请稍等')).toBeUndefined();
  });
});

describe('quoted texts of norms', () => {
  it('know * as any run of characters', () => {
    const lexicon = compileLexicon([], ['*线路*', '请*稍候', '先生']);
    expect([...read(lexicon, '抱歉，线路不好，请您再稍候').literals.keys()].sort()).toEqual(['*线路*', '请*稍候']);
  });
  it('compare a noted value as digits', () => {
    const lexicon = compileLexicon([], []);
    expect(occurs(read(lexicon, '是幺三八零零吗'), '13800')).toBe(true);
    expect(occurs(read(lexicon, '好的'), '')).toBe(false);
  });
});

describe('spoken durations', () => {
  it.each([
    ['30秒', 30_000],
    ['半小时', 1_800_000],
    ['1个半小时', 5_400_000],
    ['十5分钟', 900_000],
    ['2十分钟', 1_200_000],
    ['1刻钟', 900_000],
    ['3个工作日', 259_200_000],
    ['1分钟之内', 60_000],
  ])('%s', (text, ms) => {
    expect(spokenDuration(text, 0)).toMatchObject({ end: text.length, ms });
  });
  it('need a unit', () => {
    expect(spokenDuration('30', 0)).toBeUndefined();
  });
});

describe('patterns', () => {
  const find = (source: string, text: string) => {
    const compiled = compilePattern(source);
    return compiled.ok
      ? findPattern(compiled.pattern, { units: Array.from(text, (one) => one.charCodeAt(0)), length: text.length })
      : compiled;
  };
  it('know “not followed by”', () => {
    expect(find('你(?!们)', '你们好')).toBeUndefined();
    expect(find('你(?!们)', '你们你好')).toEqual([2, 3]);
  });
  it('agree with the host’s own engine on the subset', () => {
    const atom = fc.constantFrom('a', 'b', '.', '[ab]', '[^a]', '(a|bb)', '(?!b)', 'c');
    const item = fc.tuple(atom, fc.constantFrom('', '', '?', '*', '+', '{1,2}')).map(([a, q]) => (a === '(?!b)' ? a : a + q));
    const source = fc.array(item, { minLength: 1, maxLength: 4 }).map((items) => items.join(''));
    fc.assert(
      fc.property(source, fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 8 }), (pattern, text) => {
        const theirs = new RegExp(pattern).exec(text);
        const ours = find(pattern, text);
        expect(Array.isArray(ours) ? ours[0] : undefined).toBe(theirs?.index);
      }),
      { numRuns: 500 },
    );
  });
  it('are read from a table as step by step, edges of the text included', () => {
    const atom = fc.constantFrom('a', 'b', '.', '[ab]', '(a|bb)', '^', '$', 'c', '(^a|b$)');
    const item = fc.tuple(atom, fc.constantFrom('', '', '?', '*', '+')).map(([a, q]) => (/^.?[$^]$/.test(a) ? a : a + q));
    const source = fc.array(item, { minLength: 1, maxLength: 4 }).map((items) => items.join(''));
    let found = 0;
    fc.assert(
      fc.property(source, fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 8 }), (text, said) => {
        const compiled = compilePattern(text);
        if (!compiled.ok) throw new Error(compiled.expected);
        const units = { units: Array.from(said, (one) => one.charCodeAt(0)), length: said.length };
        const { states: _, ...bySteps } = compiled.pattern;
        const place = findPattern(compiled.pattern, units);
        if (place !== undefined) found++;
        expect(place).toEqual(findPattern(bySteps, units));
      }),
      { numRuns: 1000 },
    );
    expect(found).toBeGreaterThan(100);
  });
  it('say where they leave the subset', () => {
    expect(compilePattern('a(b')).toEqual({ ok: false, at: 1, expected: 'a closing )' });
    expect(compilePattern('*a')).toMatchObject({ ok: false, at: 0 });
    expect(compilePattern('a\\d')).toMatchObject({ ok: false, at: 1 });
    expect(compilePattern('((a{40}){40}){40}')).toMatchObject({ ok: false });
  });
});

describe('likeness', () => {
  it('compares in integers: exactly at the score is enough', () => {
    expect(similarEnough(bigrams('abc'), bigrams('abd'), 500)).toBe(true);
    expect(similarEnough(bigrams('abc'), bigrams('abd'), 501)).toBe(false);
  });
  it('hears through what recognisers mix up', () => {
    const sounds = soundsOf({ 先: 'xian', 生: 'sheng', 声: 'sheng', 森: 'sen', 县: 'xian' });
    expect(soundsLike('您好县森', '先生', sounds)).toBe(true);
    expect(soundsLike('您好', '先生', sounds)).toBe(false);
  });
  it.each([
    ['请您少等', '请您稍等', true],
    ['请林稍等', '请您稍等', true],
    ['请您烧灯', '请您稍等', true],
    ['护务热线', '服务热线', true],
    ['请您等等', '请您稍等', false],
  ])('by the table that ships, %s is %s: %s', (text, wanted, is) => {
    expect(soundsLike(normalised(text), normalised(wanted), soundsOf())).toBe(is);
  });
  it('is for families that allow it and for texts that were recognised, and what is written so comes first', () => {
    const families = [family('f', ['请您稍等[一下]', '{时限}给您回电'], { pinyin: 1, not: ['不用请您稍等'] }), family('g', ['请您稍等'])];
    const lexicon = compileLexicon(families, []);
    const heard = (text: string, recognised: boolean) =>
      [...read(lexicon, text, recognised).families].flatMap(([id, hits]) => hits.map(({ score, slots }) => ({ id, score, slots })));
    expect(heard('请您少等', true)).toEqual([{ id: 'f', score: 0.75, slots: {} }]);
    expect(heard('请您少等', false)).toEqual([]);
    expect(heard('请您稍等', true)).toEqual([
      { id: 'f', score: 1, slots: {} },
      { id: 'g', score: 1, slots: {} },
    ]);
    expect(heard('请林少等', true)).toEqual([]);
    expect(heard('不用请您少等', true)).toEqual([]);
    expect(heard('两分钟给您回店', true)).toEqual([{ id: 'f', score: 0.75, slots: { limit: 120_000 } }]);
  });
  it('never fails, whatever is said', () => {
    const lexicon = compileLexicon([family('f', ['请您(稍|少)等*[一下]{时限}', '{事由}的行长'], { pinyin: 3 })], []);
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'请林您少稍等一下两分中钟的行航长涨𠮷，'), maxLength: 30 }), (text) => {
        const length = normalised(text).length;
        for (const hits of read(lexicon, text, true).families.values()) {
          for (const { place, span, score } of hits) {
            expect(place[0] >= 0 && place[0] < place[1] && place[1] <= length).toBe(true);
            expect(span[0] >= 0 && span[0] < span[1] && span[1] <= text.length).toBe(true);
            expect(score).toBeGreaterThanOrEqual(0.5);
          }
        }
      }),
    );
  });
});
