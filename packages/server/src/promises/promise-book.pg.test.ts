import { decidePromise } from '@threerings/core/promises/lifecycle';
import { noPromise } from '@threerings/core/promises/state';
import type { PromiseChange, PromiseView } from '@threerings/core/wire/desk';
import { testDatabase } from '@threerings/testkit/test-database';
import { expect, test, vi } from 'vitest';
import { EventStore } from '../store/event-store.ts';
import { duePromises, projectPromises } from '../store/promise-rows.ts';
import { Vault } from '../store/vault.ts';
import { PromiseBook } from './promise-book.ts';
import { commandOf } from './promise-change.ts';

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
  store: events,
  policy: { remindAheadMs: 900_000, escalateAfterMs: 3_600_000 },
  windows: { morning: { from: 510, to: 720 }, afternoon: { from: 840, to: 1200 } },
  calendar: { zoneOffsetMs: 28_800_000, staffed: { from: 510, to: 1050 }, isWorkingDay: () => true },
  read: (references) => vault.read(db, references),
  changed: (promise) => shown.push(promise),
});

const change = (promise: string, asked: PromiseChange, by: 'agent' | 'leader', at: number) =>
  book.carryOut(commandOf(asked, { promise, by, agent: '0217', at, tries: 3 }));

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
  expect(await change('p1', { do: 'attempt', outcome: 'no-answer' }, 'agent', 1_500_000)).toBe('stored');
  expect(await change('p1', { do: 'keep' }, 'agent', 1_600_000)).toBe('stored');
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
  expect((await events.load('promise-p2')).map((event) => event.type)).toEqual(['promise.made', 'promise.missed', 'promise.escalated']);
  expect(await change('p2', { do: 'keep' }, 'leader', 1_800_000)).toBe('stored');
  expect(shown.at(-1)).toMatchObject({ state: 'kept-late' });
});

test('a change without a reason, or of a promise that is gone, is refused and stores nothing', async () => {
  await make('p3', 2_000_000);
  expect(await change('p3', { do: 'move', due: 1, told: true, reason: '' }, 'agent', 1_600_000)).toMatchObject({
    refused: 'promise.no-reason',
  });
  expect(await change('nobody', { do: 'keep' }, 'agent', 1_600_000)).toMatchObject({ refused: 'promise.unknown' });
  expect(await events.load('promise-p3')).toHaveLength(1);
});

test('two who act at once are both heard, and the clock between them tells nothing twice', async () => {
  await make('p4', 2_000_000);
  await Promise.all([
    change('p4', { do: 'attempt', outcome: 'no-answer' }, 'agent', 1_500_000),
    change('p4', { do: 'attempt', outcome: 'busy' }, 'leader', 1_500_001),
    book.due('p4', 2_000_000),
    book.due('p4', 2_000_000),
  ]);
  const types = (await events.load('promise-p4')).map((event) => event.type).sort();
  expect(types).toEqual(['promise.attempted', 'promise.attempted', 'promise.escalated', 'promise.made', 'promise.missed']);
});

test('the row follows every event, and one timer wakes the promise at what comes next', async () => {
  await make('p5', 4_000_000);
  const timer = async () => (await db.selectFrom('timers').select('due_at').where('key', '=', 'promise-p5').executeTakeFirst())?.due_at;
  expect(await timer()).toBe(3_100_000);
  await book.due('p5', 3_100_000);
  expect(await timer()).toBe(4_000_000);
  await book.due('p5', 4_000_000);
  expect(await timer()).toBe(7_600_000);
  await change('p5', { do: 'move', due: 9_000_000, told: true, reason: '客户改约' }, 'agent', 4_500_000);
  expect(await timer()).toBe(8_100_000);
  await change('p5', { do: 'reassign', to: '0209', reason: '轮休' }, 'leader', 4_600_000);
  for (const at of [5_000_000, 5_100_000, 5_200_000]) await change('p5', { do: 'attempt', outcome: 'no-answer' }, 'agent', at);
  expect(await change('p5', { do: 'give-up' }, 'leader', 5_300_000)).toBe('stored');
  expect(await timer()).toBeUndefined();
  const row = await db.selectFrom('promises').selectAll().where('promise', '=', 'p5').executeTakeFirst();
  expect(row).toMatchObject({ state: 'unreached', owner: '0209', first: '0217', moved: 1, attempts: 3, first_due_at: 4_000_000 });
});
