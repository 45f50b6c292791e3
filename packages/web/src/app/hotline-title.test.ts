import { expect, it } from 'vitest';
import { hotlineTitle } from './hotline-title.ts';

it('gives the number of a hotline once', () => {
  expect(hotlineTitle({ name: '云州热线', number: '12333' })).toBe('云州热线 12333');
  expect(hotlineTitle({ name: '云州市 12333', number: '12333' })).toBe('云州市 12333');
});
