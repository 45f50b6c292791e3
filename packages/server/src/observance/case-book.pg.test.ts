import type { NewEvent } from '@threerings/core/timeline/event';
import { vocabulary } from '@threerings/core/timeline/vocabulary';
import { loadPack } from '@threerings/norms/pack';
import { buildLexicon } from '@threerings/norms/syntax/lexicon';
import { sources } from '@threerings/norms/trace';
import { testDatabase } from '@threerings/testkit/test-database';
import { afterAll, expect, test } from 'vitest';
import { programOf } from '../norm-packs/live-pack.ts';
import { EventStore } from '../store/event-store.ts';
import { projectInteractions } from '../store/interaction-rows.ts';
import { projectPromises } from '../store/promise-rows.ts';
import { Vault } from '../store/vault.ts';
import { CaseBook } from './case-book.ts';
import { historyOfCase } from './case-history.ts';
import { readVerdicts } from './verdicts-read-model.ts';

const { db } = await testDatabase();
const text = `规范包 「个案」 版本 1
出处 S3 “客户服务准则”
规范 callback-kept
  依据 S3-31   范围 个案   责任 责任人
  当 作出承诺 记 承诺号、到期
  应 兑现承诺 其 承诺号 为 所记 承诺号 不迟于 所记 到期
`;
const pack = loadPack([{ path: 'a.norm', text }], { lexicon: buildLexicon(vocabulary), hash: 'h' });
if (!pack.ok) throw new Error('the pack does not load');
const program = programOf([pack.pack], { zone: [{ from: 0, offsetMs: 0 }], week: [[], [], [], [], [], [], []], days: {}, night: [0, 0] });

let now = 1_000_000;
const events = new EventStore({
  db,
  vault: new Vault(Buffer.alloc(32, 1)),
  now: () => now,
  projectors: [projectInteractions, projectPromises],
  committed: () => {},
});
const books: CaseBook[] = [];
afterAll(() => Promise.all(books.map((book) => book.stop())));

/** A process that watches cases over this database. */
function process(): CaseBook {
  const book = new CaseBook({
    program: () => program,
    clock: { now: () => now, at: () => () => {} } as unknown as ConstructorParameters<typeof CaseBook>[0]['clock'],
    horizon: () => now,
    isReading: () => false,
    marksOf: () => Object.fromEntries(sources.map((source) => [source, now])),
    history: (matter) => historyOfCase(events, db, matter),
    stored: async (interaction) => (await readVerdicts(db, interaction)).map(({ verdict }) => verdict),
    append: (request) => events.append(request),
    changed: () => {},
    onError: (_, error) => {
      throw error;
    },
  });
  books.push(book);
  return book;
}

const promise = (interaction: string, id: string, given: readonly NewEvent[]) =>
  events.append({ stream: `promise-${id}`, interaction, events: given });
const made = (id: string, due: number): NewEvent => ({
  type: 'promise.made',
  by: 'agent',
  occurredAt: 1_000_000,
  fields: { promise: id, kind: 'callback', due, owner: '0217' },
});
const kept = (id: string, at: number): NewEvent => ({
  type: 'promise.kept',
  by: 'agent',
  occurredAt: at,
  fields: { promise: id, kind: 'callback' },
});
const valuesOf = async (interaction: string) =>
  (await readVerdicts(db, interaction)).map(({ verdict, revisedFrom }) => [verdict.value, verdict.at, verdict.who, revisedFrom?.value]);

test('a case that another process began is judged from what is stored, once, and its verdict stands with the call of the promise', async () => {
  await promise('i1', 'p1', [made('p1', 2_000_000)]);
  now = 2_000_001;
  const book = process();
  await book.restore('i1');
  await book.settled();
  expect(await valuesOf('i1')).toEqual([['broken', 2_000_000, '0217', undefined]]);
  const next = process();
  await next.restore('i1');
  await next.settled();
  expect((await events.load('observance-i1')).map(({ type }) => type)).toEqual(['verdict.settled']);
});

test('a promise that was kept in time after all revises the verdict, and both values are kept', async () => {
  now = 1_000_000;
  await promise('i2', 'p2', [made('p2', 2_000_000)]);
  now = 2_000_001;
  const book = process();
  await book.restore('i2');
  await book.settled();
  await promise('i2', 'p2', [kept('p2', 1_900_000)]);
  book.take('i2', (await events.load('promise-p2')).slice(1), false);
  await book.settled();
  expect(await valuesOf('i2')).toEqual([['kept', 1_900_000, '0217', 'broken']]);
});

test('after a restart a case comes back with all its interactions, whichever of them is taken up, and nothing is judged twice', async () => {
  now = 1_000_000;
  const linked = { type: 'case.linked', by: 'system', occurredAt: 1_000_010, fields: { case: 'j1', interaction: 'j2' } } as const;
  await promise('j1', 'q1', [made('q1', 2_000_000)]);
  await events.append({ stream: 'case-j1', interaction: 'j2', events: [linked] });
  await promise('j2', 'q2', [made('q2', 3_000_000)]);
  now = 2_000_001;
  const book = process();
  // Only the second one goes on: the promise of the first is a duty of the same case.
  await book.restore('j2');
  await book.settled();
  expect(await valuesOf('j1')).toEqual([['broken', 2_000_000, '0217', undefined]]);
  await Promise.all([book.restore('j1'), book.restore('j2')]);
  await promise('j1', 'q1', [kept('q1', 1_900_000)]);
  book.take('j1', (await events.load('promise-q1')).slice(1), false);
  await book.settled();
  expect(await valuesOf('j1')).toEqual([['kept', 1_900_000, '0217', 'broken']]);
  now = 3_000_001;
  const next = process();
  await Promise.all([next.restore('j1'), next.restore('j2')]);
  await next.settled();
  expect(await valuesOf('j2')).toEqual([['broken', 3_000_000, '0217', undefined]]);
  expect((await events.load('observance-j1')).map(({ type }) => type)).toEqual(['verdict.settled', 'verdict.revised']);
});
