import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dialledForm, type NumberForms, nationalForm } from './number-forms.ts';

const china: NumberForms = { country: '86', dialled: 'international' };

describe('the number of a caller', () => {
  it.each([
    ['+8613800138000', '13800138000'],
    ['008613800138000', '13800138000'],
    ['13800138000', '13800138000'],
    ['+862012345678', '02012345678'],
    ['+8675512345678', '075512345678'],
    ['+8610' + '12345678', '01012345678'],
    ['02012345678', '02012345678'],
    ['+86-138 0013-8000', '13800138000'],
    ['+8612333', '12333'],
    ['12333', '12333'],
    ['+4930123456', '+4930123456'],
    ['004930123456', '+4930123456'],
    ['1001', '1001'],
    ['anonymous', 'anonymous'],
    ['zhang.san', 'zhang.san'],
  ])('%s is told as %s', (given, told) => {
    expect(nationalForm(given, china)).toBe(told);
  });
});

describe('a number to dial', () => {
  it.each([
    ['13800138000', '+8613800138000', '13800138000'],
    ['02012345678', '+862012345678', '02012345678'],
    ['+862012345678', '+862012345678', '02012345678'],
    ['12333', '12333', '12333'],
    ['+4930123456', '+4930123456', '+4930123456'],
    ['agent', 'agent', 'agent'],
  ])('%s goes out as %s, or nationally as %s', (given, international, national) => {
    expect(dialledForm(given, china)).toBe(international);
    expect(dialledForm(given, { ...china, dialled: 'national' })).toBe(national);
    expect(dialledForm(given, { ...china, dialled: 'as-is' })).toBe(given);
  });

  it('comes back the same, whatever the form', () => {
    const mobile = fc.integer({ min: 3_000_000_000, max: 9_999_999_999 }).map((rest) => `1${rest}`);
    const landline = fc.integer({ min: 10_000_000, max: 99_999_999 }).map((rest) => `020${rest}`);
    fc.assert(
      fc.property(fc.oneof(mobile, landline), (number) => {
        expect(nationalForm(dialledForm(number, china), china)).toBe(number);
      }),
    );
  });
});
