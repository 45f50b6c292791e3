import { type Code, type Details, didYouMean, problemAt } from '../messages.ts';
import { nearest } from '../nearest.ts';
import type { Bilingual, Problem } from '../problem.ts';
import type { Span, Spanned } from '../tree.ts';
import type { WordKind } from './keywords.ts';
import type { Token } from './lex.ts';
import type { Lexicon } from './lexicon.ts';

export const DEEPEST = 64;
export const MOST_PROBLEMS = 50;

/** What may stand at a place: words to say it, and the kinds of words among which a misspelt one is looked for. */
export interface Expectation extends Bilingual {
  readonly pool?: readonly WordKind[];
}

/** “hold starts” (保持开始): one word of the language in both tongues. */
function wordExpected(lexicon: Lexicon, kind: WordKind, id: string): Expectation {
  const word = lexicon.words.get(`${kind}:${id}`);
  return { zh: `“${word?.zh ?? id}”`, en: `“${word?.en ?? id}”`, pool: [kind] };
}

/**
 * A place in the tokens. INVARIANT (failed cursor): after the first failure of a clause the cursor shows the end of the
 * input until `recover`, so that every rule runs out without looking further and nothing is reported twice.
 */
export class Cursor {
  readonly lexicon: Lexicon;
  readonly problems: Problem[] = [];
  readonly #tokens: readonly Token[];
  readonly #end: Token;
  readonly #closing: ReadonlyMap<Token, number>;
  #at = 0;
  #failed = false;
  #depth = 0;

  constructor(tokens: readonly Token[], end: Token, lexicon: Lexicon) {
    this.#tokens = tokens;
    this.#end = end;
    this.lexicon = lexicon;
    this.#closing = pairs(tokens);
  }

  get failed(): boolean {
    return this.#failed;
  }

  /** The token `ahead` places from here; the end token when the input is used up or the cursor has failed. */
  peek(ahead = 0): Token {
    return this.#failed ? this.#end : (this.#tokens[this.#at + ahead] ?? this.#end);
  }

  take(): Token {
    const token = this.peek();
    if (!this.#failed && this.#at < this.#tokens.length - 1) this.#at++;
    return token;
  }

  is(kind: WordKind, id?: string, ahead = 0): boolean {
    return means(this.peek(ahead), kind, id);
  }

  isMark(value: string, ahead = 0): boolean {
    const token = this.peek(ahead);
    return token.kind === 'mark' && token.value === value;
  }

  /** The id of the word here, if it has a meaning of that kind. */
  idOf(kind: WordKind): string | undefined {
    const token = this.peek();
    return token.kind === 'word' ? token.meanings.find((meaning) => meaning.kind === kind)?.id : undefined;
  }

  accept(kind: WordKind, id: string): boolean {
    if (!this.is(kind, id)) return false;
    this.take();
    return true;
  }

  acceptKeyword(id: string): boolean {
    return this.accept('keyword', id);
  }

  acceptMark(value: string): boolean {
    if (!this.isMark(value)) return false;
    this.take();
    return true;
  }

  expect(kind: WordKind, id: string): void {
    if (!this.accept(kind, id)) this.fail(wordExpected(this.lexicon, kind, id));
  }

  expectMark(value: string): void {
    if (!this.acceptMark(value)) this.fail({ zh: `“${value}”`, en: `“${value}”` });
  }

  /** Any word of one kind; its id, or undefined after a failure. */
  word(kind: WordKind, expected: Bilingual): string | undefined {
    const id = this.idOf(kind);
    if (id === undefined) this.fail({ ...expected, pool: [kind] });
    else this.take();
    return id;
  }

  /** The token behind the bracket that closes the one here. */
  behindBracket(): Token {
    const closing = this.#closing.get(this.peek());
    return closing === undefined ? this.#end : (this.#tokens[closing + 1] ?? this.#end);
  }

  fail(expected: Expectation): void {
    if (this.#failed) return;
    const token = this.peek();
    const suggestion = this.#neighbour(token, expected);
    if (token.kind === 'unknown') {
      this.#refuse(token.code, token, { suggestion });
      return;
    }
    const found: Bilingual =
      token.kind === 'end' ? { zh: '文件结束', en: 'the end of the file' } : { zh: `“${token.text}”`, en: `“${token.text}”` };
    this.#refuse('N010', token, {
      args: { expected: { zh: expected.zh, en: expected.en }, found },
      expected: { zh: expected.zh, en: expected.en },
      suggestion,
    });
  }

  #neighbour(token: Token, expected: Expectation): Bilingual | undefined {
    if (token.kind === 'end' || (token.kind === 'unknown' && token.code !== 'N001')) return undefined;
    const kinds = expected.pool ?? (token.kind === 'unknown' ? [...this.lexicon.surfaces.keys()] : []);
    return didYouMean(
      nearest(
        token.text,
        kinds.flatMap((kind) => this.lexicon.surfaces.get(kind) ?? []),
      ),
    );
  }

  /** Reports a problem at a token and fails. */
  refuse(code: Code, token: Token, details: Details = {}): void {
    if (!this.#failed) this.#refuse(code, token, details);
  }

  #refuse(code: Code, token: Token, details: Details): void {
    this.note(code, token.span, { found: token.text, ...details });
    this.#failed = true;
  }

  /** Reports a problem and goes on reading. */
  note(code: Code, span: Span, details: Details = {}): void {
    if (this.problems.length < MOST_PROBLEMS) this.problems.push(problemAt(code, span, details));
    else if (this.problems.length === MOST_PROBLEMS) {
      this.problems.push(problemAt('N008', span, { args: { limit: MOST_PROBLEMS } }));
      this.#at = this.#tokens.length - 1;
    }
  }

  /** After a failure: goes on at the next token for which `resume` holds, or at the end. Words nobody knows are reported on the way. */
  recover(resume: (token: Token) => boolean): void {
    this.#failed = false;
    if (this.peek().kind === 'unknown') this.take();
    while (this.peek().kind !== 'end' && !resume(this.peek())) {
      const token = this.take();
      if (token.kind === 'unknown') this.note(token.code, token.span, { found: token.text });
    }
  }

  /** Runs a rule one level deeper; refuses beyond `DEEPEST` levels. */
  deeper<T>(rule: () => T, otherwise: T): T {
    if (this.#depth >= DEEPEST) {
      this.refuse('N005', this.peek(), { args: { limit: DEEPEST } });
      return otherwise;
    }
    this.#depth++;
    const result = rule();
    this.#depth--;
    return result;
  }

  /** A frozen node that spans from `from` to the last token taken. */
  node<T extends object>(from: Token, shape: T): Readonly<T> & Spanned {
    const last = this.#tokens[Math.max(0, this.#at - 1)] ?? from;
    const end = Math.max(from.span.end, last.span.end);
    return Object.freeze({ ...shape, span: Object.freeze({ ...from.span, end }) });
  }
}

export function means(token: Token, kind: WordKind, id?: string): boolean {
  return token.kind === 'word' && token.meanings.some((meaning) => meaning.kind === kind && (id === undefined || meaning.id === id));
}

/** Each opening bracket with the place of the one that closes it. */
function pairs(tokens: readonly Token[]): ReadonlyMap<Token, number> {
  const found = new Map<Token, number>();
  const open: Token[] = [];
  for (const [index, token] of tokens.entries()) {
    if (token.kind !== 'mark') continue;
    if (token.value === '(' || token.value === '[') open.push(token);
    if (token.value !== ')' && token.value !== ']') continue;
    const opener = open.pop();
    if (opener !== undefined) found.set(opener, index);
  }
  return found;
}
