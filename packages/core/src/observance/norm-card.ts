import type { Bilingual } from '@threerings/norms/problem';
import type { Verdict } from '@threerings/norms/trace';
import type { WireVerdict } from '../wire/events.ts';

/** What pages show of a norm beside its verdicts. */
export interface NormCard {
  readonly norm: string;
  readonly title: Bilingual;
  readonly cites: readonly string[];
  readonly severity: WireVerdict['severity'];
  readonly points: number;
}

/** A card for a norm that is not in the pack any more: its old verdicts still show, without points. */
export function unknownCard(norm: string, cites: readonly string[] = []): NormCard {
  return { norm, title: { zh: norm, en: norm }, cites, severity: 'advice', points: 0 };
}

/** A verdict as a browser gets it. */
export function verdictOnWire(
  verdict: Verdict,
  card: NormCard,
  words: { readonly explanation: Bilingual; readonly missing?: readonly Bilingual[] | undefined },
  revisedFrom?: WireVerdict['revisedFrom'],
): WireVerdict {
  const { norm, pack, packVersion, key, anchor, value, at, reason, who, nature } = verdict;
  return {
    norm,
    pack,
    packVersion,
    key,
    anchor,
    value,
    at,
    reason,
    who,
    nature,
    title: card.title,
    severity: card.severity,
    points: card.points,
    cites: [...verdict.cites],
    missing: words.missing === undefined ? undefined : [...words.missing],
    witnesses: verdict.witnesses.map(({ event, span }) => ({ event, span: span === undefined ? undefined : [span[0], span[1]] })),
    explanation: words.explanation,
    revisedFrom,
  };
}
