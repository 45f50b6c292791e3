import { type AnyOption, flagOf, isSwitch, type OptionTable, type Values } from './option.ts';

/** What stood on the command line: flag (with its dashes) → value; a switch has the value '' or 'false'. */
export type Given = ReadonlyMap<string, string>;
export type Environment = Readonly<Record<string, string | undefined>>;

export type Read<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly message: string };

/** The command line wins over the environment, the environment over the default. An empty variable counts as absent. */
export function readOptions<Table extends OptionTable>(table: Table, given: Given, env: Environment): Read<Values<Table>> {
  const values: Record<string, unknown> = {};
  for (const [name, of] of Object.entries(table)) {
    const read = readOne(flagOf(name), of, given, env);
    if (!read.ok) return read;
    values[name] = read.value;
  }
  // Every name of the table has just been read by its own kind.
  return { ok: true, value: values as Values<Table> };
}

function readOne(flag: string, of: AnyOption, given: Given, env: Environment): Read<unknown> {
  const typed = given.get(flag);
  const fromEnv = of.env === undefined ? undefined : env[of.env];
  const found = typed ?? (fromEnv === '' ? undefined : fromEnv);
  if (found === undefined) return { ok: true, value: of.fallback };
  const value = of.kind.parse(found);
  if (value !== undefined) return { ok: true, value };
  const where = typed === undefined && of.env !== undefined ? of.env : flag;
  return { ok: false, message: `${where}: expected ${of.kind.expects}${of.secret ? '' : `, found "${printable(found)}"`}` };
}

/** At most 60 characters on one line. */
export function printable(found: string): string {
  const line = found.replace(/\p{Cc}/gu, '\u{fffd}');
  return line.length > 60 ? `${line.slice(0, 59)}…` : line;
}

/** Two columns for --help: the flag with its placeholder, then help, variable and default. */
export function helpOf(table: OptionTable): readonly string[] {
  const rows = Object.entries(table).map(([name, of]) => {
    const left = isSwitch(of) ? `${flagOf(name)}` : `${flagOf(name)} ${of.kind.placeholder}`;
    const notes = [of.env, defaultOf(of) === undefined ? undefined : `default ${defaultOf(of)}`].filter((note) => note !== undefined);
    return { left, right: `${of.help}${notes.length > 0 ? ` [${notes.join('; ')}]` : ''}` };
  });
  const width = Math.min(34, Math.max(0, ...rows.map((row) => row.left.length)));
  return rows.map((row) => `  ${row.left.padEnd(width)}  ${row.right}`);
}

export function defaultOf(of: AnyOption): string | undefined {
  if (of.shown !== undefined) return of.shown;
  return of.fallback === undefined || of.fallback === false ? undefined : String(of.fallback);
}
