import { FoldedText } from './fold.ts';

/**
 * Text as phrases are compared: compatibility forms folded (full width, circled), lower case, traditional to simplified,
 * spoken digits written as digits, punctuation, symbols, spaces and fillers left out. Normalising it again changes nothing. Every
 * character knows where it stood.
 */
export interface NormalText {
  readonly text: string;
  /** of `text` */
  readonly length: number;
  readonly original: string;
  /** `[from[i], to[i])` in the original is what character i of `text` came from; read below `length` only */
  readonly from: ArrayLike<number>;
  readonly to: ArrayLike<number>;
  /** 1: a clause mark (comma, full stop …) stood right before character i */
  readonly clause: ArrayLike<number>;
}

const draft = new FoldedText();

interface Places {
  readonly from: ArrayLike<number>;
  readonly to: ArrayLike<number>;
  readonly clause: ArrayLike<number>;
}

/** A text that is folded when somebody asks what it says, since most that are read are never asked again; who asks where as well is rarer still. */
class LazyText implements NormalText {
  readonly original: string;
  #text: string | undefined;
  #known: Places | undefined;

  constructor(original: string) {
    this.original = original;
  }

  #places(): Places {
    if (this.#known === undefined) {
      draft.fold(this.original);
      const { length } = draft;
      this.#known = {
        from: draft.from.slice(0, length),
        to: draft.to.slice(0, length),
        clause: draft.clause.slice(0, length),
      };
    }
    return this.#known;
  }

  get text(): string {
    this.#text ??= normalised(this.original);
    return this.#text;
  }

  get length(): number {
    return this.text.length;
  }

  get from(): ArrayLike<number> {
    return this.#places().from;
  }

  get to(): ArrayLike<number> {
    return this.#places().to;
  }

  get clause(): ArrayLike<number> {
    return this.#places().clause;
  }
}

export function normalise(original: string): NormalText {
  return new LazyText(original);
}

/** The normalised characters alone, where the way back is not needed. */
export function normalised(text: string): string {
  draft.fold(text);
  return draft.text();
}

/** `[from, to)` of the normalised text, in the original. */
export function originalSpan(text: NormalText, from: number, to: number): readonly [number, number] {
  const start = text.from[from] ?? 0;
  return [start, to > from ? (text.to[to - 1] ?? start) : start];
}
