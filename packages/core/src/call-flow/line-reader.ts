import type { Bilingual } from '@threerings/norms/problem';
import type { Place } from './flow.ts';
import { type FlowProblem, flowProblem } from './problems.ts';
import { flowWords, means } from './words.ts';

interface Word extends Place {
  readonly text: string;
}

/** Also stands in events, and in names of files: no spaces, no slashes. */
const namePattern = /^[\p{L}\p{N}][\p{L}\p{N}._-]{0,39}$/u;
const keyPattern = /^[0-9*#]$/;

/** The words of one line, taken one after the other; the first that is not as expected is told, and nothing after it. */
export class LineReader {
  readonly place: Place;
  readonly #words: readonly Word[];
  readonly #problems: FlowProblem[];
  readonly #end: Place;
  #next = 0;
  #failed = false;

  constructor(text: string, at: { readonly line: number; readonly offset: number }, problems: FlowProblem[]) {
    const { line, offset } = at;
    const placed = (from: number, length: number): Place => ({
      ...{ line, column: from + 1 },
      ...{ from: offset + from, to: offset + from + length },
    });
    // Full-width letters and digits are what an input method gives; places count the text as it stands.
    this.#words = [...text.matchAll(/[^\s\u3000]+/g)].map((match) => ({
      ...placed(match.index, match[0].length),
      text: match[0].normalize('NFKC'),
    }));
    const trimmed = text.trimEnd().length;
    this.#end = placed(trimmed, 0);
    const first = this.#words[0];
    this.place = first === undefined ? this.#end : { ...first, to: offset + trimmed };
    this.#problems = problems;
  }

  get failed(): boolean {
    return this.#failed;
  }

  get atEnd(): boolean {
    return this.#next >= this.#words.length;
  }

  /** The next word as it stands, without taking it. */
  get ahead(): string {
    return this.#words[this.#next]?.text ?? '';
  }

  get aheadPlace(): Place {
    return this.#words[this.#next] ?? this.#end;
  }

  take(): string {
    const { ahead } = this;
    this.#next += 1;
    return ahead;
  }

  /** Takes the word if it is this one. */
  takeIf(meaning: keyof typeof flowWords): boolean {
    if (!means(this.ahead, meaning)) return false;
    this.#next += 1;
    return true;
  }

  keyword(meaning: keyof typeof flowWords): void {
    const [zh, en] = flowWords[meaning];
    if (!this.takeIf(meaning)) this.fail({ zh: `“${zh}”`, en: `“${en}”` });
  }

  name(what: Bilingual): string {
    return this.#matching(namePattern, {
      zh: `${what.zh}（字母、汉字、数字，最多 40 个）`,
      en: `${what.en} (letters and digits, at most 40)`,
    });
  }

  key(): string {
    return this.#matching(keyPattern, { zh: '一个电话按键：0–9、*、#', en: 'a key of a telephone: 0–9, * or #' });
  }

  /** `5 秒`, `5秒`, `5 s`, `5s`: milliseconds. */
  seconds(least: number, most: number): number {
    const value = this.#whole(least, most, { zh: `${least}–${most} 秒`, en: `${least} to ${most} s` }, 'seconds');
    return value * 1000;
  }

  times(most: number): number {
    return this.#whole(1, most, { zh: `1–${most} 次`, en: `1 to ${most} times` }, 'times');
  }

  whole(least: number, most: number): number {
    return this.#whole(least, most, { zh: `${least}–${most}`, en: `${least} to ${most}` });
  }

  /** `4` or `4-6`. */
  range(most: number): readonly [number, number] {
    const { ahead } = this;
    const found = /^(\d{1,2})(?:-(\d{1,2}))?$/.exec(ahead);
    const from = Number(found?.[1]);
    const to = Number(found?.[2] ?? found?.[1]);
    if (found === null || from < 1 || to < from || to > most)
      this.fail({ zh: `位数，如 4 或 4-6，最多 ${most}`, en: `a length, as 4 or 4-6, at most ${most}` });
    else this.#next += 1;
    return [from, to];
  }

  /** `08:30-12:00` as minutes of the day. */
  daypart(): readonly [number, number] {
    const found = /^(\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})$/.exec(this.ahead);
    const [from = Number.NaN, to = Number.NaN] = found === null ? [] : [minutes(found[1], found[2]), minutes(found[3], found[4])];
    if (!(from < 1440 && to <= 1440 && from !== to))
      this.fail({ zh: '时段，如 06:00-12:00，或“其余”', en: 'a part of the day, as 06:00-12:00, or “otherwise”' });
    else this.#next += 1;
    return [from, to];
  }

  /** Nothing follows. */
  end(): void {
    if (!this.atEnd) this.fail({ zh: '行末', en: 'the end of the line' });
  }

  fail(wanted: Bilingual): void {
    if (!this.#failed) this.#problems.push(flowProblem('flow.syntax', this.aheadPlace, { found: this.ahead || '⏎', wanted }));
    this.#failed = true;
  }

  #matching(pattern: RegExp, wanted: Bilingual): string {
    if (!pattern.test(this.ahead)) this.fail(wanted);
    return this.take();
  }

  #whole(least: number, most: number, wanted: Bilingual, unit?: 'seconds' | 'times'): number {
    const found = /^(\d{1,4})(\D*)$/.exec(this.ahead);
    const value = Number(found?.[1]);
    const glued = found?.[2] ?? '';
    const fits = found !== null && value >= least && value <= most && (glued === '' || (unit !== undefined && means(glued, unit)));
    if (!fits) {
      this.fail(wanted);
      return least;
    }
    this.#next += 1;
    if (unit !== undefined && glued === '') this.takeIf(unit);
    return value;
  }
}

function minutes(hour = '', minute = ''): number {
  return Number(minute) < 60 ? Number(hour) * 60 + Number(minute) : Number.NaN;
}
