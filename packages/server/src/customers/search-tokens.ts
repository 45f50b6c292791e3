import { createHmac, hkdfSync } from 'node:crypto';
import { pinyin } from 'pinyin-pro';

/**
 * What customers are searched by, as keyed hashes: the database holds no name and no number in clear, and without the key nobody can
 * try numbers out. A whole number, its last four and last eight digits; every part of a Chinese name, its syllables and their initials.
 */
export class SearchTokens {
  readonly #key: Buffer;

  /** @param masterKey 32 bytes; the key of the index is derived from it */
  constructor(masterKey: Buffer) {
    this.#key = Buffer.from(hkdfSync('sha256', masterKey, '', 'customer-search', 32));
  }

  /** The tokens under which a customer is found. */
  of(name: string, numbers: readonly string[]): Buffer[] {
    const words = [...new Set([...wordsOfName(name), ...numbers.flatMap(wordsOfNumber)])];
    return words.map((word) => this.#token(word));
  }

  /** The token of what somebody typed; undefined when it is too short to search by. */
  query(typed: string): Buffer | undefined {
    const digits = digitsOf(typed);
    if (/^[+0-9 ()-]+$/.test(typed.trim())) return digits.length < 4 ? undefined : this.#token(`number:${nationalOf(digits)}`);
    const word = plain(typed);
    if (/\p{Script=Han}/u.test(word)) return this.#token(`name:${word}`);
    return /^[a-z]{2,60}$/.test(word) ? this.#token(`sound:${word}`) : undefined;
  }

  #token(word: string): Buffer {
    return createHmac('sha256', this.#key).update(word).digest();
  }
}

/** Longest name of which every part is indexed, characters; of a longer one its beginning. */
const longestName = 12;

function plain(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\s·'’-]/g, '');
}

function digitsOf(number: string): string {
  return number.replaceAll(/\D/g, '');
}

/** +86 and 0086 before a number of this country say nothing. */
function nationalOf(digits: string): string {
  return digits.replace(/^(?:00)?86(?=1\d{10}$|\d{10,11}$)/, '');
}

function wordsOfNumber(number: string): string[] {
  const digits = nationalOf(digitsOf(number));
  return [digits, digits.slice(-4), digits.slice(-8)].filter((part) => part.length >= 4).map((part) => `number:${part}`);
}

function wordsOfName(name: string): string[] {
  const characters = [...plain(name)].slice(0, longestName);
  const parts: string[] = [];
  for (let from = 0; from < characters.length; from += 1)
    for (let to = from + 1; to <= characters.length; to += 1) parts.push(`name:${characters.slice(from, to).join('')}`);
  return [...parts, ...soundsOf(characters.join('')).map((sound) => `sound:${sound}`)];
}

/** `zhang`, `zhangwei`, `wei`, `zw`: surnames are read as surnames (单 shan, 仇 qiu). */
function soundsOf(name: string): string[] {
  const syllables = pinyin(name, { toneType: 'none', type: 'array', surname: 'head', nonZh: 'consecutive', v: true }).map(plain);
  const sounds: string[] = [];
  for (let from = 0; from < syllables.length; from += 1)
    for (let to = from + 1; to <= syllables.length; to += 1) sounds.push(syllables.slice(from, to).join(''));
  const initials = syllables.map((syllable) => syllable.slice(0, 1)).join('');
  return [...sounds, initials].filter((sound) => /^[a-z]{2,60}$/.test(sound));
}

/** What may be shown before identity is confirmed. */
export function maskedName(name: string): string {
  const [first = '', ...rest] = [...name.trim()];
  return `${first}${'*'.repeat(Math.min(Math.max(rest.length, 1), 3))}`;
}

export function maskedNumber(number: string): string {
  return `****${digitsOf(number).slice(-4)}`;
}
