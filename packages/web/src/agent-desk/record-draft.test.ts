import { beforeEach, describe, expect, it } from 'vitest';
import { dropDraft, emptyRecord, filledCount, keepDraft, loadDraft, pruneDrafts } from './record-draft.ts';

class MemoryStore {
  readonly values = new Map<string, string>();
  get length() {
    return this.values.size;
  }
  key(place: number) {
    return [...this.values.keys()][place] ?? null;
  }
  getItem(key: string) {
    return this.values.get(key) ?? null;
  }
  setItem(key: string, value: string) {
    this.values.set(key, value);
  }
  removeItem(key: string) {
    this.values.delete(key);
  }
}

let store: MemoryStore;
beforeEach(() => {
  store = new MemoryStore();
});
const record = { ...emptyRecord, who: '周女士' };

describe('the draft of a record', () => {
  it('comes back after a reload, only for its agent and its call', () => {
    keepDraft(store, '0217', 'call-1', record, 0);
    expect(loadDraft(store, '0217', 'call-1')).toEqual(record);
    expect(loadDraft(store, '0218', 'call-1')).toBeUndefined();
    expect(loadDraft(store, '0217', 'call-2')).toBeUndefined();
  });

  it('is gone once it was saved', () => {
    keepDraft(store, '0217', 'call-1', record, 0);
    dropDraft(store, '0217', 'call-1');
    expect(store.length).toBe(0);
  });

  it('does not stay on a shared computer for longer than a day, and broken ones go at once', () => {
    keepDraft(store, '0217', 'old', record, 0);
    keepDraft(store, '0217', 'new', record, 23 * 3600_000);
    store.setItem('threerings.record.0217.broken', '{"at":');
    store.setItem('something.else', 'kept');
    pruneDrafts(store, 24 * 3600_000 + 1);
    expect([...store.values.keys()].sort()).toEqual(['something.else', 'threerings.record.0217.new']);
  });

  it('is read as nothing when it is broken', () => {
    store.setItem('threerings.record.0217.call-1', '{"at":1,"record":{"who":5}}');
    expect(loadDraft(store, '0217', 'call-1')).toBeUndefined();
  });

  it('counts what is filled', () => {
    expect(filledCount({ ...record, what: ' ', why: 'x' })).toBe(2);
  });
});
