import { readToldTimelines as readTold, type ToldCase } from '@threerings/core/timeline/told-timeline';

/** A told case and the file it stands in. */
export interface FiledCase extends ToldCase {
  readonly file: string;
}

/** Reads told timelines that are part of the program: a line that cannot be read is a bug, and throws with its place. */
export function readToldTimelines(text: string, file: string): FiledCase[] {
  const read = readTold(text);
  if ('cases' in read) return read.cases.map((one) => ({ ...one, file }));
  throw new Error(
    read.faults.map(({ line, column, expected, found }) => `${file}:${line}:${column}: expected ${expected}, found ${found}`).join('\n'),
  );
}
