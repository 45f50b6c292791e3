import { expect, it } from 'vitest';
import { dropDraft, keepDraft, loadDraft, pruneDrafts } from './draft.ts';

class Memory {
  readonly #values = new Map<string, string>();
  get length(): number {
    return this.#values.size;
  }
  key(place: number): string | null {
    return [...this.#values.keys()][place] ?? null;
  }
  getItem(key: string): string | null {
    return this.#values.get(key) ?? null;
  }
  setItem(key: string, value: string): void {
    this.#values.set(key, value);
  }
  removeItem(key: string): void {
    this.#values.delete(key);
  }
}

it('what was typed is there after a reload, for this agent and this form alone, until the server has it', () => {
  const store = new Memory();
  keepDraft(store, '0217', 'op-1', { budget: '500' }, 1000);
  expect(loadDraft(store, '0217', 'op-1')).toEqual({ budget: '500' });
  expect(loadDraft(store, '0300', 'op-1')).toBeUndefined();
  expect(loadDraft(store, '0217', 'op-2')).toBeUndefined();
  dropDraft(store, '0217', 'op-1');
  expect(loadDraft(store, '0217', 'op-1')).toBeUndefined();
});

it('what is a day old, or cannot be read, goes; what others keep stays', () => {
  const store = new Memory();
  keepDraft(store, '0217', 'old', { budget: '1' }, 0);
  keepDraft(store, '0217', 'new', { budget: '2' }, 80_000_000);
  store.setItem('threerings.form.0217.broken', '{');
  store.setItem('threerings.record.0217.call', '{}');
  pruneDrafts(store, 90_000_000);
  expect(loadDraft(store, '0217', 'old')).toBeUndefined();
  expect(loadDraft(store, '0217', 'new')).toEqual({ budget: '2' });
  expect(store.getItem('threerings.form.0217.broken')).toBeNull();
  expect(store.getItem('threerings.record.0217.call')).toBe('{}');
});
