import { type NormCard, unknownCard, verdictOnWire } from '@threerings/core/observance/norm-card';
import { vocabulary } from '@threerings/core/timeline/vocabulary';
import type { WireVerdict } from '@threerings/core/wire/events';
import { type WordsCheck, wordsCheckOf } from '@threerings/core/words/words-check';
import { explainVerdict } from '@threerings/norms/explain/verdict';
import type { LoadedPack } from '@threerings/norms/pack';
import type { PhraseFamily } from '@threerings/norms/phrases';
import { buildLexicon } from '@threerings/norms/syntax/lexicon';
import type { TraceEvent } from '@threerings/norms/trace';
import type { ResolvedNorm } from '@threerings/norms/tree';
import type { StoredVerdict } from '../observance/verdicts-read-model.ts';
import { NormWords } from './norm-words.ts';

/** What pages need to know of the norms in force: titles, clauses, and sentences about verdicts. */
export class NormBook {
  readonly pack: LoadedPack;
  readonly words: NormWords;
  readonly cards: readonly NormCard[];
  /** reads what the house writes before it goes out */
  readonly checkWords: WordsCheck;
  readonly #norms: ReadonlyMap<string, ResolvedNorm>;
  readonly #phrases: { readonly lexicon: ReturnType<typeof buildLexicon>; readonly families: LoadedPack['families'] };

  constructor(pack: LoadedPack) {
    this.pack = pack;
    this.words = new NormWords(pack);
    this.cards = pack.norms.map((norm) => this.#cardOf(norm));
    this.checkWords = wordsCheckOf(pack);
    this.#norms = new Map(pack.norms.map((norm) => [norm.id, norm]));
    this.#phrases = { lexicon: buildLexicon(vocabulary), families: pack.families };
  }

  family(id: string): PhraseFamily | undefined {
    return this.pack.families.find((family) => family.id === id);
  }

  card(norm: string, cites: readonly string[] = []): NormCard {
    return this.cards.find((card) => card.norm === norm) ?? unknownCard(norm, cites);
  }

  /** A norm in force, with its actions. */
  norm(norm: string): ResolvedNorm | undefined {
    return this.#norms.get(norm);
  }

  /** The verdict as a page shows it, explained from the events of its interaction. */
  onWire({ verdict, revisedFrom }: StoredVerdict, events: readonly TraceEvent[]): WireVerdict {
    const norm = this.#norms.get(verdict.norm);
    const scopeStart = events[0]?.occurredAt ?? verdict.anchor;
    const explanation =
      norm === undefined
        ? { zh: `规范 ${verdict.norm} 已不在现行规范包中`, en: `norm ${verdict.norm} is no longer in the pack in force` }
        : explainVerdict({ verdict, norm, events, scopeStart }, { ...this.#phrases, labels: this.words.labels(norm.id) });
    const missing = verdict.missing?.map((label) => this.words.label(verdict.norm, label));
    const from = revisedFrom && { ...revisedFrom, cause: causeWord(revisedFrom.cause, events) };
    return verdictOnWire(verdict, this.card(verdict.norm, verdict.cites), { explanation, missing }, from);
  }

  #cardOf({ id, cites, severity, points }: ResolvedNorm): NormCard {
    return { norm: id, title: this.words.title(id), cites, severity: severity ?? 'minor', points: points ?? 0 };
  }
}

/** Why a verdict was revised: a text that came late, another late fact, or `pack:<name>@<version>` as it is. */
function causeWord(cause: string, events: readonly TraceEvent[]): string {
  if (cause.startsWith('pack:')) return cause;
  return events.find(({ id }) => id === cause)?.type === 'speech.said' ? 'late' : 'late-fact';
}
