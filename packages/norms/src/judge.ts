import { flagNumbers } from './flags.ts';
import { advance, forever, type Output, start, step } from './monitor/engine.ts';
import type { Program } from './program.ts';
import type { Source, TraceEvent, Verdict } from './trace.ts';

/** Watermarks of sources that will say nothing more. */
export function allSourcesEnded(program: Program): Partial<Record<Source, number>> {
  const marks: Partial<Record<Source, number>> = {};
  for (const source of program.sources) marks[source] = forever;
  return marks;
}

/** The verdicts among outputs, by instant, norm and key: the order in which judgements are stored and compared. */
export function verdictsOf(outputs: readonly Output[]): Verdict[] {
  return outputs.flatMap((output) => (output.kind === 'verdict' ? [output.verdict] : [])).sort(byInstant);
}

function byInstant(one: Verdict, other: Verdict): number {
  return one.at - other.at || alphabetically(one.norm, other.norm) || alphabetically(one.key, other.key);
}

function alphabetically(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

/**
 * Judges a whole timeline: the engine's own loop and nothing else, so that a call judged afterwards gets the verdicts it got
 * live. Duties still pending when the events run out have no verdict. Events may come in any order.
 */
export function judge(program: Program, events: readonly TraceEvent[]): Verdict[] {
  const state = start(program);
  const inOrder = [...events].sort((one, other) => one.occurredAt - other.occurredAt || one.seq - other.seq);
  for (const event of inOrder) step(program, state, event);
  return verdictsOf(advance(program, state, allSourcesEnded(program)));
}

/** Verdicts with what they were judged under: enough to say later why another engine or pack says otherwise. */
export interface Judgement {
  /** decisions of meaning in force (flags.ts) */
  readonly flags: readonly number[];
  readonly packs: readonly { readonly name: string; readonly version: number }[];
  readonly verdicts: readonly Verdict[];
}

export function judgement(program: Program, events: readonly TraceEvent[]): Judgement {
  return { flags: program.world.env.flags ?? flagNumbers, packs: program.packs, verdicts: judge(program, events) };
}
