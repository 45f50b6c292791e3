import type btree from 'sorted-btree';
import { EmptyBTree } from 'sorted-btree';

/**
 * A map in the order of its keys: finding, adding and removing take O(log n), a copy O(1). A copy and its original share
 * what neither changes, so a router can be forked for every event.
 */
export type Sorted<Key extends number | string, Value> = btree.default<Key, Value>;

export function emptySorted<Key extends number | string, Value>(): Sorted<Key, Value> {
  return EmptyBTree.clone();
}
