import type { ResolvedNorm } from '@threerings/norms/tree';
import type { Vocabulary } from '@threerings/norms/vocabulary';

type Node = Readonly<Record<string, unknown>>;

/** Scopes whose norms the running hotline judges. */
const judgedLive: readonly string[] = ['call', 'handling', 'chat', 'case'];

/**
 * What a norm needs and `seen` does not have: the event types of its trigger, its guard and its duty, `scope shift` for
 * a scope that the running hotline does not judge. Of alternatives the one that lacks least counts; excuses, and what a guard wants
 * not to have happened, are not needed.
 */
export function lacking(
  { scope, trigger, guard, body }: ResolvedNorm,
  seen: ReadonlySet<string>,
  vocabulary: Vocabulary,
): readonly string[] {
  const lack = (value: unknown) => lackOf(value, seen, vocabulary);
  const scopes = judgedLive.includes(scope) ? [] : [`scope ${scope}`];
  return [...new Set([...scopes, ...lack(trigger), ...lack(wanted(guard)), ...lack(body)])].sort();
}

/** A guard without what must not have happened. */
function wanted(guard: ResolvedNorm['guard']): readonly unknown[] {
  if (guard === undefined || guard.kind === 'not') return [];
  return guard.kind === 'and' ? guard.items.flatMap(wanted) : [guard];
}

function lackOf(value: unknown, seen: ReadonlySet<string>, vocabulary: Vocabulary): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((item) => lackOf(item, seen, vocabulary));
  if (typeof value !== 'object' || value === null) return [];
  const node: Node = Object.fromEntries(Object.entries(value));
  const items = node['items'];
  if (isAlternative(node) && Array.isArray(items)) return leastOf(items.map((item) => lackOf(item, seen, vocabulary)));
  const children = Object.entries(node).flatMap(([name, child]) => (name === 'span' ? [] : lackOf(child, seen, vocabulary)));
  return [...typesOf(node, vocabulary).filter((type) => !seen.has(type)), ...children];
}

function isAlternative({ kind, need }: Node): boolean {
  return kind === 'or' || kind === 'anyOf' || (kind === 'parts' && need !== 'all');
}

function leastOf(lacks: readonly (readonly string[])[]): readonly string[] {
  return (
    lacks.reduce<readonly string[] | undefined>(
      (least, one) => (least === undefined || one.length < least.length ? one : least),
      undefined,
    ) ?? []
  );
}

/** Types without which this node is never met. */
function typesOf({ kind, type, interval, of }: Node, { intervals }: Vocabulary): readonly string[] {
  switch (kind) {
    case 'event':
      return typeof type === 'string' ? [type] : [];
    case 'onInterval':
    case 'onLasting':
    case 'currently':
    case 'duration':
    case 'longest':
    case 'share':
      return intervals.filter(({ id }) => id === interval || id === of).flatMap(({ opens }) => opens.slice(0, 1));
    case 'loudness':
    case 'responseGap':
      return ['speech.level'];
    default:
      return [];
  }
}
