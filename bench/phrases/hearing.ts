import { compileLexicon, read } from '@threerings/norms/lexical/lexicon';
import type { PhraseFamily } from '@threerings/norms/phrases';

/** Is one of these families heard in the text? */
export type Hears = (text: string, families: readonly string[]) => boolean;

/** All families of a pack in one lexicon; a text is read once. Throws for a family that the pack does not have. */
export function hearingOf(families: readonly PhraseFamily[]): Hears {
  const lexicon = compileLexicon(families, []);
  let last = '';
  let heard: ReadonlySet<string> = new Set();
  return (text, wanted) => {
    for (const id of wanted) if (!lexicon.families.has(id)) throw new Error(`the pack has no family ${id}`);
    if (text !== last) {
      const hits = [...read(lexicon, text).families.values()].flat().filter(({ guarded }) => guarded === undefined);
      heard = new Set(hits.map(({ family }) => family));
      last = text;
    }
    return wanted.some((id) => heard.has(id));
  };
}
