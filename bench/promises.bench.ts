/**
 * How late an overdue promise is told with many open ones, on the embedded database with its ordinary durability: the book, the timers
 * and the store of the product. Promises fall due evenly over a stretch of time; in its middle the process' parts are stopped and made
 * anew, as after a restart. `--due`: how many of the open ones fall due in that stretch, the others a day later; default all. Counted: how long after its due time each promise.missed was stored, and that each was told exactly once.
 * No peer is measured.
 * npm run bench -- promises [--open 10000] [--due 600] [--seconds 60]
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { decidePromise } from '@threerings/core/promises/lifecycle';
import { noPromise } from '@threerings/core/promises/state';
import { shippedSettings } from '@threerings/core/settings/defaults';
import { systemClock } from '@threerings/server/clock';
import { PromiseBook, streamOfPromise } from '@threerings/server/promises/promise-book';
import { callWindowsOf } from '@threerings/server/promises/work-calendar';
import { type Database, openDatabase } from '@threerings/server/store/database';
import { startPostgres } from '@threerings/server/store/embedded-postgres';
import { EventStore } from '@threerings/server/store/event-store';
import { migrate } from '@threerings/server/store/migrate';
import { duePromises, policyOf, projectPromises, promiseDue, wakeAfter } from '@threerings/server/store/promise-rows';
import { TimerRunner } from '@threerings/server/store/timer-runner';
import { Vault } from '@threerings/server/store/vault';
import { closingLine, spread } from './lib/figures.ts';

const { values } = parseArgs({
  options: { open: { type: 'string', default: '10000' }, seconds: { type: 'string', default: '60' }, due: { type: 'string' } },
});
const open = Number(values.open);
const falling = Math.min(open, Number(values.due ?? open));
const stretchMs = Number(values.seconds) * 1000;
const restartGapMs = 500;
const policy = policyOf(shippedSettings);

/** The parts of one life of the server. */
async function live(db: Database) {
  const events: EventStore = new EventStore({
    db,
    vault: new Vault(Buffer.alloc(32, 1)),
    now: Date.now,
    projectors: [projectPromises],
    committed: (committed) => {
      book.take(committed);
      for (const event of committed) {
        const wake = wakeAfter(event, policy.remindAheadMs, policy.escalateAfterMs);
        if (typeof wake === 'number') timers.set(wake);
      }
    },
  });
  const book: PromiseBook = new PromiseBook({
    store: events,
    policy,
    windows: callWindowsOf(shippedSettings),
    calendar: { zoneOffsetMs: 28_800_000, staffed: { from: 510, to: 1050 }, isWorkingDay: () => true },
    read: async () => new Map(),
    changed: () => {},
  });
  const timers = new TimerRunner({
    db,
    clock: systemClock,
    handlers: { [promiseDue]: ({ payload }) => book.due(String(payload['promise']), Date.now()) },
    onError: (error) => console.error('a timer failed', error),
  });
  const known = await duePromises(db, 100_000);
  for (let at = 0; at < known.length; at += 500) {
    book.take(await events.loadMany(known.slice(at, at + 500).map(({ promise }) => streamOfPromise(promise))));
  }
  timers.start();
  return { events, book, timers };
}

async function makeAll(events: EventStore, firstDue: number): Promise<void> {
  const made = async (n: number) => {
    const promise = `bench-${n}`;
    const due = n < falling ? firstDue + Math.round((n * stretchMs) / falling) : firstDue + 86_400_000 + n;
    const decision = decidePromise({ kind: 'make', what: 'callback', promise, due, owner: `a${n % 200}`, at: Date.now() }, noPromise);
    if ('refused' in decision) throw new Error(decision.refused);
    await events.append({ stream: streamOfPromise(promise), events: decision });
  };
  for (let n = 0; n < open; n += 500) await Promise.all(Array.from({ length: Math.min(500, open - n) }, (_, i) => made(n + i)));
}

const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'tr-bench-'));
const server = await startPostgres({ directory });
try {
  await migrate(server.url);
  const db = openDatabase(server.url);
  let life = await live(db);
  const load = os.loadavg()[0] ?? 0;
  const begun = Date.now();
  // Time enough to make them all before the first falls due.
  const firstDue = begun + Math.max(10_000, open * 4);
  await makeAll(life.events, firstDue);
  const madeMs = Date.now() - begun;
  if (Date.now() >= firstDue) console.log(`making them took ${madeMs} ms, longer than planned: the first ones were late for that`);
  await sleep(Math.max(0, firstDue + stretchMs / 2 - Date.now()));
  await life.timers.stop();
  const stoppedAt = Date.now();
  await sleep(restartGapMs);
  life = await live(db);
  const restartMs = Date.now() - stoppedAt;
  await sleep(Math.max(0, firstDue + stretchMs + 3000 - Date.now()));
  await life.timers.settled();
  const rows = await db
    .selectFrom('events')
    .select(['stream', 'occurred_at', 'recorded_at'])
    .where('type', '=', 'promise.missed')
    .execute();
  const late = rows.map((row) => row.recorded_at - row.occurred_at);
  const afterRestart = rows.filter(({ occurred_at: due }) => due < stoppedAt - 100 || due > stoppedAt + restartMs + 100);
  const lateOutside = afterRestart.map((row) => row.recorded_at - row.occurred_at);
  const ours = {
    open,
    fellDuePerSecond: Math.round((10 * falling) / (stretchMs / 1000)) / 10,
    told: rows.length,
    toldOnce: new Set(rows.map(({ stream }) => stream)).size === rows.length && rows.length === falling,
    lateMs: { ...spread(lateOutside), max: Math.max(...lateOutside) },
    lateMsWithRestart: { max: Math.max(...late), restartMs },
    madePerSecond: Math.round(open / (madeMs / 1000)),
    load: Math.round(load * 10) / 10,
  };
  await life.timers.stop();
  await life.events.drained();
  await db.destroy();
  closingLine('promises', ours, {}, {});
} finally {
  await server.stop();
  fs.rmSync(directory, { recursive: true, force: true });
}
