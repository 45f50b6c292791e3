import { type Environment, helpOf, printable, readOptions } from '../config/read-options.ts';
import { readConfig, settings } from '../config.ts';
import { StartRefused } from '../store/start-refused.ts';
import { parseArguments, suggestion } from './arguments.ts';
import { type Ended, exit, type RegisteredCommand, type Terminal } from './command.ts';

/** Runs one command line and returns the exit code. Every failure is one line on standard error that names its cause. */
export async function runCli(
  args: readonly string[],
  commands: readonly RegisteredCommand[],
  terminal: Terminal,
  env?: Environment,
): Promise<number> {
  if (args.length === 0 || args[0] === 'help' || args[0] === '--help' || args[0] === '-h') {
    for (const line of overview(commands)) terminal.print(line);
    return args.length === 0 ? exit.usage : exit.done;
  }
  const { found, rest } = findCommand(args, commands);
  if (found === undefined) {
    terminal.note(`threerings: ${unknownCommand(args, commands)}`);
    return exit.usage;
  }
  if (rest.includes('--help') || rest.includes('-h')) {
    for (const line of helpForCommand(found)) terminal.print(line);
    return exit.done;
  }
  const ended = await invoke(found, rest, terminal, env);
  if (ended.message !== undefined)
    for (const line of ended.message.split('\n')) terminal.note(ended.exit === exit.no ? line : `threerings ${found.name}: ${line}`);
  return ended.exit;
}

async function invoke(found: RegisteredCommand, rest: readonly string[], terminal: Terminal, env?: Environment): Promise<Ended> {
  const usage = (message: string) => ({ exit: exit.usage, message });
  const parsed = parseArguments(rest, found.takesSettings ? [settings, found.options] : [found.options]);
  if (!parsed.ok) return usage(parsed.message);
  const { given, operands } = parsed.value;
  const misfit = checkOperands(found, operands);
  if (misfit !== undefined) return usage(misfit);
  const config = readConfig(given, env);
  if (!config.ok) return usage(config.message);
  const options = readOptions(found.options, given, {});
  if (!options.ok) return usage(options.message);
  try {
    return await found.run({ options: options.value, operands, config: config.value, terminal });
  } catch (error) {
    if (error instanceof StartRefused) return { exit: exit.failed, message: error.message };
    throw error;
  }
}

function findCommand(args: readonly string[], commands: readonly RegisteredCommand[]) {
  for (const words of [2, 1]) {
    const name = args.slice(0, words).join(' ');
    const found = commands.find((each) => each.name === name);
    if (found !== undefined) return { found, rest: args.slice(words) };
  }
  return { found: undefined, rest: args };
}

function unknownCommand(args: readonly string[], commands: readonly RegisteredCommand[]): string {
  const [first = ''] = args;
  const group = commands.filter((each) => each.name.startsWith(`${first} `)).map((each) => each.name.slice(first.length + 1));
  if (group.length > 0) return `${first}: expected ${group.join(' or ')} after it`;
  const names = [...new Set(commands.map((each) => each.name.split(' ')[0] ?? ''))];
  return `unknown command "${printable(first)}"${suggestion(first, names)}; see threerings --help`;
}

function checkOperands(of: RegisteredCommand, operands: readonly string[]): string | undefined {
  const wanted = of.operands ?? [];
  const missing = wanted.find((each, i) => each.required && operands[i] === undefined);
  if (missing !== undefined) return `expected ${missing.name}: ${missing.help}`;
  const extra = operands[wanted.length];
  if (extra !== undefined && !wanted.at(-1)?.many) return `unexpected "${printable(extra)}"; see --help`;
  return undefined;
}

function overview(commands: readonly RegisteredCommand[]): readonly string[] {
  const width = Math.max(0, ...commands.map((each) => each.name.length));
  return [
    'ThreeRings 三声: a hotline whose written service norms run',
    '',
    'usage: threerings <command> [options]',
    '',
    ...commands.map((each) => `  ${each.name.padEnd(width)}  ${each.summary}`),
    '',
    'threerings <command> --help lists its options.',
    `exit codes: ${exit.done} done, ${exit.no} the answer is no, ${exit.usage} wrong usage or input, ${exit.failed} could not be done`,
  ];
}

function helpForCommand(of: RegisteredCommand): readonly string[] {
  const operands = of.operands ?? [];
  const words = operands.map((each) => `${each.required ? each.name : `[${each.name}]`}${each.many ? ' …' : ''}`);
  const own = Object.keys(of.options).length > 0;
  return [
    `usage: ${['threerings', of.name, ...words, '[options]'].join(' ')}`,
    '',
    of.summary,
    ...(operands.length > 0 ? ['', ...operands.map((each) => `  ${each.name}  ${each.help}`)] : []),
    ...(own ? ['', 'options:', ...helpOf(of.options)] : []),
    ...(of.takesSettings ? ['', 'settings (flag, or environment variable):', ...helpOf(settings)] : []),
  ];
}
