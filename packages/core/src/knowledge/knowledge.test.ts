import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type EntryVersion, standingOf } from './entry.ts';
import { decideVersion, textFault } from './lifecycle.ts';
import { cleanText, plainText, readRichText } from './rich-text.ts';
import { fillSlots, slotFault, slotsOf } from './slots.ts';
import { knowledgeEvent, maskedKeywords } from './use.ts';

const draft: EntryVersion = {
  ...{ version: 1, state: 'draft', author: 'a1', corrects: false },
  ...{ title: '补卡', keywords: [], body: '带身份证', items: [] },
};
const by = (agent: string) => ({ at: 1000, agent });

describe('a version of an entry', () => {
  it('goes live by a second person only', () => {
    const sent = decideVersion({ kind: 'submit', ...by('a1') }, 'article', draft) as EntryVersion;
    expect(sent.state).toBe('in-review');
    expect(decideVersion({ kind: 'approve', ...by('a1') }, 'article', sent)).toMatchObject({ refused: 'knowledge.own-review' });
    expect(decideVersion({ kind: 'approve', ...by('a2') }, 'article', sent)).toMatchObject({ state: 'live', reviewer: 'a2' });
    expect(decideVersion({ kind: 'reject', note: '', ...by('a2') }, 'article', sent)).toMatchObject({ refused: 'knowledge.no-reason' });
    expect(decideVersion({ kind: 'reject', note: '缺依据', ...by('a2') }, 'article', sent)).toMatchObject({ state: 'draft' });
  });

  it('that ended while it was in review is not published', () => {
    const late = { ...draft, state: 'in-review' as const, validUntil: 900 };
    expect(decideVersion({ kind: 'approve', ...by('a2') }, 'article', late)).toMatchObject({ refused: 'knowledge.dates' });
  });

  it('stands by its dates, to the millisecond', () => {
    const live = { state: 'live' as const, validFrom: 10, validUntil: 20, reviewDue: 15 };
    expect([9, 10, 14, 15, 19, 20].map((at) => standingOf(live, at))).toEqual([
      'not-yet',
      'current',
      'current',
      'review-due',
      'review-due',
      'expired',
    ]);
    expect(standingOf({ ...live, state: 'draft' }, 12)).toBe('unpublished');
  });

  it('of a quick reply needs an end and proper slots', () => {
    const reply = { ...draft, body: '{姓名}您好', validUntil: 5000 };
    expect(textFault('reply', reply, 1000)).toBeUndefined();
    expect(textFault('reply', { ...reply, validUntil: undefined }, 1000)).toMatchObject({ refused: 'knowledge.no-expiry' });
    expect(textFault('reply', { ...reply, body: '{ 姓 }' }, 1000)).toMatchObject({ refused: 'knowledge.slot' });
  });
});

describe('slots', () => {
  it('are filled where known, and stay visible where not', () => {
    expect(slotsOf('{姓名}，{时限}内给{姓名}回电')).toEqual(['姓名', '时限']);
    expect(fillSlots('{姓名}，{时限}内回电', { 姓名: '王女士', 时限: ' ' })).toEqual({ text: '王女士，{时限}内回电', missing: ['时限'] });
    expect(fillSlots('{constructor}', {})).toEqual({ text: '{constructor}', missing: ['constructor'] });
    expect([slotFault('{姓名}'), slotFault('{}'), slotFault('a}b'), slotFault('{a b}')]).toEqual([undefined, '{}', '}', '{a b}']);
  });
});

describe('rich text', () => {
  it('is read as blocks and parts', () => {
    expect(readRichText('# 材料\n- **身份证**\n- 户口本\n\n见[官网](https://example.org/a)\n1. 先\n2. 后')).toEqual([
      { kind: 'heading', parts: [{ kind: 'text', text: '材料' }] },
      { kind: 'list', ordered: false, items: [[{ kind: 'strong', text: '身份证' }], [{ kind: 'text', text: '户口本' }]] },
      {
        kind: 'paragraph',
        parts: [
          { kind: 'text', text: '见' },
          { kind: 'link', text: '官网', href: 'https://example.org/a' },
        ],
      },
      { kind: 'list', ordered: true, items: [[{ kind: 'text', text: '先' }], [{ kind: 'text', text: '后' }]] },
    ]);
  });

  it.each(['javascript:alert(1)', 'data:text/html,x', 'JaVaScRiPt:x', '//evil.example', 'https:/x', 'vbscript:x', 'file:///etc'])(
    'makes no link of %s',
    (href) => {
      expect(JSON.stringify(readRichText(`[x](${href})`))).not.toContain('"link"');
    },
  );

  it('leaves HTML the characters that it is, and takes out what turns writing around', () => {
    expect(readRichText('<img src=x onerror=alert(1)>')).toEqual([
      { kind: 'paragraph', parts: [{ kind: 'text', text: '<img src=x onerror=alert(1)>' }] },
    ]);
    expect(cleanText('a\u202Eb\u0000c\r\nd  \n\n\n\n\n\ne')).toBe('abc\nd\n\n\ne');
  });

  it('never fails, cleans only once and keeps every letter', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'#*-[]()1. \n社保ab:/hTp{}'), maxLength: 80 }), (text) => {
        const links = readRichText(text).flatMap((block) => (block.kind === 'list' ? block.items.flat() : block.parts));
        for (const part of links) if (part.kind === 'link') expect(part.href).toMatch(/^(https?:\/\/|tel:|mailto:)/i);
        expect(cleanText(cleanText(text))).toBe(cleanText(text));
        expect(plainText(text).match(/[社保]/g)).toEqual(text.match(/[社保]/g));
      }),
    );
  });
});

describe('what is written down of a use', () => {
  it('masks long numbers and cuts long words', () => {
    expect(maskedKeywords('王 13800138000 卡 16')).toBe('王 *********** 卡 16');
    expect(maskedKeywords('长'.repeat(300))).toHaveLength(100);
  });

  it('says what was long and stale', () => {
    const opened = knowledgeEvent({ kind: 'opened', article: 'a', version: 2, items: [], long: true, stale: false }, 5);
    expect(opened).toMatchObject({ type: 'knowledge.opened', fields: { article: 'a', version: 2, long: true } });
    expect(Object.keys(opened.fields)).not.toContain('stale');
  });
});
