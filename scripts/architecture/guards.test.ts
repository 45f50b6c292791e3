import { expect, test } from 'vitest';
import { checkBudgets } from './budgets.ts';
import { inspect } from './inspect.ts';
import { cycles, rules, type Source } from './rules.ts';

const source = (file: string, text: string): Source => ({ file, seen: inspect(file, text) });

/** One line each: the guard, where, what must be refused, and a near miss that must pass. */
const fixtures: readonly [guard: keyof typeof rules, file: string, refused: string, allowed: string][] = [
  ['packageBorders', 'packages/norms/src/a.ts', `import { x } from '@threerings/core/x';`, `import { x } from './x.ts';`],
  ['packageBorders', 'packages/web/src/a.tsx', `import { x } from '@threerings/server/x';`, `import { x } from '@threerings/core/x';`],
  ['packageBorders', 'packages/voice/src/a.ts', `import { x } from '@threerings/norms/x';`, `import { x } from 'node:net';`],
  ['packageBorders', 'packages/core/src/a.ts', `import { x } from '@threerings/core/x';`, `import { x } from '@threerings/norms/x';`],
  ['packageBorders', 'packages/server/src/a.ts', `await import('@threerings/testkit/x');`, `await import('@threerings/voice/x');`],
  ['noClimbing', 'packages/core/src/a/b.ts', `import { x } from '../../../norms/src/x.ts';`, `import { x } from '../x.ts';`],
  ['noBarrels', 'packages/core/src/index.ts', `export { x } from './x.ts';`, `export const x = 1;`],
  ['libraryHomes', 'packages/server/src/http/a.ts', `import pg from 'pg';`, `import fastify from 'fastify';`],
  ['libraryHomes', 'packages/server/src/board/a.ts', `import { sql } from 'kysely';`, `import { z } from 'zod';`],
  ['libraryHomes', 'packages/voice/src/media/a.ts', `import nd from 'node-datachannel';`, `import net from 'node:net';`],
  [
    'noForeignLifecycle',
    'packages/core/src/hold/a.ts',
    `import { x } from '../presence/lifecycle.ts';`,
    `import { x } from './lifecycle.ts';`,
  ],
  [
    'onlyMainConstructs',
    'packages/server/src/desk/a.ts',
    `import { ReplayChannel } from '../channels/replay/replay-channel.ts';`,
    `import type { Channel } from '../channels/channel.ts';`,
  ],
  ['environmentOnlyInConfig', 'packages/server/src/http/a.ts', `const x = process.env.PORT;`, `const x = process.pid;`],
  ['purity', 'packages/core/src/a.ts', `const x = Date.now();`, `const x = Date.UTC(2026, 1, 1);`],
  ['purity', 'packages/core/src/a.ts', `const x = new Date();`, `const x = new Date(5).getUTCHours();`],
  ['purity', 'packages/core/src/a.ts', `const { now } = Date;`, `const { now } = given;`],
  ['purity', 'packages/core/src/a.ts', `const x = globalThis.Date;`, `const x = given.globalThis;`],
  ['purity', 'packages/norms/src/a.ts', `const x = Math.random();`, `const x = Math.max(1, 2);`],
  ['purity', 'packages/norms/src/a.ts', `const { random } = Math;`, `const x = { random: 1 };`],
  ['purity', 'packages/norms/src/a.ts', `const x = day.getHours();`, `const x = day.getUTCHours();`],
  ['purity', 'packages/norms/src/a.ts', `const x = new Intl.DateTimeFormat();`, `type X = Intl.DateTimeFormat;`],
  ['purity', 'packages/norms/src/a.ts', `const x = n.toLocaleString();`, `const x = n.toString();`],
];

test.each(fixtures)('%s in %s refuses %s and allows %s', (guard, file, refused, allowed) => {
  expect(rules[guard]?.(source(file, refused))).toHaveLength(1);
  expect(rules[guard]?.(source(file, allowed))).toEqual([]);
});

test('every guard has a fixture that proves it fires', () => {
  expect(new Set(fixtures.map(([guard]) => guard))).toEqual(new Set(Object.keys(rules)));
});

test('a cycle of value imports is named once; a cycle through types is none', () => {
  const a = source('packages/core/src/a.ts', `import { b } from './b.ts';`);
  const b = source('packages/core/src/b.ts', `import { a } from './a.ts';`);
  const typed = source('packages/core/src/b.ts', `import type { a } from './a.ts';`);
  expect(cycles([a, b])).toEqual(['import cycle: packages/core/src/a.ts → packages/core/src/b.ts']);
  expect(cycles([a, typed])).toEqual([]);
});

const long = (lines: number) => `export const f = () => {\n${'  step();\n'.repeat(lines - 2)}};\n`;

test('a function over its cap is refused, an exemption lets it shrink but not grow', () => {
  const file = 'packages/core/src/long.ts';
  const grown = [source(file, long(90))];
  const exempt = (lines: number) => [{ file, kind: 'function' as const, lines, why: 'a table' }];
  expect(checkBudgets(grown, []).problems).toContainEqual(expect.stringContaining('cap 80'));
  expect(checkBudgets(grown, exempt(95)).problems).not.toContainEqual(expect.stringContaining('cap 80'));
  expect(checkBudgets(grown, exempt(85)).problems).toContainEqual(expect.stringContaining('grew from its exempted 85 to 90'));
});

test('an exemption that nothing needs any more must be deleted', () => {
  const exemption = { file: 'packages/core/src/short.ts', kind: 'file' as const, lines: 700, why: 'was long' };
  expect(checkBudgets([source('packages/core/src/short.ts', 'export const x = 1;\n')], [exemption]).problems).toContainEqual(
    expect.stringContaining('no longer needed'),
  );
});

test('a file over its cap and grown quantiles are refused', () => {
  const files = [1, 2, 3].map((n) => source(`packages/core/src/f${n}.ts`, 'export const x = 1;\n'.repeat(n === 1 ? 601 : 401)));
  const problems = checkBudgets(files, []).problems.join('\n');
  expect(problems).toContain('f1.ts has 601 lines');
  expect(problems).toContain('median');
  expect(problems).toContain('p90');
});
