import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { compileLexicon, read } from '@threerings/norms/lexical/lexicon';
import { expect, test } from 'vitest';
import { openPack } from './judging-pack.ts';

const packs = fileURLToPath(new URL('../../../../packs/', import.meta.url));
const opened = await openPack(path.join(packs, '12333'), packs, 'en');
if (!opened.ok) throw new Error(opened.problems.join('\n'));
const { pack } = opened.judging;

test('forbidden words are graded families that all packs share, and no sentence that another family prescribes holds one', () => {
  const forbidden = pack.families.filter(({ severity, id }) => severity !== undefined && id !== 'chat_slang');
  expect(forbidden.filter(({ id }) => !pack.borrowed.has(id)).map(({ id }) => id)).toEqual([]);
  expect(new Set(forbidden.map(({ severity }) => severity))).toEqual(new Set(['minor', 'major', 'critical']));
  const lexicon = compileLexicon(forbidden, []);
  const prescribed = pack.families.filter((family) => !forbidden.includes(family)).flatMap(({ hit }) => hit);
  expect(prescribed.length).toBeGreaterThan(100);
  const heard = (sentence: string) => [...read(lexicon, sentence).families.values()].flat().some(({ guarded }) => guarded === undefined);
  expect(prescribed.filter(heard)).toEqual([]);
});

test('each norm is told at least three times: an ordinary good call, a bad one, and a tempting one', () => {
  const told = pack.cases
    .flatMap(({ text }) => text.split(/^norm /m).slice(1))
    .map((part) => [part.split(/\s/)[0], part.split(/^case /m).length - 1] as const);
  const counts = new Map<string, number>();
  for (const [id, cases] of told) counts.set(id ?? '', (counts.get(id ?? '') ?? 0) + cases);
  expect(pack.norms.filter(({ id }) => (counts.get(id) ?? 0) < 3).map(({ id }) => id)).toEqual([]);
});
