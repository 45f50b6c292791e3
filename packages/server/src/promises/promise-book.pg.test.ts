import { decidePromise, noPromise } from '@threerings/core/promises/lifecycle';
import type { PromiseView } from '@threerings/core/wire/desk';
import { testDatabase } from '@threerings/testkit/test-database';
import { expect, test, vi } from 'vitest';
import { EventStore } from '../store/event-store.ts';
import { duePromises, projectPromises } from '../store/promise-rows.ts';
import { Vault } from '../store/vault.ts';
import { PromiseBook } from './promise-book.ts';

const { db } = await testDatabase();
const vault = new Vault(Buffer.alloc(32, 1));
const shown: PromiseView[] = [];
const events = new EventStore({
  db,
  vault,
  now: () => 3_000_000,
  projectors: [projectPromises],
  committed: (committed) => book.take(committed),
});
const book = new PromiseBook({
  append: (request) => events.append(request),
  read: (references) => vault.read(db, references),
  changed: (promise) => shown.push(promise),
});

async function make(promise: string, due: number, owner = '0217') {
  const about = { subject: 'customer-x', value: '核查失业金' };
  const made = decidePromise({ kind: 'make', what: 'callback', promise, due, owner, at: 1_000_000, about }, noPromise);
  if ('refused' in made) throw new Error(made.refused);
  await events.append({ stream: `promise-${promise}`, events: made });
}

test('a promise is listed for its owner with what it is about, and leaves the list when it is kept', async () => {
  await make('p1', 2_000_000);
  await vi.waitFor(() => expect(book.open('0217')).toMatchObject([{ promise: 'p1', state: 'open', about: '核查失业金' }]));
  expect(book.open('0209')).toEqual([]);
  expect(await book.change('p1', { do: 'attempt', outcome: 'no-answer' }, 'agent', 1_500_000)).toBe('stored');
  expect(await book.change('p1', { do: 'keep' }, 'agent', 1_600_000)).toBe('stored');
  expect(book.open()).toEqual([]);
  expect(shown.at(-1)).toMatchObject({ promise: 'p1', state: 'kept' });
  expect(await duePromises(db, 10)).toEqual([]);
});

test('a promise that nobody kept is missed once, stays on the list, and can still be kept late', async () => {
  await make('p2', 1_700_000);
  await book.due('p2', 1_600_000);
  expect(book.open()).toMatchObject([{ state: 'open' }]);
  await book.due('p2', 1_700_000);
  await book.due('p2', 1_700_001);
  expect(book.open()).toMatchObject([{ promise: 'p2', state: 'missed' }]);
  expect((await events.load('promise-p2')).map((event) => event.type)).toEqual(['promise.made', 'promise.missed']);
  expect(await book.change('p2', { do: 'keep' }, 'leader', 1_800_000)).toBe('stored');
  expect(shown.at(-1)).toMatchObject({ state: 'kept-late' });
});

test('a change without a reason, or of a promise that is gone, is refused and stores nothing', async () => {
  await make('p3', 2_000_000);
  expect(await book.change('p3', { do: 'move', due: 1, told: true, reason: '' }, 'agent', 1_600_000)).toMatchObject({
    refused: 'promise.no-reason',
  });
  expect(await book.change('nobody', { do: 'keep' }, 'agent', 1_600_000)).toMatchObject({ refused: 'promise.unknown' });
  expect(await events.load('promise-p3')).toHaveLength(1);
});
