import { flagOf, isSwitch, type OptionTable } from '../config/option.ts';
import { type Given, printable, type Read } from '../config/read-options.ts';

export interface Arguments {
  readonly given: Given;
  readonly operands: readonly string[];
}

/**
 * `--name value`, `--name=value`, `--switch`, `--no-switch`; everything after `--` is an operand.
 * An unknown flag is refused with the nearest known one: a mistyped --public must never be silently ignored.
 */
export function parseArguments(args: readonly string[], tables: readonly OptionTable[]): Read<Arguments> {
  const known = knownFlags(tables);
  const given = new Map<string, string>();
  const operands: string[] = [];
  for (let i = 0; i < args.length; i += 1) {
    const arg = args[i] ?? '';
    if (arg === '--') {
      operands.push(...args.slice(i + 1));
      break;
    }
    if (!arg.startsWith('-') || arg === '-') {
      operands.push(arg);
      continue;
    }
    const [flag, inline] = splitFlag(arg);
    const of = known.get(flag);
    if (of === undefined) return refuse(`${printable(flag)}: unknown option${suggestion(flag, [...known.keys()])}; see --help`);
    if (given.has(of.flag)) return refuse(`${of.flag}: expected once, found twice`);
    if (of.takesValue) {
      const value = inline ?? args[i + 1];
      if (value === undefined || (inline === undefined && value.startsWith('--'))) return refuse(`${flag}: expected a value after it`);
      if (inline === undefined) i += 1;
      given.set(of.flag, value);
    } else if (of.negated && inline !== undefined) return refuse(`${flag}: expected no value, found "${printable(inline)}"`);
    else given.set(of.flag, of.negated ? 'false' : (inline ?? ''));
  }
  return { ok: true, value: { given, operands } };
}

const refuse = (message: string) => ({ ok: false, message }) as const;

function splitFlag(arg: string): readonly [string, string | undefined] {
  const equals = arg.indexOf('=');
  return equals < 0 ? [arg, undefined] : [arg.slice(0, equals), arg.slice(equals + 1)];
}

interface KnownFlag {
  readonly flag: string;
  readonly takesValue: boolean;
  readonly negated: boolean;
}

function knownFlags(tables: readonly OptionTable[]): ReadonlyMap<string, KnownFlag> {
  const known = new Map<string, KnownFlag>();
  for (const [name, of] of tables.flatMap((table) => Object.entries(table))) {
    const flag = flagOf(name);
    known.set(flag, { flag, takesValue: !isSwitch(of), negated: false });
    if (isSwitch(of)) known.set(flag.replace('--', '--no-'), { flag, takesValue: false, negated: true });
  }
  return known;
}

/** `, did you mean --port?` for a word at most two edits away. */
export function suggestion(found: string, among: readonly string[]): string {
  const best = among.map((each) => ({ each, edits: editDistance(found, each) })).sort((a, b) => a.edits - b.edits)[0];
  return best !== undefined && best.edits <= 2 ? `, did you mean ${best.each}?` : '';
}

function editDistance(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 2) return 3;
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
