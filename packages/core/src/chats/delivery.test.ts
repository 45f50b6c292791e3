import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deliveryRules, partsOf, windowOf } from './delivery.ts';

const bytes = (text: string) => new TextEncoder().encode(text).length;

describe('a long text', () => {
  it('goes in parts that fit, are none of them empty, and together are the text', () => {
    let cut = 0;
    const text = fc.array(
      fc.oneof(fc.string({ unit: 'grapheme', maxLength: 30 }), fc.constantFrom('您好，', '请带身份证。', '\n', '👨‍👩‍👧')),
    );
    fc.assert(
      fc.property(text, fc.integer({ min: 16, max: 64 }), (pieces, most) => {
        const whole = pieces.join('');
        const parts = partsOf(whole, most);
        expect(parts.join('')).toBe(whole);
        if (parts.length > 1) {
          cut += 1;
          for (const part of parts) expect(part).not.toBe('');
        }
        for (const part of parts) expect(bytes(part)).toBeLessThanOrEqual(most);
      }),
    );
    expect(cut).toBeGreaterThan(20);
  });

  it('is cut where reading pauses, and not inside a character', () => {
    expect(partsOf('请带身份证。再带户口本原件', 27)).toEqual(['请带身份证。', '再带户口本原件']);
    expect(partsOf('👨‍👩‍👧👨‍👩‍👧', 20)).toEqual(['👨‍👩‍👧', '👨‍👩‍👧']);
  });
});

describe('the window of a channel', () => {
  const chat = { channel: 'wecom', customerAt: 1000, partsSince: 3 };

  it('is counted from the newest message of the customer', () => {
    expect(windowOf(chat)).toEqual({ until: 1000 + 48 * 3_600_000, left: 2 });
    expect(windowOf({ ...chat, channel: 'qq', partsSince: 9 })).toEqual({ until: 1000 + 3_600_000, left: 0 });
  });

  it('is none on the house’s own page', () => {
    expect(windowOf({ ...chat, channel: 'web' })).toBeUndefined();
    expect(deliveryRules('web')).toBeUndefined();
  });
});
