// npm run test:long [-- --runs N] [--only properties,kills,calls,soak] [--calls C] [--minutes M]: what takes too long for every change.
// Properties and mutations N times as often, kills and faults N times as often, C calls on one voice process, which must keep no
// descriptor, port or leg of them, and the whole product under calls for M minutes. Each part's last result is kept in
// docs/long-run.json with the revision it ran at, and CI says how old it is.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { buildAll } from './lib/build.mjs';
import { install, requireNode, root } from './lib/install.mjs';
import { runProgram, Tally } from './lib/run-steps.mjs';
import { prepareTools } from './lib/system-tools.mjs';

const record = path.join(root, 'docs/long-run.json');
const git = (...args) => spawnSync('git', args, { cwd: root, encoding: 'utf8' }).stdout?.trim() ?? '';
const { values } = parseArgs({
  options: {
    age: { type: 'boolean' },
    runs: { type: 'string', default: '50' },
    calls: { type: 'string', default: '10000' },
    minutes: { type: 'string', default: '60' },
    only: { type: 'string', default: 'properties,kills,calls,soak' },
  },
});
const parts = {
  properties: { ...size('runs'), work: (tally, env) => vitest(tally, 'properties and mutations', env, ['--project=unit', '--project=pg']) },
  kills: { ...size('runs'), work: (tally, env) => vitest(tally, 'kills and faults', env, ['--project=wire', '--no-file-parallelism']) },
  calls: { ...size('calls'), work: calls },
  soak: { ...size('minutes'), work: soak },
};
/** Calls of one round in many-calls.wire.test.ts. */
const callsOfRound = 200;

if (values.age) tellAge();
else await runLong(values.only.split(','));

function size(name) {
  return { [name]: Number(values[name]) };
}

function recorded() {
  return fs.existsSync(record) ? JSON.parse(fs.readFileSync(record, 'utf8')) : {};
}

function tellAge() {
  const last = recorded();
  for (const part of Object.keys(parts)) {
    const { revision, finished, passed, failed, runs, calls, minutes } = last[part] ?? {};
    if (revision === undefined) console.log(`long run, ${part}: never recorded`);
    else {
      const since = git('rev-list', '--count', `${revision}..HEAD`) || 'an unknown number of';
      const times = calls === undefined ? `${minutes} minutes` : `${calls} calls`;
      const how = runs === undefined ? times : `${runs} times the rounds`;
      console.log(
        `long run, ${part}, ${how}: ${passed} passed, ${failed} failed at ${revision.slice(0, 12)} on ${finished}, ${since} commits ago`,
      );
    }
  }
}

async function runLong(wanted) {
  const unknown = wanted.filter((part) => parts[part] === undefined);
  if (unknown.length > 0) {
    console.error(`--only ${unknown.join(',')}: expected some of ${Object.keys(parts).join(', ')}`);
    process.exitCode = 2;
    return;
  }
  const tally = new Tally();
  await tally.check('install and build', async () => {
    requireNode(20, 19);
    install();
    buildAll();
  });
  const { environment } = prepareTools();
  for (const part of wanted) {
    const { work, ...sized } = parts[part];
    const counted = new Tally();
    const started = performance.now();
    await work(counted, { ...environment, THREERINGS_RUNS: values.runs });
    keep(part, { ...sized, tookMinutes: Math.round((performance.now() - started) / 60_000), ...countsOf(counted) });
    tally.take(counted);
  }
  tally.close();
}

function countsOf({ passed, failed, skipped }) {
  return { passed, failed, skipped };
}

function keep(part, result) {
  const at = { revision: git('rev-parse', 'HEAD'), finished: new Date().toISOString().slice(0, 16) };
  fs.writeFileSync(record, `${JSON.stringify({ ...recorded(), [part]: { ...at, ...result } }, undefined, 2)}\n`);
}

function vitest(tally, title, env, projects) {
  const rounds = ['--testTimeout=3600000', '--hookTimeout=600000'];
  return tally.vitest(`${title}, ${values.runs} times the rounds`, process.execPath, [...projects, ...rounds], { env, minutes: 180 });
}

function calls(tally, env) {
  const args = ['--project=wire', 'packages/voice/src/process/many-calls.wire.test.ts', '--testTimeout=3600000'];
  const runs = String(Math.ceil(Number(values.calls) / callsOfRound));
  return tally.vitest(`${values.calls} calls`, process.execPath, args, { env: { ...env, THREERINGS_RUNS: runs }, minutes: 60 });
}

/** The bench fails when a call is lost or a desk meets trouble; its figures belong to docs/BENCHMARKS.md. */
function soak(tally, env) {
  const args = ['scripts/bench.mjs', 'soak', '--minutes', values.minutes];
  return tally.check(`${values.minutes} minutes under calls`, () =>
    runProgram([process.execPath, ...args], { env, minutes: Number(values.minutes) + 15 }),
  );
}
