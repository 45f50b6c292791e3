import type { Action, AdoptedValue, Adoption } from '../tree.ts';
import { type Cursor, means } from './cursor.ts';
import type { Token } from './lex.ts';
import { acceptString, parseList, parseName } from './names.ts';
import { type ClauseWord, type MetaDraft, occasionOf, parseAction, parseMeta, parseWarning, resumes, startsItem } from './parse-norm.ts';
import { parseExpression } from './parse-terms.ts';

const metaWords = ['cites', 'severity', 'points', 'responsible', 'nature', 'effective', 'note'] as const satisfies readonly ClauseWord[];

/** An adoption that is being read: lists still grow. */
interface Draft {
  readonly meta: MetaDraft;
  readonly values: AdoptedValue[];
  readonly actions: Action[];
  readonly seen: Set<string>;
}

/** One adopted norm, from the word 采用 to the next item; clauses in any order. A mistake costs its clause, not the adoption. */
export function parseAdoption(c: Cursor): Adoption {
  const from = c.take();
  const base = parseName(c, { zh: '规范包的名称', en: 'the name of a pack' });
  const norm = parseName(c, { zh: '该包中规范的编号', en: 'the id of a norm of that pack' });
  const id = c.acceptKeyword('as') ? parseName(c, { zh: '规范的编号', en: 'the id of the norm' }) : undefined;
  const title = acceptString(c);
  const draft: Draft = { meta: { cites: [] }, values: [], actions: [], seen: new Set() };
  for (;;) {
    if (c.failed) c.recover((token) => resumes(token) || (token.firstOnLine && means(token, 'keyword', 'where')));
    const at = c.peek();
    if (at.kind === 'end' || startsItem(at)) break;
    parseClause(c, at, draft);
  }
  const { cites, ...meta } = draft.meta;
  const lists = { cites: Object.freeze(cites), values: Object.freeze(draft.values), actions: Object.freeze(draft.actions) };
  return c.node(from, { kind: 'adoption', base, norm, id, title, ...meta, ...lists });
}

const clause = {
  zh: '采用的一条（依据、严重度、分值、责任、性质、生效、说明、其中、当即、否则、履行后、预警）',
  en: 'a clause of the adoption (cites, severity, points, responsible, nature, effective, note, where, at once, else, when kept, warn)',
};

function parseClause(c: Cursor, at: Token, { meta, values, actions, seen }: Draft): void {
  if (c.acceptKeyword('where')) {
    values.push(...parseList(c, () => parseValue(c)));
    return;
  }
  const occasion = (['atOnce', 'else', 'whenKept', 'warn'] as const).find((one) => c.acceptKeyword(one));
  if (occasion !== undefined) {
    const action = occasion === 'warn' ? parseWarning(c, at) : parseAction(c, at, occasionOf(occasion));
    if (action !== undefined) actions.push(action);
    return;
  }
  const word = metaWords.find((one) => c.acceptKeyword(one));
  if (word === undefined) {
    c.fail({ ...clause, pool: ['keyword'] });
    return;
  }
  if (word !== 'cites' && seen.has(word)) c.note('N011', at.span, { found: at.text });
  seen.add(word);
  parseMeta(c, word, meta);
}

function parseValue(c: Cursor): AdoptedValue {
  const from = c.peek();
  const name = parseName(c, {
    zh: '通用包里的参数、清单、定义或话术族',
    en: 'a parameter, list, definition or phrase family of the base pack',
  });
  c.expect('comparison', '=');
  return c.node(from, { name, value: parseExpression(c) });
}
