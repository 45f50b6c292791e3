import type { Action, ActionOn, Duty, Effective, Norm, Trigger } from '../tree.ts';
import { type Cursor, means } from './cursor.ts';
import type { Token } from './lex.ts';
import { acceptString, parseCount, parseName, parseString, parseWhole } from './names.ts';
import { parseFormula } from './parse-formula.ts';
import { parseExpression, parseInterval, parsePatterns, parseRole } from './parse-terms.ts';

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** A norm that is being read: lists still grow. */
interface Draft extends Omit<Writable<Norm>, 'span' | 'cites' | 'duties' | 'actions'> {
  cites: string[];
  duties: Duty[];
  actions: Action[];
}

const clauseWords = [
  'cites',
  'severity',
  'points',
  'scope',
  'responsible',
  'nature',
  'effective',
  'note',
  'when',
  'during',
  'throughout',
  'if',
  'must',
  'mustHave',
  'mustNot',
  'breach',
  'unless',
  'atEnd',
  'atOnce',
  'else',
  'whenKept',
  'warn',
] as const;
export type ClauseWord = (typeof clauseWords)[number];

type Meta = 'severity' | 'points' | 'scope' | 'responsible' | 'nature' | 'effective' | 'note';
/** What a norm says about itself, while it is being read. */
export type MetaDraft = { -readonly [K in Meta]?: Norm[K] | undefined } & { cites: string[] };

const itemWords = ['norm', 'adopt', 'base', 'source', 'param', 'list', 'define', 'applies'] as const;

export function startsItem(token: Token): boolean {
  return itemWords.some((id) => means(token, 'keyword', id));
}

/** Where reading goes on after a mistake: the next clause or item at the beginning of a line. */
export function resumes(token: Token): boolean {
  return token.firstOnLine && (startsItem(token) || clauseWords.some((id) => means(token, 'keyword', id)));
}

/** One norm, from the word 规范 to the next item; clauses in any order. A mistake costs its clause, not the norm. */
export function parseNorm(c: Cursor): Norm {
  const from = c.take();
  const draft: Draft = {
    kind: 'norm',
    id: parseName(c, { zh: '规范的编号', en: 'the id of the norm' }),
    title: acceptString(c),
    cites: [],
    severity: 'major',
    scope: 'call',
    responsible: 'then',
    nature: 'finding',
    duties: [],
    actions: [],
  };
  const seen = new Set<string>();
  for (;;) {
    if (c.failed) c.recover(resumes);
    const at = c.peek();
    if (at.kind === 'end' || startsItem(at)) break;
    const word = clauseWords.find((id) => c.acceptKeyword(id));
    if (word === undefined)
      c.fail({
        zh: '规范的一条（依据、当、若、应、除非、否则 …）',
        en: 'a clause of the norm (cites, when, if, must, unless, else …)',
        pool: ['keyword'],
      });
    else parseClause(c, word, at, draft, seen);
  }
  const { cites, duties, actions, ...rest } = draft;
  return c.node(from, { ...rest, cites: Object.freeze(cites), duties: Object.freeze(duties), actions: Object.freeze(actions) });
}

const repeatable: ReadonlySet<ClauseWord> = new Set([
  'cites',
  'must',
  'mustHave',
  'mustNot',
  'breach',
  'atOnce',
  'else',
  'whenKept',
  'warn',
]);
const triggerWords: ReadonlySet<ClauseWord> = new Set(['when', 'during', 'throughout']);

function parseClause(c: Cursor, word: ClauseWord, at: Token, draft: Draft, seen: Set<string>): void {
  const once = triggerWords.has(word) ? 'trigger' : word;
  if (!repeatable.has(word) && seen.has(once)) c.note('N011', at.span, { found: at.text });
  seen.add(once);
  if (triggerWords.has(word)) draft.trigger = parseTrigger(c, word, at);
  else if (!parseMeta(c, word, draft)) parseDutyOrAction(c, word, at, draft);
}

// ---------- what a norm says about itself

/** Reads what follows one of the words that say something about the norm itself; false for any other word. */
export function parseMeta(c: Cursor, word: ClauseWord, draft: MetaDraft): boolean {
  switch (word) {
    case 'cites':
      parseCites(c, draft);
      return true;
    case 'points':
      draft.points = parseWhole(c, { zh: '分值', en: 'points' });
      return true;
    case 'effective':
      draft.effective = parseEffective(c);
      return true;
    case 'note':
      draft.note = parseString(c);
      return true;
    case 'severity':
      draft.severity = choice(c, 'severity', ['critical', 'major', 'minor', 'advice']) ?? draft.severity;
      return true;
    case 'scope':
      draft.scope = choice(c, 'scope', ['call', 'handling', 'chat', 'case', 'shift']) ?? draft.scope;
      return true;
    case 'responsible':
      draft.responsible =
        choice(c, 'responsible', ['then', 'due', 'receiver', 'leader', 'owner', 'department', 'system']) ?? draft.responsible;
      return true;
    case 'nature':
      draft.nature = choice(c, 'nature', ['finding', 'hint']) ?? draft.nature;
      return true;
    default:
      return false;
  }
}

/** One word of a closed list. */
function choice<const T extends string>(
  c: Cursor,
  kind: 'severity' | 'scope' | 'responsible' | 'nature' | 'proposal',
  ids: readonly T[],
): T | undefined {
  const surfaces = (tongue: 'zh' | 'en'): string =>
    ids.map((id) => c.lexicon.words.get(`${kind}:${id}`)?.[tongue] ?? id).join(tongue === 'zh' ? '、' : ', ');
  const found = c.word(kind, { zh: surfaces('zh'), en: surfaces('en') });
  return ids.find((id) => id === found);
}

function parseCites(c: Cursor, draft: MetaDraft): void {
  const before = draft.cites.length;
  for (let token = c.peek(); token.kind === 'clause'; token = c.peek()) {
    draft.cites.push(token.value);
    c.take();
    c.acceptMark(',');
  }
  if (draft.cites.length === before) c.fail({ zh: '条款编号，如 S1a-15', en: 'a clause id such as S1a-15' });
}

function parseDate(c: Cursor): string {
  const token = c.peek();
  if (token.kind !== 'date') {
    c.fail({ zh: '日期，如 2026-03-01', en: 'a date such as 2026-03-01' });
    return '';
  }
  c.take();
  return token.value;
}

function parseEffective(c: Cursor): Effective {
  const from = parseDate(c);
  return Object.freeze(c.acceptKeyword('to') ? { from, to: parseDate(c) } : { from });
}

// ---------- triggers

function parseTrigger(c: Cursor, word: ClauseWord, from: Token): Trigger {
  if (word === 'throughout') return c.node(from, { kind: 'onScope' });
  if (word === 'during') {
    const role = parseRole(c);
    return c.node(from, { kind: 'onInterval', role, interval: parseInterval(c) });
  }
  const ahead = c.is('role') ? 1 : 0;
  if (c.is('interval', undefined, ahead) && c.is('keyword', 'lasting', ahead + 1)) {
    const role = parseRole(c);
    const interval = parseInterval(c);
    c.expect('keyword', 'lasting');
    return c.node(from, { kind: 'onLasting', role, interval, length: parseExpression(c) });
  }
  const which = parseWhich(c);
  return c.node(from, { kind: 'onEvent', which, pattern: parsePatterns(c) });
}

function parseWhich(c: Cursor): 'each' | 'first' | number {
  if (c.acceptKeyword('first')) return 'first';
  if (!c.acceptKeyword('nth')) return 'each';
  const n = parseCount(c, { zh: '第几次', en: 'the occurrence' });
  c.expect('keyword', 'nthOf');
  return n;
}

// ---------- duties and actions

function parseDutyOrAction(c: Cursor, word: ClauseWord, from: Token, draft: Draft): void {
  switch (word) {
    case 'if':
      draft.guard = parseFormula(c);
      return;
    case 'unless':
      draft.unless = parseFormula(c);
      return;
    case 'must':
    case 'mustHave':
    case 'mustNot':
      draft.duties.push(c.node(from, { kind: 'duty', mode: word, formula: parseFormula(c) }));
      return;
    case 'breach':
      draft.duties.push(c.node(from, { kind: 'duty', mode: word, formula: c.node(from, { kind: 'breach' }) }));
      return;
    case 'atEnd':
      if (c.acceptKeyword('broken')) draft.atEnd = 'broken';
      else if (c.acceptKeyword('moot')) draft.atEnd = 'moot';
      else c.fail({ zh: '违反 或 免除', en: 'broken or moot' });
      return;
    case 'warn':
      draft.actions.push(parseWarning(c, from));
      return;
    default: {
      const action = parseAction(c, from, occasionOf(word));
      if (action !== undefined) draft.actions.push(action);
    }
  }
}

/** On what occasion the action that follows a word is taken. */
export function occasionOf(word: string): ActionOn {
  return word === 'atOnce' ? 'triggered' : word === 'whenKept' ? 'kept' : 'broken';
}

function parsePhrase(c: Cursor): string | undefined {
  return c.acceptKeyword('phrase') ? parseName(c, { zh: '话术族', en: 'a phrase family' }) : undefined;
}

export function parseWarning(c: Cursor, from: Token): Action {
  c.expect('keyword', 'ahead');
  const lead = parseExpression(c);
  const message = acceptString(c);
  const phrase = parsePhrase(c);
  return c.node(from, { kind: 'coach', on: 'warning', lead, message, phrase });
}

export function parseAction(c: Cursor, from: Token, on: ActionOn): Action | undefined {
  if (c.acceptKeyword('coach')) {
    const message = acceptString(c);
    return c.node(from, { kind: 'coach', on, message, phrase: parsePhrase(c) });
  }
  if (c.acceptKeyword('alert')) {
    const to = c.word('role', { zh: '通知谁（班长 …）', en: 'whom to tell (leader …)' }) ?? '';
    return c.node(from, { kind: 'alert', on, to, message: acceptString(c) });
  }
  for (const kind of ['stop', 'askReason'] as const) {
    if (c.acceptKeyword(kind)) return c.node(from, { kind, on, message: acceptString(c) });
  }
  if (c.acceptKeyword('propose')) {
    const what = choice(c, 'proposal', ['promise', 'callback', 'ticket', 'ledger', 'review']) ?? 'review';
    const message = acceptString(c);
    const due = c.acceptKeyword('latest') ? parseExpression(c) : undefined;
    return c.node(from, { kind: 'propose', on, what, message, due });
  }
  if (c.acceptKeyword('score')) return c.node(from, { kind: 'score', on, points: parseWhole(c, { zh: '计分', en: 'a score' }) });
  c.fail({
    zh: '做法（提示、通知、问由、拦截、拟建、计分）',
    en: 'an action (coach, alert, ask reason, stop, propose, score)',
    pool: ['keyword'],
  });
  return undefined;
}
