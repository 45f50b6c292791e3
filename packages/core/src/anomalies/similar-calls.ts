import type { Instant } from '@threerings/norms/trace';
import type { Settings } from '../settings/defaults.ts';

/** What calls are about, with who called about it lately. Plain data. */
export type SimilarCalls = Readonly<Record<string, readonly { readonly interaction: string; readonly at: Instant }[]>>;

/** Somebody asks about this: the matter that was set, or the article that was opened. */
export interface Topic {
  readonly topic: string;
  readonly interaction: string;
  readonly at: Instant;
}

type Rule = Pick<Settings, 'similarCalls' | 'similarCallsMs'>;

/**
 * Many calls about one thing within minutes: true once, when the call comes that makes them many; again only after a stretch
 * without. A call counts once for a topic. With `similarCalls` 0 nothing is watched.
 */
export function withTopic(
  known: SimilarCalls,
  { topic, interaction, at }: Topic,
  { similarCalls, similarCallsMs }: Rule,
): { readonly known: SimilarCalls; readonly many: number | undefined } {
  if (similarCalls === 0) return { known: {}, many: undefined };
  const fresh = (calls: SimilarCalls[string]) => calls.filter((call) => call.at > at - similarCallsMs);
  const kept = Object.fromEntries(
    Object.entries(known)
      .map(([name, calls]) => [name, fresh(calls)] as const)
      .filter(([, calls]) => calls.length > 0),
  );
  const before = kept[topic] ?? [];
  if (before.some((call) => call.interaction === interaction)) return { known: kept, many: undefined };
  const calls = [...before, { interaction, at }];
  return { known: { ...kept, [topic]: calls }, many: calls.length === similarCalls ? calls.length : undefined };
}
