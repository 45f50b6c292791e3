/** What is wrong in an imported file: where, what was expected, what stands there. Lines and columns count from 1. */
export interface ImportFault {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly expected: string;
  readonly found: string;
}

/** A value, or everything that is wrong with its file (at most `mostFaults`, so that a wrong file does not flood the screen). */
export type Imported<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly faults: readonly ImportFault[] };

export const mostFaults = 50;

export function faulty(...faults: readonly ImportFault[]): { readonly ok: false; readonly faults: readonly ImportFault[] } {
  return { ok: false, faults: faults.slice(0, mostFaults) };
}

/** What stands in a cell, for a message: quoted, one line, cut. */
export function shown(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return `"${line.length > 40 ? `${line.slice(0, 40)}…` : line}"`;
}
