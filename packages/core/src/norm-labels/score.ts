import type { Verdict } from '@threerings/norms/trace';
import type { FiledConversation, Gate, Gates } from './label-tests.ts';

/**
 * How a norm fares on labelled conversations. What it looks for is the breach: `hits` are breaches that a person and the norm name,
 * `misses` those that only the person names, `falseAlarms` those that only the norm names. precision = hits ÷ (hits + falseAlarms),
 * recall = hits ÷ (hits + misses), both from 0 to 1 and absent where nothing was divided by.
 */
export interface NormScore {
  readonly norm: string;
  /** conversations with a label of its own */
  readonly labelled: number;
  readonly hits: number;
  readonly misses: number;
  readonly falseAlarms: number;
  /** labelled kept or broken, judged unknown */
  readonly undecided: number;
  readonly precision?: number | undefined;
  readonly recall?: number | undefined;
  /** what it had to reach and did not */
  readonly below?: Gate | undefined;
}

/** A conversation that came out otherwise than it was labelled. */
export interface Disagreement {
  readonly file: string;
  readonly line: number;
  readonly name: string;
  readonly stored?: string | undefined;
  readonly norm: string;
  /** values in order; empty = nothing is said */
  readonly labelled: readonly string[];
  readonly judged: readonly string[];
}

export interface LabelScores {
  readonly conversations: number;
  /** stored ones that could not be read here: erased, unknown, or no database at hand */
  readonly skipped: number;
  /** by the norm's id; only norms with a label, and those that raised a false alarm under `others` */
  readonly norms: readonly NormScore[];
  readonly disagreements: readonly Disagreement[];
}

/** Counts what was judged against what was labelled. A conversation that is not among `judged` is skipped. */
export function scoreLabels(
  conversations: readonly FiledConversation[],
  judged: ReadonlyMap<FiledConversation, readonly Pick<Verdict, 'norm' | 'value'>[]>,
  gates: Gates | undefined,
): LabelScores {
  const tallies = new Map<string, Tally>();
  const disagreements: Disagreement[] = [];
  for (const [conversation, verdicts] of judged) {
    for (const { line, norm, labelled, judged } of comparedIn(conversation, verdicts)) {
      const tally = tallies.get(norm) ?? { labelled: 0, hits: 0, misses: 0, falseAlarms: 0, undecided: 0 };
      tallies.set(norm, tally);
      count(tally, labelled, judged);
      const agree = labelled === undefined ? !judged.includes('broken') : labelled.join() === judged.join();
      const { file, name, stored } = conversation;
      if (!agree) disagreements.push({ file, line, name, stored, norm, labelled: labelled ?? ['kept'], judged });
    }
  }
  const norms = [...tallies].sort(([one], [other]) => (one < other ? -1 : 1)).map(([norm, tally]) => scoreOf(norm, tally, gates));
  return { conversations: judged.size, skipped: conversations.length - judged.size, norms, disagreements };
}

/** True when every norm with labels reaches its gate. */
export function passesGate({ norms }: Pick<LabelScores, 'norms'>): boolean {
  return norms.every(({ below }) => below === undefined);
}

interface Tally {
  labelled: number;
  hits: number;
  misses: number;
  falseAlarms: number;
  undecided: number;
}

/** `labelled` is absent for a norm that falls under `others` */
function comparedIn({ labels }: FiledConversation, verdicts: readonly Pick<Verdict, 'norm' | 'value'>[]) {
  const valuesOf = (id: string) => verdicts.filter(({ norm }) => norm === id).map(({ value }) => value as string);
  const named = labels.filter(({ norm }) => norm !== 'others');
  const others = labels.find(({ norm }) => norm === 'others');
  const rest = others === undefined ? [] : new Set(verdicts.filter(({ value }) => value === 'broken').map(({ norm }) => norm));
  return [
    ...named.map(({ line, norm, values }) => ({ line, norm, labelled: values as readonly string[] | undefined, judged: valuesOf(norm) })),
    ...[...rest]
      .filter((norm) => !named.some((label) => label.norm === norm))
      .map((norm) => ({ line: others?.line ?? 0, norm, labelled: undefined, judged: valuesOf(norm) })),
  ];
}

function count(tally: Tally, labelled: readonly string[] | undefined, judged: readonly string[]): void {
  const breaches = (values: readonly string[]) => values.filter((value) => value === 'broken').length;
  const wanted = breaches(labelled ?? []);
  const found = breaches(judged);
  const hits = Math.min(wanted, found);
  if (labelled !== undefined) tally.labelled += 1;
  tally.hits += hits;
  tally.misses += wanted - hits;
  tally.falseAlarms += found - hits;
  const decided = (labelled ?? []).filter((value) => value === 'kept' || value === 'broken').length;
  tally.undecided += Math.min(decided, judged.filter((value) => value === 'unknown').length);
}

function scoreOf(norm: string, tally: Tally, gates: Gates | undefined): NormScore {
  const share = (of: number) => (of === 0 ? undefined : tally.hits / of);
  const precision = share(tally.hits + tally.falseAlarms);
  const recall = share(tally.hits + tally.misses);
  const gate = gates?.norms.get(norm) ?? gates;
  const falls = gate !== undefined && ((precision ?? 1) < gate.precision || (recall ?? 1) < gate.recall);
  return { norm, ...tally, precision, recall, below: falls ? { precision: gate.precision, recall: gate.recall } : undefined };
}
