import { describe, expect, it } from 'vitest';
import { changesOf, readUnsaved, withUnsaved, wordOfRemedy, writeUnsaved } from './draft.ts';

const storage = () => {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
    kept,
  } as unknown as Storage & { kept: Map<string, string> };
};
const saved = [
  { path: 'a.norm', text: 'old' },
  { path: 'b.norm', text: 'same' },
];

describe('what was typed and not saved', () => {
  it('survives, belongs to its version, and is gone when nothing differs', () => {
    const store = storage();
    writeUnsaved(store, 'p', 2, { revision: 3, files: { 'a.norm': 'new' } });
    expect(readUnsaved(store, 'p', 2)).toEqual({ revision: 3, files: { 'a.norm': 'new' } });
    expect(readUnsaved(store, 'p', 3)).toBeUndefined();
    writeUnsaved(store, 'p', 2, { revision: 3, files: {} });
    expect(store.kept.size).toBe(0);
  });

  it('is ignored when it is no draft', () => {
    const store = storage();
    for (const text of ['{', 'null', '{"revision":"1","files":{}}', '{"revision":1,"files":{"a":5}}']) {
      store.setItem('threerings.norm-draft.p@1', text);
      expect(readUnsaved(store, 'p', 1)).toBeUndefined();
    }
  });

  it('is put over the saved texts, and counts only where it differs', () => {
    expect(withUnsaved(saved, { 'a.norm': 'new' }).map(({ text }) => text)).toEqual(['new', 'same']);
    expect(changesOf(saved, { 'a.norm': 'old', 'b.norm': 'other', 'gone.norm': 'x' })).toEqual({ 'b.norm': 'other' });
  });

  it('may hold labelled conversations that were not there before', () => {
    const added = { 'labelled/a.timeline': 'conversation' };
    expect(withUnsaved(saved, added).at(-1)).toEqual({ path: 'labelled/a.timeline', text: 'conversation' });
    expect(changesOf(saved, added)).toEqual(added);
  });
});

it('reads the word to write from a remedy', () => {
  expect(wordOfRemedy('是不是“保持时长”？')).toBe('保持时长');
  expect(wordOfRemedy('did you mean “hold length”?')).toBe('hold length');
  expect(wordOfRemedy('先用 pack check 改好它')).toBeUndefined();
});
