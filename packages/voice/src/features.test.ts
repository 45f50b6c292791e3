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

  it('says of everything that a trunk or a house may ask whether it is here', () => {
    const asked = [
      ...['Registration of telephones', 'Registration at a carrier', 'Digest answers to 401 and 407', 'Session timers'],
      ...['Acknowledged progress, 100rel and PRACK', 'Who calls, from P-Asserted-Identity', 'Number forms +86 and 0'],
      ...['Another address outside', 'ICE servers, STUN and TURN for browsers', 'Digits as tones', 'SIP over TLS, sips: URIs'],
      'SRTP with telephones',
    ];
    expect(asked.filter((name) => !all.some((feature) => feature.name === name))).toEqual([]);
  });

  it('names each feature once, and has a test for whatever it does or refuses', () => {
    expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
    expect(new Set(engineFeatures.map(({ name }) => name)).size).toBe(engineFeatures.length);
    expect(all.filter(({ support, test }) => (support === 'no') !== (test === undefined))).toEqual([]);
  });
});
