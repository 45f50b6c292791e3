import type { LoadedPack, NormInEnglish } from '@threerings/norms/pack';
import type { Bilingual } from '@threerings/norms/problem';
import type { ResolvedNorm } from '@threerings/norms/tree';

/**
 * What a pack's authors wrote, in both tongues: Chinese from the norms, English from `messages.en.yaml`. Where English is lacking
 * the Chinese words stand, so that nothing is left out.
 */
export class NormWords {
  readonly #english: ReadonlyMap<string, NormInEnglish>;
  readonly #titles: ReadonlyMap<string, string>;
  /** per norm: English messages by their Chinese ones */
  readonly #messages: ReadonlyMap<string, ReadonlyMap<string, string>>;

  constructor({ norms, english }: Pick<LoadedPack, 'norms' | 'english'>) {
    this.#english = english;
    this.#titles = new Map(norms.map(({ id, title }) => [id, title ?? id]));
    this.#messages = new Map(norms.map((norm) => [norm.id, pairs(norm, english.get(norm.id)?.messages ?? [])]));
  }

  title(norm: string): Bilingual {
    const zh = this.#titles.get(norm) ?? norm;
    return { zh, en: this.#english.get(norm)?.title ?? zh };
  }

  /** `zh`: a message of one of the norm's actions */
  message(norm: string, zh: string): Bilingual {
    return { zh, en: this.#messages.get(norm)?.get(zh) ?? zh };
  }

  /** `zh`: the label of one of the norm's parts */
  label(norm: string, zh: string): Bilingual {
    return { zh, en: this.labels(norm)?.[zh] ?? zh };
  }

  labels(norm: string): Readonly<Record<string, string>> | undefined {
    return this.#english.get(norm)?.labels;
  }
}

function pairs(norm: ResolvedNorm, english: readonly string[]): ReadonlyMap<string, string> {
  const chinese = norm.actions.flatMap((action) => ('message' in action && action.message !== undefined ? [action.message] : []));
  return new Map(chinese.flatMap((zh, index) => (english[index] === undefined ? [] : [[zh, english[index]] as const])));
}
