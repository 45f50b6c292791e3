import { refuse } from '@threerings/core/errors/refusal';
import { decidePromise, type PromiseCommand } from '@threerings/core/promises/lifecycle';
import { evolvePromise, noPromise } from '@threerings/core/promises/state';
import type { NewEvent, TimelineEvent } from '@threerings/core/timeline/event';
import { expect, test } from 'vitest';
import type { AppendAnswer, AppendRequest } from '../store/append-request.ts';
import { handle, type Lifecycle } from './handle.ts';

const promise: Lifecycle<typeof noPromise, PromiseCommand> = { initial: noPromise, evolve: evolvePromise, decide: decidePromise };
const make: PromiseCommand = { kind: 'make', promise: 'p1', at: 1_000, what: 'callback', due: 61_000, owner: '8021' };
const keep: PromiseCommand = { kind: 'keep', promise: 'p1', at: 2_000, by: 'agent' };
const destination = { stream: 'promise-p1' };

/** A stream in memory; before the nth append somebody else's events come in. */
function streamWith(intruders: readonly (readonly NewEvent[])[]) {
  const events: TimelineEvent[] = [];
  let appends = 0;
  const push = (added: readonly NewEvent[]) =>
    added.map((event) => {
      const n = events.length + 1;
      const stored: TimelineEvent = {
        ...event,
        id: `e${n}`,
        v: 1,
        stream: 'promise-p1',
        n,
        seq: n,
        source: 'ledger',
        recordedAt: 0,
        hash: '',
      };
      events.push(stored);
      return stored;
    });
  const append = async (request: AppendRequest): Promise<AppendAnswer> => {
    push(intruders[appends] ?? []);
    appends += 1;
    if (request.after !== events.length) {
      return { refused: 'stream.conflict', facts: { stream: 'promise-p1', expected: request.after ?? -1, found: events.length } };
    }
    return { events: push(request.events), n: events.length, leftOut: [] };
  };
  const load = async (_stream: string, after = 0) => events.slice(after);
  return { events, appends: () => appends, store: { append, load } };
}

test('loads, decides and appends; the state is that after the events', async () => {
  const { store, events } = streamWith([]);
  expect(await handle(store, promise, destination, make)).toMatchObject({
    events: [{ type: 'promise.made', n: 1 }],
    state: { state: 'open' },
  });
  expect(await handle(store, promise, destination, keep)).toMatchObject({ state: { state: 'kept' } });
  expect(events.map((event) => event.type)).toEqual(['promise.made', 'promise.kept']);
});

test('hands a refusal of the domain on and appends nothing', async () => {
  const { store, appends } = streamWith([]);
  expect(await handle(store, promise, destination, keep)).toEqual(refuse('promise.unknown'));
  expect(appends()).toBe(0);
});

test('a command that has had its effect appends nothing and is no refusal', async () => {
  const { store, events } = streamWith([]);
  await handle(store, promise, destination, make);
  expect(await handle(store, promise, destination, make)).toMatchObject({ events: [], state: { state: 'open' } });
  expect(events).toHaveLength(1);
});

test('decides again on what somebody else appended first', async () => {
  const decided = decidePromise(make, noPromise);
  if ('refused' in decided) throw new Error('the promise of the test was refused');
  const { store, events } = streamWith([decided]);
  expect(await handle(store, promise, destination, make)).toMatchObject({ events: [] });
  expect(events).toHaveLength(1);
});

test('gives up after five conflicts and says so', async () => {
  const attempted: NewEvent = {
    type: 'promise.attempted',
    occurredAt: 1_500,
    fields: { promise: 'p1', kind: 'callback', attempt: 1, outcome: 'busy' },
  };
  const { store, appends } = streamWith([[], ...Array.from({ length: 9 }, () => [attempted])]);
  await handle(store, promise, destination, make);
  expect(await handle(store, promise, destination, keep)).toMatchObject({ refused: 'stream.conflict' });
  expect(appends()).toBe(6);
});
