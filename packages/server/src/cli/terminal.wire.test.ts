import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const terminal = fileURLToPath(new URL('terminal.ts', import.meta.url));

/** A process that prints `lines` lines as a command does, and exits as `threerings` does. */
function printing(lines: number) {
  const program = [
    `import { everythingWritten, mindClosedReaders, processTerminal } from ${JSON.stringify(terminal)};`,
    'mindClosedReaders();',
    `for (let n = 0; n < ${lines}; n += 1) processTerminal.print('一行'.repeat(20));`,
    'await everythingWritten();',
    'process.exit(0);',
  ].join('\n');
  return spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program], { stdio: ['ignore', 'pipe', 'pipe'] });
}

test('everything that was printed arrives, however slowly it is read', async () => {
  const child = printing(20_000);
  let lines = 0;
  for await (const chunk of child.stdout) lines += String(chunk).split('\n').length - 1;
  expect(lines).toBe(20_000);
});

test('a reader that goes away leaves no stack behind', async () => {
  const child = printing(20_000);
  let said = '';
  child.stderr.on('data', (chunk) => {
    said += String(chunk);
  });
  await once(child.stdout, 'data');
  child.stdout.destroy();
  const [code] = await once(child, 'close');
  expect([code, said]).toEqual([0, '']);
});
