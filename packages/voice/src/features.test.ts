import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { engineFeatures, mediaFeatures, signallingFeatures } from './features.ts';

const packages = new URL('../../', import.meta.url);
const all = [...signallingFeatures, ...mediaFeatures];

describe('the table of features', () => {
  it.each(all.filter(({ test }) => test !== undefined))('shows "$name" by a test that is there: $test', ({ test }) => {
    expect(existsSync(fileURLToPath(new URL(`${test}.test.ts`, packages)))).toBe(true);
  });

  it('names each feature once, and has a test for whatever it does or refuses', () => {
    expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
    expect(new Set(engineFeatures.map(({ name }) => name)).size).toBe(engineFeatures.length);
    expect(all.filter(({ support, test }) => (support === 'outside') !== (test === undefined))).toEqual([]);
  });
});
