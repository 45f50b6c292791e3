// npm run test:long: the same tests with many more rounds (properties, mutations, kills, soak). Its last result is
// committed in docs/long-run.json, and CI says how old it is.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { buildAll } from './lib/build.mjs';
import { install, requireNode, root } from './lib/install.mjs';
import { Tally } from './lib/run-steps.mjs';
import { prepareTools } from './lib/system-tools.mjs';

const record = path.join(root, 'docs/long-run.json');
const git = (...args) => spawnSync('git', args, { cwd: root, encoding: 'utf8' }).stdout?.trim() ?? '';
const { values } = parseArgs({ options: { age: { type: 'boolean' }, runs: { type: 'string', default: '50' } } });

if (values.age) tellAge();
else await runLong();

function tellAge() {
  if (!fs.existsSync(record)) return console.log('long run: never recorded');
  const { revision, finished, passed, failed } = JSON.parse(fs.readFileSync(record, 'utf8'));
  const since = git('rev-list', '--count', `${revision}..HEAD`) || 'an unknown number of';
  console.log(`long run: ${passed} passed, ${failed} failed at ${revision.slice(0, 12)} on ${finished}, ${since} commits ago`);
}

async function runLong() {
  const tally = new Tally();
  const started = performance.now();
  await tally.check('install and build', async () => {
    requireNode(20, 19);
    install();
    buildAll();
  });
  const { environment } = prepareTools();
  const env = { ...environment, THREERINGS_RUNS: values.runs };
  const rounds = ['--testTimeout=3600000', '--hookTimeout=600000'];
  await tally.vitest(`properties, ${values.runs} times the rounds`, process.execPath, ['--project=unit', '--project=pg', ...rounds], {
    env,
    minutes: 180,
  });
  await tally.vitest('kills and faults', process.execPath, ['--project=wire', '--no-file-parallelism', ...rounds], { env, minutes: 180 });
  tally.close();
  const result = {
    revision: git('rev-parse', 'HEAD'),
    finished: new Date().toISOString().slice(0, 16),
    runs: Number(values.runs),
    minutes: Math.round((performance.now() - started) / 60_000),
    passed: tally.passed,
    failed: tally.failed,
    skipped: tally.skipped,
  };
  fs.writeFileSync(record, `${JSON.stringify(result, undefined, 2)}\n`);
}
