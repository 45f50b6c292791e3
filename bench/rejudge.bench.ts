/**
 * How long it takes to judge stored calls anew, from PostgreSQL to the report, in as many processes as there are processors. The
 * calls are generated, stored with their verdicts as an import stores them, and judged by the same pack, so that nothing may
 * change. So many calls as `--distinct` says are made by chance; beyond them the same calls stand there again on later days, with own texts in the vault.
 * No peer is measured: the figure of interest is the cost per call, which must not grow with the number of calls.
 * npm run bench -- rejudge [--calls 10000,100000] [--distinct 1000] [--utterances 24]
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { ImportedCall } from '@threerings/core/timeline/transcript-import';
import { importStore, judgedCall, storeCall } from '@threerings/server/imports/store-call';
import { openPack } from '@threerings/server/norm-packs/judging-pack';
import { JudgingProcess } from '@threerings/server/rejudging/judging-processes';
import { rejudge } from '@threerings/server/rejudging/rejudge';
import { callsAfter, countCalls } from '@threerings/server/rejudging/rejudge-read-model';
import { openDatabase } from '@threerings/server/store/database';
import { startPostgres } from '@threerings/server/store/embedded-postgres';
import { migrate } from '@threerings/server/store/migrate';
import { type Random, randomFrom } from '@threerings/testkit/norms/random';
import { sql } from 'kysely';
import { cpuMsOf, treeOf } from './lib/cpu.ts';
import { root } from './lib/fetched.ts';
import { closingLine } from './lib/figures.ts';
import { sentence } from './norms/sentence.ts';
import { copyCalls } from './rejudge/copies.ts';

const { values } = parseArgs({
  options: {
    calls: { type: 'string', default: '10000,100000' },
    distinct: { type: 'string', default: '1000' },
    utterances: { type: 'string', default: '24' },
  },
});
const sizes = values.calls.split(',').map(Number);
const distinct = Number(values.distinct);
const utterances = Number(values.utterances);
const workers = os.availableParallelism();
const together = 64;
const pageCalls = 100;

const packsFolder = path.join(root, 'packs');
const folder = path.join(packsFolder, '12333');
const opened = await openPack(folder, packsFolder);
if (!opened.ok) throw new Error(opened.problems.join('\n'));
const { pack, program } = opened.judging;
const random = randomFrom(12_333);

/** A call a minute from 2026-01-01 on. */
function callNumber(n: number, of: Random): ImportedCall {
  const startedAt = Date.UTC(2026, 0, 1) + n * 60_000;
  const rows = Array.from({ length: utterances }, (_, i) => ({
    role: i % 2 === 0 ? ('agent' as const) : ('customer' as const),
    startMs: 6000 + i * 4000,
    endMs: 9500 + i * 4000,
    text: sentence(pack.families, of),
  }));
  return {
    interaction: `bench-${String(n).padStart(8, '0')}`,
    startedAt,
    ringingAt: startedAt + 1000,
    answeredAt: startedAt + (n % 5 === 0 ? 14_000 : 5000),
    answered: true,
    direction: 'in',
    called: '12333',
    agent: `0${200 + (n % 50)}`,
    rows,
  };
}

const directory = fs.mkdtempSync('/tmp/tr-bench-');
// What is measured is reading: a lost bench database is no loss.
const server = await startPostgres({ directory, settings: ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'] });
await migrate(server.url);
const db = openDatabase(server.url);
const masterKey = Buffer.alloc(32, 1);
const store = importStore(db, masterKey, Date.now);

async function storeUpTo(from: number, to: number): Promise<void> {
  for (let n = from; n < to; n += together) {
    const some = Array.from({ length: Math.min(together, to - n) }, (_, i) => judgedCall(callNumber(n + i, random), program, Date.now()));
    const answers = await Promise.all(
      some.map((call) => ('refused' in call ? Promise.reject(new Error(call.refused)) : storeCall(store, call, undefined))),
    );
    const odd = answers.find((answer) => answer !== 'stored');
    if (odd !== undefined) throw new Error(`a generated call was not stored: ${JSON.stringify(odd)}`);
    if (n % (together * 100) === 0) console.log(`stored ${n} of ${to} calls`);
  }
}

/** CPU of this process, the judging ones and the database, ms: of a machine that others use as well, it tells more than the clock. */
const cpuOfAll = () => treeOf(process.pid).reduce((sum, pid) => sum + cpuMsOf(pid), 0);

async function judgeAll(total: number) {
  const setUp = { url: server.url, masterKey: masterKey.toString('base64'), pack: { folder }, packsFolder };
  const judges = await Promise.all(Array.from({ length: workers }, () => JudgingProcess.start(setUp)));
  const [begun, cpuBegun] = [performance.now(), cpuOfAll()];
  const { complete, checkpoint } = await rejudge({
    total,
    judges,
    nextPage: (after) => callsAfter(db, {}, after, pageCalls),
    stopped: () => false,
    now: () => performance.now(),
    progressed: () => {},
  });
  const [ms, cpu] = [performance.now() - begun, cpuOfAll() - cpuBegun];
  for (const judge of judges) judge.stop();
  const { calls, changedCalls } = checkpoint.report;
  if (!complete || calls !== total || changedCalls !== 0) throw new Error(`judged ${calls} of ${total} calls, ${changedCalls} changed`);
  return {
    calls,
    seconds: Math.round(ms / 100) / 10,
    callsPerSecond: Math.round((calls * 1000) / ms),
    msPerCall: Math.round((ms / calls) * 1000) / 1000,
    cpuMsPerCall: Math.round((cpu / calls) * 1000) / 1000,
  };
}

const results = [];
try {
  await storeUpTo(0, distinct);
  let copied = 1;
  for (const size of sizes) {
    const copies = Math.max(1, Math.ceil(size / distinct));
    await copyCalls({ db, masterKey, originals: distinct, apartMs: distinct * 60_000 }, copied, copies);
    copied = copies;
    await sql`analyze`.execute(db);
    const result = await judgeAll(await countCalls(db, {}));
    console.log(
      `${result.calls} calls judged anew in ${result.seconds} s, ${result.cpuMsPerCall} ms of CPU a call, load ${(os.loadavg()[0] ?? 0).toFixed(1)}`,
    );
    results.push(result);
  }
} finally {
  await db.destroy();
  await server.stop();
  fs.rmSync(directory, { recursive: true, force: true });
}
closingLine('rejudge', { norms: pack.norms.length, utterances, distinct, workers, results }, {}, null);
