import { variantProblem } from '../lexical/lexicon.ts';
import { slotGrammars } from '../lexical/slots.ts';
import { type Code, type Details, problemAt } from '../messages.ts';
import { type PhraseFamily, type PhraseGuard, phraseGuards, phraseSeverities } from '../phrases.ts';
import type { Bilingual, Problem } from '../problem.ts';
import type { Span } from '../tree.ts';

/** Where the value at a path of a YAML document stands, from 1; undefined where the reader does not know. */
export type Locate = (path: readonly (string | number)[]) => { readonly line: number; readonly column: number } | undefined;

/** A YAML file after it was read; the shell parses, this package judges. */
export interface Document {
  readonly path: string;
  readonly data: unknown;
  readonly locate?: Locate | undefined;
}

export interface FamiliesRead {
  readonly families: readonly PhraseFamily[];
  readonly problems: readonly Problem[];
}

const MOST_FAMILIES = 500;
const MOST_SENTENCES = 200;
const LONGEST_SENTENCE = 200;
const roles = ['agent', 'customer'] as const;
const moods = ['positive', 'negative'] as const;
const keys = ['zh', 'en', 'say', 'norms', 'role', 'whole', 'severity', 'guard', 'mood', 'fuzzy', 'variants', 'not', 'examples'];

type Table = Readonly<Record<string, unknown>>;

function isTable(value: unknown): value is Table {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A place in a document as a span of no length. */
export function spanIn({ path, locate }: Document, at: readonly (string | number)[]): Span {
  const { line, column } = locate?.(at) ?? { line: 1, column: 1 };
  return Object.freeze({ file: path, line, column, start: 0, end: 0 });
}

/**
 * Reads the families of one `.phrases.yaml`: a table of families by id with `zh`, `en`?, `say`?, `norms`?, `role`?, `whole`?, `severity`?,
 * `guard`?, `mood`?, `fuzzy`?, `variants`, `not`?, `examples`?. At most 500 families of 200 sentences of 200 characters.
 */
export function readFamilies(document: Document): FamiliesRead {
  const reader = new Reader(document);
  const { data } = document;
  if (!isTable(data) || Object.keys(data).length > MOST_FAMILIES) {
    reader.refuse('*', [], { zh: '话术族的表', en: `a table of at most ${MOST_FAMILIES} families` });
    return { families: [], problems: reader.problems };
  }
  const families = Object.entries(data).flatMap(([id, value]) => reader.family(id, value) ?? []);
  return { families: Object.freeze(families), problems: reader.problems };
}

class Reader {
  readonly problems: Problem[] = [];
  readonly #document: Document;

  constructor(document: Document) {
    this.#document = document;
  }

  #report(code: Code, at: readonly (string | number)[], details: Details): void {
    this.problems.push(problemAt(code, spanIn(this.#document, at), details));
  }

  refuse(name: string, at: readonly (string | number)[], expected: Bilingual): void {
    const field = at.slice(1).join('.') || name;
    this.#report('N080', at, { args: { name, field, expected }, expected });
  }

  family(id: string, value: unknown): PhraseFamily | undefined {
    if (!/^(?:[A-Za-z][A-Za-z0-9_.-]*|[^\s「」]{1,40})$/.test(id)) {
      this.refuse(id, [id], { zh: '不含空格的名称', en: 'a name without blanks' });
      return undefined;
    }
    if (!isTable(value)) {
      this.refuse(id, [id], { zh: '含 zh 与 variants 的表', en: 'a table with zh and variants' });
      return undefined;
    }
    for (const key of Object.keys(value)) {
      if (!keys.includes(key)) this.refuse(id, [id, key], { zh: `${keys.join('、')} 之一`, en: `one of ${keys.join(', ')}` });
    }
    const examples = isTable(value['examples']) ? value['examples'] : {};
    const family: PhraseFamily = {
      id,
      zh: this.#text(id, value, 'zh') ?? id,
      en: value['en'] === undefined ? undefined : this.#text(id, value, 'en'),
      ...(value['say'] === undefined ? {} : { say: this.#text(id, value, 'say') }),
      norms: this.#texts(id, value['norms'], ['norms']),
      ...(value['role'] === undefined ? {} : { role: this.#oneOf(id, value, 'role', roles) }),
      ...(value['whole'] === undefined ? {} : { whole: this.#truth(id, value, 'whole') }),
      ...(value['severity'] === undefined ? {} : { severity: this.#oneOf(id, value, 'severity', phraseSeverities) }),
      guard: this.#guards(id, value['guard']),
      ...(value['mood'] === undefined ? {} : { mood: this.#oneOf(id, value, 'mood', moods) }),
      pinyin: this.#pinyin(id, value['fuzzy']),
      variants: this.#texts(id, value['variants'], ['variants']),
      not: this.#texts(id, value['not'], ['not']),
      hit: this.#texts(id, examples['hit'], ['examples', 'hit']),
      miss: this.#texts(id, examples['miss'], ['examples', 'miss']),
    };
    if (family.variants.length === 0) this.refuse(id, [id, 'variants'], { zh: '至少一句', en: 'at least one sentence' });
    this.#checkSentences(family);
    return Object.freeze(family);
  }

  #text(id: string, table: Table, key: string): string | undefined {
    const value = table[key];
    if (typeof value === 'string' && value !== '' && value.length <= LONGEST_SENTENCE) return value;
    this.refuse(id, [id, key], { zh: '文字', en: 'a text' });
    return undefined;
  }

  #oneOf<T extends string>(id: string, table: Table, key: string, allowed: readonly T[]): T | undefined {
    const found = allowed.find((one) => one === table[key]);
    if (found === undefined) this.refuse(id, [id, key], { zh: allowed.join('、'), en: allowed.join(' or ') });
    return found;
  }

  #truth(id: string, table: Table, key: string): boolean {
    const value = table[key];
    if (typeof value !== 'boolean') this.refuse(id, [id, key], { zh: 'true 或 false', en: 'true or false' });
    return value === true;
  }

  #texts(id: string, value: unknown, path: readonly string[]): readonly string[] {
    if (value === undefined) return [];
    const bound = {
      zh: `最多 ${MOST_SENTENCES} 句、每句最多 ${LONGEST_SENTENCE} 字`,
      en: `a list of at most ${MOST_SENTENCES} texts of ${LONGEST_SENTENCE} characters`,
    };
    if (!Array.isArray(value) || value.length > MOST_SENTENCES) {
      this.refuse(id, [id, ...path], bound);
      return [];
    }
    const texts: string[] = [];
    for (const [index, item] of value.entries()) {
      if (typeof item === 'string' && item !== '' && item.length <= LONGEST_SENTENCE) texts.push(item);
      else this.refuse(id, [id, ...path, index], bound);
    }
    return Object.freeze(texts);
  }

  #guards(id: string, value: unknown): readonly PhraseGuard[] {
    const texts = this.#texts(id, value, ['guard']);
    for (const text of texts) {
      if (!phraseGuards.some((guard) => guard === text)) {
        this.refuse(id, [id, 'guard'], { zh: phraseGuards.join('、'), en: phraseGuards.join(' or ') });
      }
    }
    return phraseGuards.filter((guard) => texts.includes(guard));
  }

  #pinyin(id: string, value: unknown): number {
    if (value === undefined) return 0;
    const pinyin = isTable(value) ? value['pinyin'] : undefined;
    if (typeof pinyin === 'number' && Number.isInteger(pinyin) && pinyin >= 0 && pinyin <= 3) return pinyin;
    this.refuse(id, [id, 'fuzzy'], { zh: '{pinyin: 0 至 3}', en: '{pinyin: 0 to 3}' });
    return 0;
  }

  #checkSentences({ id, variants, not }: PhraseFamily): void {
    for (const [key, sentences] of [
      ['variants', variants],
      ['not', not],
    ] as const) {
      for (const [index, sentence] of sentences.entries()) {
        const fault = variantProblem(sentence);
        if (fault === undefined) continue;
        const at = [id, key, index];
        if (fault.code === 'unknown-slot') {
          const fields = [...slotGrammars.keys()].join('、');
          this.#report('N081', at, { args: { name: id, slot: fault.found, fields }, found: fault.found });
        } else this.refuse(id, at, faults[fault.code]);
      }
    }
  }
}

const faults: Readonly<Record<'unclosed' | 'no-words' | 'too-many', Bilingual>> = {
  unclosed: { zh: '成对且不互相嵌套的 {}、[] 或 ()', en: 'brackets that close and do not stand inside each other' },
  'no-words': { zh: '至少含一个字的句子', en: 'a sentence with at least one word' },
  'too-many': { zh: '各个 (…|…)、[…|…] 合起来不超过 256 种', en: 'at most 256 combinations of its (…|…) and […|…]' },
};
