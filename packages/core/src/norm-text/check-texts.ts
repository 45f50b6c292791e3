import { baseVersionsOf, type LoadedPack, loadPack, type PackFile } from '@threerings/norms/pack';
import type { Bilingual } from '@threerings/norms/problem';
import type { Lexicon } from '@threerings/norms/syntax/lexicon';
import { type FiledFault, readLabelTests } from '../norm-labels/label-tests.ts';
import { packFileOf } from './pack-file.ts';

export interface PackTexts {
  readonly path: string;
  readonly text: string;
}

/** Something to correct, where the writer sees it. Offsets are UTF-16 units of the file's text. */
export interface TextProblem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly from: number;
  readonly to: number;
  readonly code: string;
  readonly severity: 'error' | 'warning';
  readonly message: Bilingual;
  readonly suggestion?: Bilingual | undefined;
}

export interface CheckedTexts {
  /** absent when a problem is an error */
  readonly pack?: LoadedPack | undefined;
  readonly problems: readonly TextProblem[];
  /** packs that it is based on and that were not given, as `name@version` */
  readonly wants: readonly string[];
}

/** Packs that others are based on, by `name@version` as those name them. */
export type BaseTexts = ReadonlyMap<string, readonly PackTexts[]>;

/**
 * Checks the texts of a pack as an editor has them: no file and no server is asked. What it is based on comes as texts too; a base that
 * was not given is named in `wants`, and its absence is told as a problem.
 */
export function checkTexts(
  texts: readonly PackTexts[],
  bases: BaseTexts,
  clauses: ReadonlySet<string> | undefined,
  lexicon: Lexicon,
): CheckedTexts {
  return checkAmong(texts, bases, clauses, lexicon, []);
}

function checkAmong(
  texts: readonly PackTexts[],
  bases: BaseTexts,
  clauses: ReadonlySet<string> | undefined,
  lexicon: Lexicon,
  asking: readonly string[],
): CheckedTexts {
  const files: PackFile[] = [];
  const unreadable: TextProblem[] = [];
  for (const { path, text } of texts) {
    const file = packFileOf(path, text);
    if (!('faults' in file)) files.push(file);
    else for (const { line, column, found } of file.faults) unreadable.push(notYaml(path, text, line, column, found));
  }
  const wanted = baseVersionsOf(files, lexicon).map(({ name, version }) => ({ name, key: `${name}@${version}` }));
  const loaded = new Map<string, LoadedPack | 'faulty' | 'cyclic'>();
  const wants = wanted.flatMap(({ key }) => (bases.has(key) ? [] : [key]));
  for (const { name, key } of wanted) {
    const given = bases.get(key);
    if (given === undefined) continue;
    const base = asking.includes(key) ? undefined : checkAmong(given, bases, clauses, lexicon, [...asking, key]);
    wants.push(...(base?.wants ?? []));
    loaded.set(name, base === undefined ? 'cyclic' : (base.pack ?? 'faulty'));
  }
  const result = loadPack(files, {
    lexicon,
    clauses,
    bases: loaded,
    packsBeside: [...bases.keys()].map((key) => key.slice(0, key.lastIndexOf('@'))),
    hash: '',
  });
  const found = (result.ok ? result.pack.warnings : result.problems).map(
    ({ file, line, column, span, code, severity, message, suggestion }): TextProblem => ({
      file,
      line,
      column,
      from: span.start,
      to: span.end,
      code,
      severity,
      message,
      suggestion,
    }),
  );
  const tests = result.ok ? readLabelTests(result.pack) : undefined;
  const faults = tests !== undefined && 'faults' in tests ? tests.faults.map((fault) => faultOf(texts, fault)) : [];
  const problems = [...unreadable, ...found, ...faults];
  const pack = result.ok && unreadable.length + faults.length === 0 ? result.pack : undefined;
  return { pack, problems, wants };
}

/** Something in the labelled tests that cannot be read. */
function faultOf(texts: readonly PackTexts[], { file, line, column, expected, found }: FiledFault): TextProblem {
  const text = texts.find(({ path }) => path === file)?.text ?? '';
  const from = offsetOf(text, line, column);
  const end = text.indexOf('\n', from);
  const message = { zh: `这里应写 ${expected}，写的是${found}`, en: `expected ${expected}, found ${found}` };
  return { file, line, column, from, to: end < 0 ? text.length : end, code: 'label', severity: 'error', message };
}

/** Line and column count from 1. */
function offsetOf(text: string, line: number, column: number): number {
  const before = text.split('\n').slice(0, line - 1);
  return Math.min(text.length, before.reduce((sum, each) => sum + each.length + 1, 0) + column - 1);
}

function notYaml(file: string, text: string, line: number, column: number, found: string): TextProblem {
  const from = offsetOf(text, line, column);
  return {
    file,
    line,
    column,
    from,
    to: Math.min(text.length, from + 1),
    code: 'yaml',
    severity: 'error',
    message: { zh: `这里不是正确的 YAML：${found}`, en: `this is no YAML: ${found}` },
  };
}
