import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { integer } from '../config/kinds.ts';
import { option } from '../config/option.ts';
import { StartRefused } from '../store/start-refused.ts';
import { command, exit, finding, type Terminal } from './command.ts';
import { runCli } from './run-cli.ts';

const commands = [
  command({
    name: 'repeat',
    summary: 'prints its operands several times',
    options: { times: option(integer(1, 9), { help: 'how often', fallback: 1 }) },
    operands: [{ name: 'WORD', help: 'what to print', required: true, many: true }],
    takesSettings: false,
    async run({ options, operands, terminal }) {
      for (let i = 0; i < options.times; i += 1) terminal.print(operands.join(' '));
      return { exit: exit.done };
    },
  }),
  command({
    name: 'pack check',
    summary: 'always finds something',
    options: {},
    takesSettings: true,
    run: async ({ config }) => ({
      exit: exit.no,
      message: `${finding({ file: 'a.pack', line: 3, column: 9 }, 'a duration', '"abc"')}\nport ${config.port}`,
    }),
  }),
  command({
    name: 'serve',
    summary: 'cannot',
    options: {},
    takesSettings: true,
    run: () => Promise.reject(new StartRefused('port.in-use', '--port: 8080 is in use')),
  }),
];

async function run(...args: string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const terminal: Terminal = {
    print: (line) => void out.push(line),
    note: (line) => void err.push(line),
    readAll: async () => '',
    input: () => Readable.from([]),
    askSecret: async () => undefined,
  };
  return { code: await runCli(args, commands, terminal, {}), out, err };
}

test('a command gets its operands and typed options', async () => {
  expect(await run('repeat', 'three', 'rings', '--times', '2')).toEqual({ code: 0, out: ['three rings', 'three rings'], err: [] });
});

test('wrong use exits with 2 and one line that names the command and the option', async () => {
  expect(await run('repeat', 'x', '--times=0')).toEqual({
    code: 2,
    out: [],
    err: ['threerings repeat: --times: expected a whole number from 1 to 9, found "0"'],
  });
  expect((await run('repeat')).err).toEqual(['threerings repeat: expected WORD: what to print']);
  expect((await run('serve', 'now')).err).toEqual(['threerings serve: unexpected "now"; see --help']);
  expect((await run('repeat', 'x', '--port', '1')).err).toEqual(['threerings repeat: --port: unknown option; see --help']);
});

test('an unknown command is refused with the nearest one, a group with its commands', async () => {
  expect(await run('serv')).toMatchObject({
    code: 2,
    err: ['threerings: unknown command "serv", did you mean serve?; see threerings --help'],
  });
  expect((await run('pack')).err).toEqual(['threerings: pack: expected check after it']);
});

test('an answer of no exits with 1 and its findings stand as editors expect them', async () => {
  expect(await run('pack', 'check', '--port', '81')).toEqual({
    code: 1,
    out: [],
    err: ['a.pack:3:9: expected a duration, found "abc"', 'port 81'],
  });
});

test('what is not as it must be outside the program exits with 3 and one line', async () => {
  expect(await run('serve')).toEqual({ code: 3, out: [], err: ['threerings serve: --port: 8080 is in use'] });
});

test('help lists every command, and for each command its options and settings', async () => {
  const overview = await run('--help');
  expect(overview.code).toBe(0);
  for (const each of commands) expect(overview.out.join('\n')).toContain(`${each.name}  `);
  const help = (await run('pack', 'check', '--help')).out.join('\n');
  expect(help).toContain('usage: threerings pack check [options]');
  expect(help).toContain('--rtp-ports FIRST-LAST');
  expect(await run()).toMatchObject({ code: 2 });
});
