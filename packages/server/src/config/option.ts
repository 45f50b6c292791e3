/** How the text of a flag or of an environment variable becomes a value. */
export interface Kind<T> {
  /** completes "expected …" in a refusal */
  readonly expects: string;
  /** placeholder in the help; absent for a switch, which takes no value */
  readonly placeholder?: string;
  /** undefined = not understood */
  parse(text: string): T | undefined;
}

export interface Option<T, F extends T | undefined> {
  readonly kind: Kind<T>;
  /** one line, lower case, without a full stop */
  readonly help: string;
  readonly env?: string;
  readonly fallback: F;
  /** what the help shows as default where the value itself would say nothing or differ by machine */
  readonly shown?: string;
  /** the value is a secret: it is neither printed nor logged */
  readonly secret?: boolean;
}

export type AnyOption = Option<unknown, unknown>;
export type OptionTable = Readonly<Record<string, AnyOption>>;

export type Values<Table extends OptionTable> = {
  readonly [Name in keyof Table]: Table[Name] extends Option<infer T, infer F> ? (undefined extends F ? T | undefined : T) : never;
};

export function option<T, const F extends T | undefined>(
  kind: Kind<T>,
  rest: { readonly help: string; readonly env?: string; readonly fallback: F; readonly shown?: string; readonly secret?: boolean },
): Option<T, F> {
  return { kind, ...rest };
}

/** `rtpPorts` → `--rtp-ports` */
export function flagOf(name: string): string {
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

export function isSwitch(of: AnyOption): boolean {
  return of.kind.placeholder === undefined;
}
