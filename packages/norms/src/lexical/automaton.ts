/**
 * Aho–Corasick over UTF-16 units: finds every occurrence of any of many words in one pass over a text. Cost of a search:
 * O(length + occurrences), whatever the number of words.
 */
export interface Automaton {
  readonly next: readonly ReadonlyMap<number, number>[];
  readonly fail: readonly number[];
  /** word that ends in this state, or -1 */
  readonly word: readonly number[];
  /** nearest state on the failure path in which a word ends, or 0 */
  readonly output: readonly number[];
  readonly lengths: readonly number[];
}

/** Words are told apart by their index in the list; empty words are refused by the caller. */
export function buildAutomaton(words: readonly string[]): Automaton {
  const next: Map<number, number>[] = [new Map()];
  const word: number[] = [-1];
  words.forEach((text, index) => {
    let state = 0;
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      let target = next[state]?.get(code);
      if (target === undefined) {
        target = next.length;
        next.push(new Map());
        word.push(-1);
        next[state]?.set(code, target);
      }
      state = target;
    }
    word[state] = index;
  });
  return { next, word, lengths: words.map((text) => text.length), ...links(next, word) };
}

function links(next: readonly ReadonlyMap<number, number>[], word: readonly number[]): Pick<Automaton, 'fail' | 'output'> {
  const fail: number[] = next.map(() => 0);
  const output: number[] = next.map(() => 0);
  const queue: number[] = [...(next[0]?.values() ?? [])];
  for (let head = 0; head < queue.length; head++) {
    const state = queue[head] ?? 0;
    const back = fail[state] ?? 0;
    output[state] = (word[back] ?? -1) >= 0 ? back : (output[back] ?? 0);
    for (const [code, target] of next[state] ?? []) {
      fail[target] = follow(next, fail, back, code);
      queue.push(target);
    }
  }
  return { fail, output };
}

function follow(next: readonly ReadonlyMap<number, number>[], fail: readonly number[], from: number, code: number): number {
  let state = from;
  for (;;) {
    const target = next[state]?.get(code);
    if (target !== undefined) return target;
    if (state === 0) return 0;
    state = fail[state] ?? 0;
  }
}

/** Calls `found(word, from)` for every occurrence, in order of where it ends. */
export function search(automaton: Automaton, text: string, found: (word: number, from: number) => void): void {
  const { next, fail, word, output, lengths } = automaton;
  let state = 0;
  for (let i = 0; i < text.length; i++) {
    state = follow(next, fail, state, text.charCodeAt(i));
    for (let hit = (word[state] ?? -1) >= 0 ? state : (output[state] ?? 0); hit !== 0; hit = output[hit] ?? 0) {
      const index = word[hit] ?? 0;
      found(index, i + 1 - (lengths[index] ?? 0));
    }
  }
}
