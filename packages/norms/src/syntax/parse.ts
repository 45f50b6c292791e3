import { problemAt } from '../messages.ts';
import type { Problem } from '../problem.ts';
import type {
  Adoption,
  BaseDeclaration,
  Definition,
  Formula,
  ListDeclaration,
  Norm,
  Pack,
  ParamDeclaration,
  SourceDeclaration,
} from '../tree.ts';
import { Cursor } from './cursor.ts';
import { lex, type Token } from './lex.ts';
import type { Lexicon } from './lexicon.ts';
import { acceptString, parseCount, parseList, parseName, parseString } from './names.ts';
import { parseAdoption } from './parse-adoption.ts';
import { parseFormula } from './parse-formula.ts';
import { parseNorm, startsItem } from './parse-norm.ts';
import { parseExpression, parsePatterns } from './parse-terms.ts';

/** The longest file that is read, in UTF-16 units. */
export const LONGEST_FILE = 500_000;

export interface Parsed {
  /** what could be read; complete exactly when there are no problems */
  readonly pack: Pack;
  readonly problems: readonly Problem[];
}

interface Draft {
  name?: string | undefined;
  title?: string | undefined;
  version?: number | undefined;
  applies?: Formula | undefined;
  readonly bases: BaseDeclaration[];
  readonly sources: SourceDeclaration[];
  readonly params: ParamDeclaration[];
  readonly lists: ListDeclaration[];
  readonly defines: Definition[];
  readonly norms: Norm[];
  readonly adoptions: Adoption[];
}

/**
 * Reads one `.norm` file in either tongue, or both mixed. Never throws: a mistake costs its clause, and reading goes on at
 * the next one. Refuses files over `LONGEST_FILE` and nesting over 64 levels; at most 50 problems are reported. Time is
 * linear in the length of the text.
 */
export function parse(text: string, file: string, lexicon: Lexicon): Parsed {
  if (text.length > LONGEST_FILE) {
    const span = Object.freeze({ file, line: 1, column: 1, start: 0, end: 0 });
    return { pack: emptyPack(span), problems: [problemAt('N004', span, { args: { limit: LONGEST_FILE } })] };
  }
  const tokens = lex(text, file, lexicon);
  const end = tokens[tokens.length - 1];
  const first = tokens[0];
  if (end === undefined || first === undefined) throw new Error('lex gives at least the end token');
  const c = new Cursor(tokens, end, lexicon);
  const draft: Draft = { bases: [], sources: [], params: [], lists: [], defines: [], norms: [], adoptions: [] };
  if (c.acceptKeyword('pack')) parseHeader(c, draft);
  for (;;) {
    if (c.failed) c.recover(resumesItem);
    if (c.peek().kind === 'end') break;
    parseItem(c, draft);
  }
  return { pack: c.node(first, { kind: 'pack', ...frozen(draft) }), problems: c.problems };
}

function emptyPack(span: Pack['span']): Pack {
  return Object.freeze({ kind: 'pack', bases: [], sources: [], params: [], lists: [], defines: [], norms: [], adoptions: [], span });
}

function frozen({ bases, sources, params, lists, defines, norms, adoptions, ...rest }: Draft): Omit<Pack, 'kind' | 'span'> {
  return {
    ...rest,
    bases: Object.freeze(bases),
    sources: Object.freeze(sources),
    params: Object.freeze(params),
    lists: Object.freeze(lists),
    defines: Object.freeze(defines),
    norms: Object.freeze(norms),
    adoptions: Object.freeze(adoptions),
  };
}

function parseHeader(c: Cursor, draft: Draft): void {
  draft.name = parseName(c, { zh: '规范包的名称', en: 'the name of the pack' });
  draft.title = acceptString(c);
  if (c.acceptKeyword('version')) draft.version = parseCount(c, { zh: '版本', en: 'the version' });
}

const item = {
  zh: '规范、采用、基于、参数、清单、定义、出处、适用，或文件结束',
  en: 'norm, adopts, based on, parameter, list, define, source, applies when, or the end of the file',
};

function parseItem(c: Cursor, draft: Draft): void {
  const from = c.peek();
  if (c.is('keyword', 'norm')) draft.norms.push(parseNorm(c));
  else if (c.is('keyword', 'adopt')) draft.adoptions.push(parseAdoption(c));
  else if (c.acceptKeyword('base')) {
    const name = parseName(c, { zh: '所基于的规范包的名称', en: 'the name of the pack it is based on' });
    c.expect('keyword', 'version');
    const version = parseCount(c, { zh: '版本', en: 'the version' });
    if (!c.failed) draft.bases.push(c.node(from, { name, version }));
  } else if (c.acceptKeyword('source')) {
    const id = parseName(c, { zh: '出处的编号', en: 'the id of the source' });
    const title = parseString(c, { zh: '文件的名称“…”', en: 'the title of the document “…”' });
    if (!c.failed) draft.sources.push(c.node(from, { id, title }));
  } else if (c.acceptKeyword('param')) parseParam(c, from, draft);
  else if (c.acceptKeyword('list')) {
    const name = parseName(c);
    c.expect('comparison', '=');
    c.expectMark('[');
    const items = parseList(c, () => parseExpression(c));
    c.expectMark(']');
    if (!c.failed) draft.lists.push(c.node(from, { name, items }));
  } else if (c.acceptKeyword('define')) {
    const name = parseName(c);
    c.expect('comparison', '=');
    const pattern = parsePatterns(c);
    if (!c.failed) draft.defines.push(c.node(from, { name, pattern }));
  } else if (c.acceptKeyword('applies')) {
    if (draft.applies !== undefined) c.note('N011', from.span, { found: from.text });
    draft.applies = parseFormula(c);
  } else c.fail({ ...item, pool: ['keyword'] });
}

/** Clauses that follow a mistake outside any norm belong to nothing: reading goes on at the next item. */
function resumesItem(token: Token): boolean {
  return token.firstOnLine && startsItem(token);
}

function parseParam(c: Cursor, from: Token, draft: Draft): void {
  const name = parseName(c, { zh: '参数的名称', en: 'the name of the parameter' });
  const title = acceptString(c);
  c.expect('comparison', '=');
  const value = c.acceptKeyword('undecided') ? undefined : parseExpression(c);
  if (!c.failed) draft.params.push(c.node(from, { name, title, value }));
}
