/**
 * Aho–Corasick over UTF-16 units: finds every occurrence of any of many words in one pass over a text. Cost of a search:
 * O(length + occurrences), whatever the number of words. The edges stand in one open-addressed table of integers, because a
 * table of maps spends most of its time in finding the map.
 */
export interface Automaton {
  /** the units that occur in words, numbered from 1; 0 leads back to the root */
  readonly letters: Uint16Array;
  /** where a letter leads from the root */
  readonly root: Int32Array;
  /** three numbers an edge: state, letter, target; state 0 = free */
  readonly edges: Int32Array;
  /** number of edges that fit, less one; a power of two less one */
  readonly mask: number;
  /** by state: a bit for each letter that leads on from it, by its last five bits; most looks into the table would find nothing */
  readonly leadsOn: Int32Array;
  readonly fail: Int32Array;
  /** word that ends in this state, or -1 */
  readonly word: Int32Array;
  /** nearest state on the failure path in which a word ends, or 0 */
  readonly output: Int32Array;
  readonly lengths: Uint16Array;
}

interface Trie {
  readonly next: Map<number, number>[];
  readonly word: number[];
}

/** Words are told apart by their index in the list; empty words are refused by the caller. */
export function buildAutomaton(words: readonly string[]): Automaton {
  const letters = new Uint16Array(65_536);
  let letter = 0;
  const trie: Trie = { next: [new Map()], word: [-1] };
  words.forEach((text, index) => {
    let state = 0;
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (letters[code] === 0) letters[code] = ++letter;
      state = grow(trie, state, letters[code] ?? 0);
    }
    trie.word[state] = index;
  });
  const root = new Int32Array(letter + 1);
  for (const [by, target] of trie.next[0] ?? []) root[by] = target;
  return { letters, root, ...table(trie), ...links(trie), lengths: Uint16Array.from(words, (text) => text.length) };
}

function grow({ next, word }: Trie, state: number, letter: number): number {
  const known = next[state]?.get(letter);
  if (known !== undefined) return known;
  const target = next.push(new Map()) - 1;
  word.push(-1);
  next[state]?.set(letter, target);
  return target;
}

function table({ next }: Trie): Pick<Automaton, 'edges' | 'mask' | 'leadsOn'> {
  let size = 4;
  while (size < 2 * next.length) size *= 2;
  const mask = size - 1;
  const edges = new Int32Array(3 * size);
  const leadsOn = new Int32Array(next.length);
  next.forEach((targets, state) => {
    if (state === 0) return;
    for (const [letter, target] of targets) {
      let at = slot(state, letter) & mask;
      while (edges[3 * at] !== 0) at = (at + 1) & mask;
      edges.set([state, letter, target], 3 * at);
      leadsOn[state] = (leadsOn[state] as number) | (1 << (letter & 31));
    }
  });
  return { edges, mask, leadsOn };
}

function slot(state: number, letter: number): number {
  const mixed = Math.imul(state, 0x9e3779b1) ^ Math.imul(letter, 0x85ebca6b);
  return mixed ^ (mixed >>> 15);
}

function links({ next, word }: Trie): Pick<Automaton, 'fail' | 'output' | 'word'> {
  const fail = new Int32Array(next.length);
  const output = new Int32Array(next.length);
  const queue: number[] = [...(next[0]?.values() ?? [])];
  for (let head = 0; head < queue.length; head++) {
    const state = queue[head] ?? 0;
    const back = fail[state] ?? 0;
    output[state] = (word[back] ?? -1) >= 0 ? back : (output[back] ?? 0);
    for (const [letter, target] of next[state] ?? []) {
      let from = back;
      while (from !== 0 && next[from]?.get(letter) === undefined) from = fail[from] ?? 0;
      fail[target] = next[from]?.get(letter) ?? 0;
      queue.push(target);
    }
  }
  return { fail, output, word: Int32Array.from(word) };
}

/** Occurrences of words: pairs of word and first position, in order of where they end. Used again for the next text. */
export class Occurrences {
  pairs: Int32Array = new Int32Array(256);
  /** of numbers in `pairs`; twice the number of occurrences */
  length = 0;

  push(word: number, from: number): void {
    if (this.length === this.pairs.length) {
      const larger = new Int32Array(2 * this.length);
      larger.set(this.pairs);
      this.pairs = larger;
    }
    this.pairs[this.length++] = word;
    this.pairs[this.length++] = from;
  }
}

/** Every occurrence in the first `length` units, into `found`. */
export function search(automaton: Automaton, units: Uint16Array, length: number, found: Occurrences): void {
  const { letters, word, output, lengths } = automaton;
  found.length = 0;
  let state = 0;
  for (let i = 0; i < length; i++) {
    const letter = letters[units[i] as number] as number;
    state = letter === 0 ? 0 : follow(automaton, state, letter);
    if (state === 0) continue;
    for (let hit = (word[state] as number) >= 0 ? state : (output[state] as number); hit !== 0; hit = output[hit] as number) {
      const index = word[hit] as number;
      found.push(index, i + 1 - (lengths[index] as number));
    }
  }
}

function follow({ root, edges, mask, leadsOn, fail }: Automaton, from: number, letter: number): number {
  const bit = 1 << (letter & 31);
  for (let state = from; state !== 0; state = fail[state] as number) {
    if (((leadsOn[state] as number) & bit) === 0) continue;
    for (let at = slot(state, letter) & mask; edges[3 * at] !== 0; at = (at + 1) & mask) {
      if (edges[3 * at] === state && edges[3 * at + 1] === letter) return edges[3 * at + 2] as number;
    }
  }
  return root[letter] as number;
}
