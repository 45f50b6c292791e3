import { expect, it } from 'vitest';
import { isSearchable } from './use-customers.ts';

it('nothing is asked before there is enough to search by', () => {
  expect(['1380', '138', ' ', '王', 'wx', 'w', '+86 13', '0013-8000'].map(isSearchable)).toEqual([
    true,
    false,
    false,
    true,
    true,
    false,
    true,
    true,
  ]);
});
