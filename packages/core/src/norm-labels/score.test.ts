import { describe, expect, test } from 'vitest';
import { readLabelTests } from './label-tests.ts';
import { passesGate, scoreLabels } from './score.ts';

const norms = [{ id: 'a' }, { id: 'b' }] as never;
const call = '00:01.000 mute.on leg=a';
const testsOf = (text: string, gate?: object) => {
  const read = readLabelTests({
    labelled: [{ path: 'labelled/x.timeline', text }],
    gate: gate && { path: 'gate.yaml', text: '', data: gate },
    norms,
  });
  if ('faults' in read) throw new Error(JSON.stringify(read.faults));
  return read;
};
const faultsOf = (text: string, gate?: object) => {
  const read = readLabelTests({ labelled: [{ path: 'l', text }], gate: gate && { path: 'gate.yaml', text: '', data: gate }, norms });
  return 'faults' in read ? read.faults.map(({ file, line, expected }) => `${file}:${line} ${expected}`) : [];
};
const scored = (tests: ReturnType<typeof testsOf>, ...judged: Record<string, string[]>[]) =>
  scoreLabels(
    tests.conversations,
    new Map(
      judged.map((values, index) => [
        tests.conversations[index] as never,
        Object.entries(values).flatMap(([norm, all]) => all.map((value) => ({ norm, value: value as 'kept' }))),
      ]),
    ),
    tests.gates,
  );

describe('precision and recall on labelled conversations', () => {
  test('count breaches that both see, that only a person sees, and that only the norm sees', () => {
    const tests = testsOf(
      `conversation 1\n${call}\nlabel a broken broken kept\nconversation 2\n${call}\nlabel a kept\nconversation 3\n${call}\nlabel b nothing\n`,
    );
    const { norms: found, disagreements } = scored(tests, { a: ['broken', 'kept', 'kept'] }, { a: ['broken'] }, {});
    expect(found).toMatchObject([
      { norm: 'a', labelled: 2, hits: 1, misses: 1, falseAlarms: 1, precision: 0.5, recall: 0.5 },
      { norm: 'b', labelled: 1, precision: undefined, recall: undefined },
    ]);
    expect(disagreements.map(({ line, norm, labelled }) => [line, norm, labelled])).toEqual([
      [3, 'a', ['broken', 'broken', 'kept']],
      [6, 'a', ['kept']],
    ]);
  });

  test('say that a norm is below its gate, its own before that of all', () => {
    const text = `conversation 1\n${call}\nlabel a broken\nlabel b broken\n`;
    const judged = { a: ['unknown'], b: ['kept'] };
    const { norms: found } = scored(testsOf(text, { precision: 90, recall: 80, norms: { b: { recall: 0 } } }), judged);
    expect(found.map(({ norm, below, undecided }) => [norm, below, undecided])).toEqual([
      ['a', { precision: 0.9, recall: 0.8 }, 1],
      ['b', undefined, 0],
    ]);
    expect(passesGate({ norms: found })).toBe(false);
    expect(passesGate(scored(testsOf(text), judged))).toBe(true);
  });

  test('count false alarms of norms that nobody named where the others are said to be kept', () => {
    const { norms: found } = scored(testsOf(`conversation 1\n${call}\nlabel a kept\nlabel others kept\n`), { a: ['kept'], b: ['broken'] });
    expect(found).toMatchObject([
      { norm: 'a', precision: undefined },
      { norm: 'b', labelled: 0, falseAlarms: 1, precision: 0 },
    ]);
  });

  test('leave out a stored conversation that cannot be read', () => {
    const tests = testsOf('conversation 1\nstored 01X\nlabel a broken\n');
    expect(scored(tests)).toMatchObject({ conversations: 0, skipped: 1, norms: [] });
  });
});

test('what cannot be read is told with its place', () => {
  expect(faultsOf('label a kept')).toEqual(['l:1 a line that begins with conversation before it']);
  expect(faultsOf(`conversation 1\n${call}\nlabel a good\n`)).toContain('l:3 kept | broken | moot | unknown, in order, or nothing');
  expect(faultsOf(`conversation 1\n${call}\nlabel a kept\nlabel a kept\n`)).toEqual(['l:4 one label a norm and conversation']);
  expect(faultsOf(`conversation 1\n${call}\nlabel c kept\n`)).toEqual(['l:3 label and a norm of this pack']);
  expect(faultsOf('conversation 1\nlabel a kept\n')).toEqual(['l:1 either what happened or “stored ID” in the conversation “1”']);
  expect(faultsOf(`conversation 1\n${call}\n`)).toEqual(['l:1 a label line in the conversation “1”']);
  expect(faultsOf('', { precision: 90, recall: 120, norms: { z: {} }, more: 1 })).toEqual([
    'gate.yaml:1 precision | recall | norms',
    'gate.yaml:1 recall: percent from 0 to 100',
    'gate.yaml:1 a norm of this pack',
  ]);
});
