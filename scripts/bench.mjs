// npm run bench -- NAME [options]: runs bench/NAME.bench.ts on the built product. Without NAME: lists them.
import fs from 'node:fs';
import path from 'node:path';
import { buildServer } from './lib/build.mjs';
import { install, requireNode, root } from './lib/install.mjs';
import { runProgram } from './lib/run-steps.mjs';
import { prepareTools } from './lib/system-tools.mjs';

const [name, ...rest] = process.argv.slice(2);
const names = fs
  .readdirSync(path.join(root, 'bench'))
  .filter((file) => file.endsWith('.bench.ts'))
  .map((file) => file.replace('.bench.ts', ''));
if (!name || !names.includes(name)) {
  console.error(`npm run bench -- NAME: one of ${names.join(', ')}${name ? ` (found ${name})` : ''}`);
  process.exitCode = 1;
} else {
  requireNode(20, 19);
  install();
  buildServer();
  const { environment } = prepareTools([name === 'desk-load' ? 'chromium' : 'sipp']);
  const tsx = path.join(root, 'node_modules/tsx/dist/cli.mjs');
  const problem = await runProgram([process.execPath, tsx, '-C', 'threerings-source', `bench/${name}.bench.ts`, ...rest], {
    env: environment,
    minutes: 90,
  });
  if (problem) {
    console.error(`bench ${name}: ${problem}`);
    process.exitCode = 1;
  }
}
