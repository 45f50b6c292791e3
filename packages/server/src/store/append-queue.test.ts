import { expect, test } from 'vitest';
import { AppendQueue } from './append-queue.ts';

/** A queue whose batches are written when the test says so. */
function queueOf(limits: { lanes: number; batch: number; waiting: number }) {
  const batches: { readonly requests: readonly string[]; finish(): void }[] = [];
  const queue = new AppendQueue<string, string>(
    limits,
    (requests) =>
      new Promise((resolve) =>
        batches.push({ requests, finish: () => resolve(requests.map((request) => ({ status: 'fulfilled', value: `${request}!` }))) }),
      ),
  );
  return { queue, batches, written: () => batches.map((batch) => batch.requests) };
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

test('writes at once while a lane is free and gathers the rest into one batch', async () => {
  const { queue, batches, written } = queueOf({ lanes: 1, batch: 10, waiting: 10 });
  const answers = ['a', 'b', 'c'].map((key) => queue.submit([key], key));
  expect(written()).toEqual([['a']]);
  batches[0]?.finish();
  await settle();
  expect(written()).toEqual([['a'], ['b', 'c']]);
  batches[1]?.finish();
  expect(await Promise.all(answers)).toEqual(['a!', 'b!', 'c!']);
});

test('never writes one key in two batches at a time', async () => {
  const { queue, batches, written } = queueOf({ lanes: 2, batch: 10, waiting: 10 });
  void queue.submit(['k'], 'first');
  void queue.submit(['k'], 'second');
  void queue.submit(['other'], 'third');
  expect(written()).toEqual([['first'], ['third']]);
  batches[0]?.finish();
  await settle();
  expect(written()).toEqual([['first'], ['third'], ['second']]);
});

test('a request of several keys waits for all of them, and nobody overtakes it', async () => {
  const { queue, batches, written } = queueOf({ lanes: 2, batch: 10, waiting: 10 });
  void queue.submit(['a'], 'first');
  void queue.submit(['a', 'b'], 'both');
  void queue.submit(['b'], 'behind');
  expect(written()).toEqual([['first']]);
  batches[0]?.finish();
  await settle();
  expect(written()).toEqual([['first'], ['both', 'behind']]);
});

test('says when it is full, and when it is drained', async () => {
  const { queue, batches } = queueOf({ lanes: 1, batch: 1, waiting: 1 });
  void queue.submit(['a'], 'a');
  expect(queue.isFull).toBe(false);
  void queue.submit(['b'], 'b');
  expect(queue.isFull).toBe(true);
  let drained = false;
  void queue.drained().then(() => {
    drained = true;
  });
  batches[0]?.finish();
  await settle();
  expect(drained).toBe(false);
  batches[1]?.finish();
  await settle();
  expect(drained).toBe(true);
});

test('hands a rejection to the request it belongs to', async () => {
  const queue = new AppendQueue<string, string>({ lanes: 1, batch: 2, waiting: 9 }, async (batch) =>
    batch.map((request) => (request === 'bad' ? { status: 'rejected', reason: 'why' } : { status: 'fulfilled', value: request })),
  );
  await expect(queue.submit(['x'], 'bad')).rejects.toBe('why');
  await expect(queue.submit(['x'], 'good')).resolves.toBe('good');
});
