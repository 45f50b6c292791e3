import { normalised } from '@threerings/norms/lexical/normalise';
import { withoutNotation } from '@threerings/norms/lexical/sayable';
import { type Bigrams, bigrams } from '@threerings/norms/lexical/similarity';
import type { PhraseFamily } from '@threerings/norms/phrases';
import type { TraceEvent, Verdict } from '@threerings/norms/trace';
import type { ResolvedFormula, ResolvedNorm } from '@threerings/norms/tree';

/** The sentence that was missing for a duty, and what came nearest to it. */
export interface Missed {
  readonly message?: string | undefined;
  readonly sentence?: string | undefined;
  readonly nearest?: { readonly event: string; readonly text: string; readonly likeness: number } | undefined;
}

/** Below this what was said has nothing to do with it, 0 to 1. */
const leastLikeness = 0.2;

/**
 * What could have been said in place of a breach: the sentence of the phrase family that the norm itself names in its hint, else of a family
 * that its duty asks for. Nearest: the words of the agent that share most pairs of characters with any variant of that family.
 */
export function missedWords(
  norm: ResolvedNorm,
  verdict: Verdict,
  families: readonly PhraseFamily[],
  events: readonly TraceEvent[],
): Missed {
  const coach = norm.actions.find((action) => action.kind === 'coach' && (action.on === 'broken' || action.on === 'warning'));
  const hint = coach?.kind === 'coach' ? coach : undefined;
  const wanted = familiesAskedFor(norm.body, verdict.missing ?? []);
  const named = [hint?.phrase, ...wanted].flatMap((id) => families.find((each) => each.id === id) ?? []);
  const family = named.find(({ say }) => say !== undefined) ?? named[0];
  const message = hint?.message;
  if (family === undefined) return { message };
  const sentence = family.say ?? blanked(withoutNotation(family.variants[0] ?? ''));
  return { message, sentence, nearest: nearestTo(family, events) };
}

/** Phrase families in the positive duties of a body; of parts only those that were not met. */
function familiesAskedFor(body: ResolvedFormula, missing: readonly string[]): readonly string[] {
  if (body.kind === 'parts') {
    const open = body.items.filter(({ label }) => missing.length === 0 || (label !== undefined && missing.includes(label)));
    return open.flatMap(({ item }) => familiesAskedFor(item, []));
  }
  if (body.kind === 'and' || body.kind === 'or') return body.items.flatMap((item) => familiesAskedFor(item, missing));
  return body.kind === 'not' || body.kind === 'breach' ? [] : familiesIn(body);
}

function familiesIn(tree: unknown): string[] {
  if (Array.isArray(tree)) return tree.flatMap(familiesIn);
  if (typeof tree !== 'object' || tree === null) return [];
  if ('kind' in tree && tree.kind === 'family' && 'name' in tree && typeof tree.name === 'string') return [tree.name];
  return Object.entries(tree).flatMap(([name, child]) => (name === 'span' ? [] : familiesIn(child)));
}

function nearestTo(family: PhraseFamily, events: readonly TraceEvent[]): Missed['nearest'] {
  const wanted = [...(family.say === undefined ? [] : [family.say]), ...family.variants].map((variant) =>
    bigrams(normalised(blanked(withoutNotation(variant)))),
  );
  let best: Missed['nearest'];
  for (const { id, type, by, text } of events) {
    if (type !== 'speech.said' || by !== 'agent' || text === undefined) continue;
    const said = bigrams(normalised(text));
    const likeness = Math.max(0, ...wanted.map((each) => alike(each, said)));
    if (likeness >= leastLikeness && likeness > (best?.likeness ?? 0))
      best = { event: id, text, likeness: Math.round(likeness * 100) / 100 };
  }
  return best;
}

/** Dice's coefficient of the pairs, 0 to 1. */
function alike(one: Bigrams, other: Bigrams): number {
  const pairs = new Set(other);
  const all = one.length + other.length;
  return all === 0 ? 0 : (2 * one.filter((pair) => pairs.has(pair)).length) / all;
}

/** Slots as blanks. */
const blanked = (words: string) => words.replaceAll(/\{[^{}]*\}/g, '＿＿');
