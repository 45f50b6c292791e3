import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { compileLexicon, read } from '@threerings/norms/lexical/lexicon';
import { expect, test } from 'vitest';
import { openPack } from './judging-pack.ts';
import { outcomesOf } from './pack-trials.ts';

const packs = fileURLToPath(new URL('../../../../packs/', import.meta.url));
const opened = await openPack(path.join(packs, '12333'), packs, 'en');
if (!opened.ok) throw new Error(opened.problems.join('\n'));
const { judging } = opened;
const { pack } = judging;

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

test('each norm is told at least three times, its own or those of the base pack as they are: kept, broken and tempting', () => {
  const outcomes = outcomesOf(judging);
  expect(outcomes.filter(({ passed }) => !passed)).toEqual([]);
  const told = (norm: string) => outcomes.filter((outcome) => outcome.norm === norm);
  expect(pack.norms.filter(({ id }) => told(id).length < 3).map(({ id }) => id)).toEqual([]);
  const broken = ({ id }: { readonly id: string }) => told(id).some(({ values }) => values.includes('broken'));
  expect(pack.norms.filter((norm) => !broken(norm)).map(({ id }) => id)).toEqual([]);
  const kept = ({ id }: { readonly id: string }) => told(id).some(({ values }) => values.includes('kept') || values.length === 0);
  expect(pack.norms.filter((norm) => !kept(norm)).map(({ id }) => id)).toEqual([]);
});

test('it judges transfers, calls to the outside and what happens between the calls of one case', () => {
  const ids = new Set(pack.norms.map(({ id }) => id));
  expect(['transfer-consent', 'transfer-max-count', 'outbound-opening', 'outbound-prepare'].filter((id) => !ids.has(id))).toEqual([]);
  expect(pack.norms.filter(({ scope }) => scope === 'case').map(({ id }) => id)).toEqual(
    expect.arrayContaining(['callback-within-promise', 'dropped-call-callback', 'deadline-all-matters', 'complaint-timely']),
  );
});
