import { compileLexicon, read } from '@threerings/norms/lexical/lexicon';
import type { LoadedPack } from '@threerings/norms/pack';
import type { PhraseFamily, PhraseSeverity } from '@threerings/norms/phrases';
import type { WordFinding } from '../wire/words.ts';
import { typosIn } from './typos.ts';

/** Reads a text before it is sent or saved. The same text has the same findings, gravest first. */
export type WordsCheck = (text: string) => readonly WordFinding[];

/** Families that nobody of the house should write: by their name, as the packs write them. */
const isUnwanted = ({ id, role, severity }: PhraseFamily) =>
  role !== 'customer' && (severity !== undefined || id.startsWith('forbidden_') || id.endsWith('_slang'));

/** What the gravity of a family means before sending: `stop` goes to nobody, `reason` goes with a reason, `note` is shown. */
const levelOf: Readonly<Record<PhraseSeverity, WordFinding['level']>> = { critical: 'stop', major: 'reason', minor: 'note' };
const order = ['stop', 'reason', 'note'] as const;

/**
 * The check that a pack asks for: its families of unwanted words, each as grave as the pack says (the least where it says nothing), 您 for 你
 * (S3-06), and known wrong characters (S3-19). Quoted and negated words are none, as the families' guards say.
 */
export function wordsCheckOf({ families }: Pick<LoadedPack, 'families'>): WordsCheck {
  const unwanted = families.filter(isUnwanted);
  const lexicon = compileLexicon(unwanted, []);
  return (text) => {
    const { families: hits } = read(lexicon, text);
    const found = unwanted.flatMap((family): WordFinding[] => {
      const hit = hits.get(family.id)?.find(({ guarded }) => guarded === undefined);
      if (hit === undefined) return [];
      const level = levelOf[family.severity ?? 'minor'];
      const title = { zh: family.zh, en: family.en ?? family.id };
      return [{ code: family.id, level, title, found: text.slice(hit.span[0], hit.span[1]) }];
    });
    return [...found, ...addressIn(text), ...typos(text)].sort((one, other) => order.indexOf(one.level) - order.indexOf(other.level));
  };
}

function addressIn(text: string): WordFinding[] {
  const [found] = /你(?!们|我他)/.exec(text.replace(/[“"「『][^”"」』]*[”"」』]/g, '')) ?? [];
  return found === undefined
    ? []
    : [{ code: 'address', level: 'note', title: { zh: '称“您”，不称“你”', en: 'say 您, not 你' }, found, instead: '您' }];
}

function typos(text: string): WordFinding[] {
  const title = { zh: '可能有错别字', en: 'perhaps a wrong character' };
  return typosIn(text).map((typo) => ({ code: 'typo', level: 'note', title, ...typo }));
}

/** How many wrong characters were found, for the norm about them. */
export function typosAmong(findings: readonly WordFinding[]): number {
  return findings.filter(({ code }) => code === 'typo').length;
}
