import type { OptionTable, Values } from '../config/option.ts';
import type { Config } from '../config.ts';

/** What a process tells its caller. */
export const exit = {
  done: 0,
  /** the command ran and its answer is no: a seal is broken, a pack does not check, a norm is broken under --strict */
  no: 1,
  /** wrong flag, wrong operand, unreadable input */
  usage: 2,
  /** port in use, no right to write, no database, damaged data */
  failed: 3,
} as const;
export type ExitCode = (typeof exit)[keyof typeof exit];

/** A command's end that is not `done`: one line (or several, one for each finding), shown after the command's name. */
export interface Ended {
  readonly exit: ExitCode;
  readonly message?: string;
}

/** The terminal as a command sees it; tests pass their own. */
export interface Terminal {
  /** one line to standard output: results only */
  print(line: string): void;
  /** one line to standard error: progress, warnings */
  note(line: string): void;
  /** text of standard input up to `maxBytes`, or undefined if it is longer */
  readAll(maxBytes: number): Promise<string | undefined>;
  /** standard input as it comes, for texts of any length; absent where there is none */
  input?(): AsyncIterable<Uint8Array>;
  /** asks without echo; undefined where no person sits at the terminal */
  askSecret(question: string): Promise<string | undefined>;
}

export interface Operand {
  readonly name: string;
  readonly help: string;
  readonly required: boolean;
  /** takes all that follow; only the last one may */
  readonly many?: boolean;
}

export interface Invocation<Table extends OptionTable> {
  readonly options: Values<Table>;
  readonly operands: readonly string[];
  /** present even where `takesSettings` is false: then from the environment and the defaults alone */
  readonly config: Config;
  readonly terminal: Terminal;
}

export interface Command<Table extends OptionTable = OptionTable> {
  /** one or two words: `serve`, `admin create` */
  readonly name: string;
  readonly summary: string;
  readonly options: Table;
  readonly operands?: readonly Operand[];
  /** true = the server's settings (--data, --database-url …) are flags of this command too */
  readonly takesSettings: boolean;
  run(invocation: Invocation<Table>): Promise<Ended>;
}

/** A command in the registry: its table is checked where it is defined and forgotten here. */
export type RegisteredCommand = Omit<Command, 'run'> & { run(invocation: Invocation<OptionTable>): Promise<Ended> };

export function command<const Table extends OptionTable>(definition: Command<Table>): RegisteredCommand {
  // The frame reads `options` with this very table before it calls `run`.
  return { ...definition, run: (invocation) => definition.run(invocation as unknown as Invocation<Table>) };
}

/**
 * The line for a finding in a text file, 1-based, in the form editors can jump to.
 * `packs/12333/ring.pack:12:5: expected a duration, found "abc"`
 */
export function finding(place: { readonly file: string; readonly line: number; readonly column: number }, expected: string, found: string) {
  return `${place.file}:${place.line}:${place.column}: expected ${expected}, found ${found}`;
}
