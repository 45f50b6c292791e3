import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SearchedText } from './article.ts';
import { foldText, stemmed } from './fold.ts';
import { SearchIndex } from './search-index.ts';
import { slipsBetween } from './spelling.ts';
import { readPinyin } from './syllables.ts';

const texts: readonly SearchedText[] = [
  {
    id: 'card',
    title: '社保卡丢失补办流程',
    body: '带身份证到任一社保经办窗口挂失，当场补办新卡，工本费 16 元。',
    keywords: ['补卡', '挂失'],
  },
  { id: 'pension', title: '养老保险转移接续', body: '在新参保地提出申请即可，个人账户储存额全部转移。' },
  { id: 'medical', title: '异地就医备案', body: '出院前备案可以直接结算；急诊视同已备案。', keywords: ['医保'] },
  { id: 'bank', title: '银行账户变更', body: '待遇发放账户变更，七个工作日内生效。' },
  { id: 'unemployment', title: '失业保险金申领', body: '非因本人意愿中断就业，缴费满一年，可以申领失业保险金。' },
  { id: 'refund', title: 'Refund policies', body: 'Returned items are refunded within five working days to the credit card.' },
];

function indexOf(list: readonly SearchedText[]): SearchIndex {
  const index = new SearchIndex();
  for (const text of list) index.add(text);
  return index;
}
const index = indexOf(texts);
const first = (text: string) => index.search({ text })[0]?.id;

describe('the search of articles', () => {
  it.each([
    ['社保卡', 'card'],
    ['社保卡丢了怎么补办', 'card'],
    ['shebaoka', 'card'],
    ['shebk', 'card'],
    ['sbk', 'card'],
    ['社保k', 'card'],
    ['社宝卡', 'card'],
    ['社卡保挂失', 'card'],
    ['养老保关系', 'pension'],
    ['社保卡挂失', 'card'],
    ['補辦社保卡', 'card'],
    ['yanglao', 'pension'],
    ['yanglaobx', 'pension'],
    ['转移', 'pension'],
    ['异地旧医', 'medical'],
    ['ydjy', 'medical'],
    ['yinhang', 'bank'],
    ['yhzh', 'bank'],
    ['失业金申领', 'unemployment'],
    ['shiyebaoxian', 'unemployment'],
    ['refund policy', 'refund'],
    ['refnud', 'refund'],
    ['retur', 'refund'],
    ['ＲＥＦＵＮＤ', 'refund'],
  ])('finds %s', (typed, wanted) => {
    expect(first(typed)).toBe(wanted);
  });

  it('finds nothing where nothing of the query stands anywhere', () => {
    expect(index.search({ text: '' })).toEqual([]);
    expect(index.search({ text: '？！ …' })).toEqual([]);
    expect(index.search({ text: '鑫淼' })).toEqual([]);
  });

  it('prefers a title to a body, and a phrase to its scattered characters', () => {
    const own = indexOf([
      { id: 'body', title: '窗口服务时间', body: '工伤认定窗口周一至周五开放。' },
      { id: 'title', title: '工伤认定', body: '单位应在三十日内提出。' },
      { id: 'scattered', title: '工作中的认识', body: '受伤后定下的流程。' },
    ]);
    expect(own.search({ text: '工伤认定' }).map(({ id }) => id)).toEqual(['title', 'body', 'scattered']);
  });

  it('shows nothing before or after its dates, nor to other hotlines', () => {
    const own = indexOf([
      { id: 'old', title: '缴费基数', body: '', validUntil: 100 },
      { id: 'new', title: '缴费基数', body: '', validFrom: 100 },
      { id: 'other', title: '缴费基数', body: '', scopes: ['tax'] },
    ]);
    const at = (instant: number, scopes?: readonly string[]) =>
      own
        .search({ text: '缴费基数', at: instant, scopes })
        .map(({ id }) => id)
        .sort();
    expect(at(99, ['12333'])).toEqual(['old']);
    expect(at(100, ['12333'])).toEqual(['new']);
    expect(at(100, ['tax', '12333'])).toEqual(['new', 'other']);
    expect(at(100)).toEqual(['new', 'other']);
  });

  it('gives as many as were asked for, best first', () => {
    const own = indexOf(Array.from({ length: 300 }, (_, n) => ({ id: `n${n}`, title: `办事指南第${n}号`, body: '办事' })));
    const hits = own.search({ text: '办事', limit: 250 });
    expect(hits).toHaveLength(250);
    expect(hits.map(({ score }) => score)).toEqual(hits.map(({ score }) => score).sort((a, b) => b - a));
    expect(own.search({ text: '办事', limit: 1 })).toHaveLength(1);
  });
});

const someText = fc.string({ unit: fc.constantFrom(...'社保卡医疗险单位工伤办理ab 1，'), maxLength: 30 });

describe('an index that is changed', () => {
  it('answers like one that was made anew', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 5 }), fc.option(fc.tuple(someText, someText))), { maxLength: 30 }),
        someText,
        (steps, query) => {
          const changed = new SearchIndex();
          const kept = new Map<string, SearchedText>();
          for (const [n, made] of steps) {
            const id = `t${n}`;
            kept.delete(id);
            if (made === null) changed.remove(id);
            else {
              const text = { id, title: made[0], body: made[1] };
              kept.set(id, text);
              changed.add(text);
            }
          }
          expect(changed.size).toBe(kept.size);
          const ids = (own: SearchIndex) =>
            own
              .search({ text: query })
              .map(({ id }) => id)
              .sort();
          expect(ids(changed)).toEqual(ids(indexOf([...kept.values()])));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('makes itself anew when many are dead, and loses nothing', () => {
    const own = new SearchIndex();
    for (let n = 0; n < 3000; n++) own.add({ id: `t${n % 700}`, title: `事项${n}`, body: '', validFrom: 5, scopes: ['a'] });
    expect(own.size).toBe(700);
    expect(own.search({ text: '事项', at: 5, scopes: ['a'], limit: 1000 })).toHaveLength(700);
    own.remove('t3');
    for (let n = 0; n < 60; n++) own.add({ id: 'again', title: '事项', body: '', validFrom: 5, scopes: ['a'] });
    expect(own.search({ text: '事项', at: 5, scopes: ['a'], limit: 1000 }).filter(({ id }) => id !== 'again')).toHaveLength(699);
    expect(own.search({ text: '事项2999', at: 5, scopes: ['a'] })[0]?.id).toBe(`t${2999 % 700}`);
    expect(own.search({ text: '事项2999', at: 4 })).toEqual([]);
    expect(own.search({ text: '事项2999', scopes: ['b'] })).toEqual([]);
  });
});

describe('the reading of what was typed', () => {
  it('never throws and folds only once', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        index.search({ text });
        expect(foldText(foldText(text))).toBe(foldText(text));
      }),
      { numRuns: 200 },
    );
  });

  it('cuts letters into syllables, begun ones and initials', () => {
    const parts = (run: string) => readPinyin(run)?.map(({ letters }) => letters);
    expect(parts('shebaoka')).toEqual(['she', 'bao', 'ka']);
    expect(parts('shebk')).toEqual(['she', 'b', 'k']);
    expect(parts('yanglaobaox')).toEqual(['yang', 'lao', 'bao', 'x']);
    expect(parts('lüyou')).toEqual(['lv', 'you']);
    expect(parts('iii')).toBeUndefined();
    expect(parts('5g')).toBeUndefined();
  });

  it('takes plural for singular, and counts slips', () => {
    expect(['policies', 'cards', 'buses', 'status', 'pass'].map(stemmed)).toEqual(['policy', 'card', 'buse', 'status', 'pass']);
    expect(slipsBetween('refnud', 'refund', 2)).toBe(1);
    expect(slipsBetween('card', 'cards', 2)).toBe(1);
    expect(slipsBetween('abcdef', 'uvwxyz', 2)).toBe(3);
  });
});
