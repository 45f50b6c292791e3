import { expect, it } from 'vitest';
import { placesOf } from './session.ts';

it('shows each role its own places in the fixed order', () => {
  expect(placesOf(['agent'])).toEqual(['/desk', '/interactions']);
  expect(placesOf(['leader', 'agent'])).toEqual(['/desk', '/board', '/interactions']);
  expect(placesOf([])).toEqual([]);
});
