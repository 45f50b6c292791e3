import type btree from 'sorted-btree';
import { EmptyBTree } from 'sorted-btree';

/**
 * A map in the order of its keys: finding, adding and removing take O(log n), a copy O(1). A copy and its original share
 * what neither changes, so a router can be forked for every event.
 */
export type Sorted<Key extends number | string, Value> = btree.default<Key, Value>;

// The class itself is the default export of a CommonJS module, which loaders reach in different ways; this name they agree on.
const Tree = EmptyBTree.constructor as new <Key, Value>(
  entries: undefined,
  compare: (one: Key, other: Key) => number,
) => btree.default<Key, Value>;

const byNumber = (one: number, other: number) => one - other;
const byText = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0);

export function sortedByNumber<Value>(): Sorted<number, Value> {
  return new Tree<number, Value>(undefined, byNumber);
}

export function sortedByText<Value>(): Sorted<string, Value> {
  return new Tree<string, Value>(undefined, byText);
}
