import { deliveredTemplates } from '@threerings/core/acting/templates';
import { expect, test } from 'vitest';
import { choicesOf, draftOf, emptyProduct, productOf } from './draft.ts';

test('a product that is opened and saved unchanged is the same product', () => {
  for (const template of deliveredTemplates) expect(productOf(draftOf(template, 'k'))).toEqual(template);
});

test('what is not filled in stays empty, so that the server can say where', () => {
  expect(productOf(emptyProduct('k'))).toMatchObject({ template: '', name: { zh: '', en: '' }, fields: [{ field: '' }], extras: [] });
});

test('choices are lines of value, Chinese and English', () => {
  expect(choicesOf('normal | 普通 | normal\n\n fast | 加速')).toEqual([
    { value: 'normal', name: { zh: '普通', en: 'normal' } },
    { value: 'fast', name: { zh: '加速', en: '加速' } },
  ]);
});
