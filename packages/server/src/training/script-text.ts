import { type KnownNames, scriptFaults } from '@threerings/core/training/check-script';
import { type TrainingScript, trainingScript } from '@threerings/core/training/script';
import { LineCounter, parseDocument } from 'yaml';
import { type ImportFault, mostFaults, shown } from '../imports/fault.ts';

/** Longest script that is read, characters. */
export const longestScript = 100_000;

/** A fault of a script, with what to do about it where that is not plain. */
export interface TextFault extends ImportFault {
  readonly remedy?: { readonly zh: string; readonly en: string } | undefined;
}

export type ReadScript =
  | { readonly ok: true; readonly script: TrainingScript }
  | { readonly ok: false; readonly faults: readonly TextFault[] };

/** Reads a script. What cannot be meant is told at its line and column, with what was expected; `known`: what it may name of the norms. */
export function readScript(file: string, text: string, known: (pack: string | undefined) => KnownNames | undefined): ReadScript {
  const lines = new LineCounter();
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  const faulty = (faults: readonly TextFault[]): ReadScript => ({ ok: false, faults: faults.slice(0, mostFaults) });
  if (text.length > longestScript)
    return faulty([{ file, line: 1, column: 1, expected: `at most ${longestScript} characters`, found: `${text.length}` }]);
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true });
  if (document.errors.length > 0)
    return faulty(document.errors.map(({ pos, message }) => ({ file, ...at(pos[0]), expected: 'YAML', found: shown(message) })));
  const placeOf = (path: readonly PropertyKey[]): { line: number; column: number } => {
    const node: unknown = document.getIn(path, true);
    const range = typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range) ? node.range : undefined;
    return range === undefined && path.length > 0 ? placeOf(path.slice(0, -1)) : at(Number(range?.[0] ?? 0));
  };
  const read = trainingScript.safeParse(plain(document));
  if (!read.success) {
    return faulty(
      read.error.issues.map(({ path, message }) => ({
        file,
        ...placeOf(path),
        expected: `a proper ${path.join('.')}`,
        found: shown(message),
      })),
    );
  }
  const names = known(read.data.pack);
  if (names === undefined)
    return faulty([{ file, ...placeOf(['pack']), expected: 'a norm pack of this hotline', found: read.data.pack ?? '' }]);
  const faults = scriptFaults(read.data, names);
  if (faults.length === 0) return { ok: true, script: read.data };
  return faulty(faults.map(({ path, expected, found, remedy }) => ({ file, ...placeOf(path), expected, found: shown(found), remedy })));
}

function plain(document: ReturnType<typeof parseDocument>): unknown {
  try {
    return document.toJS({ maxAliasCount: 0 });
  } catch {
    return undefined;
  }
}

export function faultLine({ file, line, column, expected, found, remedy }: TextFault, language: 'zh' | 'en'): string {
  return `${file}:${line}:${column}: expected ${expected}, found ${found}${remedy === undefined ? '' : `; ${remedy[language]}`}`;
}
