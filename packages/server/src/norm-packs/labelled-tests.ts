import { type FiledConversation, type Gates, type LabelTests, readLabelTests } from '@threerings/core/norm-labels/label-tests';
import { type LabelScores, scoreLabels } from '@threerings/core/norm-labels/score';
import { judge } from '@threerings/norms/judge';
import type { LoadedPack } from '@threerings/norms/pack';
import type { Program } from '@threerings/norms/program';
import type { TraceEvent, Verdict } from '@threerings/norms/trace';

/** Events of a stored interaction with its texts; undefined when there are none (any more). */
export type StoredConversation = (interaction: string) => Promise<readonly TraceEvent[] | undefined>;

export interface LabelReport extends LabelScores {
  readonly gates: Gates | undefined;
}

/** The lines of what keeps the labelled tests of a pack from being read; empty when they can be. */
export function labelFaults(pack: LoadedPack): readonly string[] {
  const tests = readLabelTests(pack);
  if (!('faults' in tests)) return [];
  return tests.faults.map(({ file, line, column, expected, found }) => `${file}:${line}:${column}: expected ${expected}, found ${found}`);
}

/**
 * Judges the labelled conversations of a pack. Stored ones are skipped where `stored` is not given or has nothing of them. Gives way
 * to other work between two conversations.
 */
export async function runLabelTests(pack: LoadedPack, program: Program, stored?: StoredConversation): Promise<LabelReport> {
  const tests = readLabelTests(pack);
  const { conversations, gates }: LabelTests = 'faults' in tests ? { conversations: [] } : tests;
  const judged = new Map<FiledConversation, readonly Verdict[]>();
  for (const conversation of conversations) {
    const events = conversation.stored === undefined ? conversation.events : await stored?.(conversation.stored);
    if (events === undefined || events.length === 0) continue;
    judged.set(conversation, judge(program, events));
    await new Promise((resolve) => setImmediate(resolve));
  }
  return { ...scoreLabels(conversations, judged, gates), gates };
}

/** One line a norm: `hold-consent: precision 100 % (4 of 4), recall 80 % (4 of 5)`. */
export function scoreLines({ norms }: LabelScores): readonly string[] {
  return norms.map(({ norm, hits, misses, falseAlarms, undecided, precision, recall, below }) => {
    const told = (name: string, share: number | undefined, of: number) => `${name} ${percent(share)} (${hits} of ${of})`;
    const gate = below === undefined ? '' : `: below its gate, precision ${percent(below.precision)}, recall ${percent(below.recall)}`;
    const left = undecided === 0 ? '' : `, ${undecided} undecided`;
    return `${norm}: ${told('precision', precision, hits + falseAlarms)}, ${told('recall', recall, hits + misses)}${left}${gate}`;
  });
}

const percent = (share: number | undefined) => (share === undefined ? '–' : `${Math.round(share * 1000) / 10} %`);
