import type { Colleague, Colleagues } from '@threerings/core/wire/colleagues';
import { type CallRecord, recordFields } from './record-draft.ts';

/** Somebody, or a queue in which somebody may be free, in the order in which they are offered. */
export type Target =
  | { readonly kind: 'queue'; readonly id: string; readonly name: { readonly zh: string; readonly en: string }; readonly free: number }
  | { readonly kind: 'agent'; readonly id: string; readonly colleague: Colleague };

/** Targets that fit what was typed: queues first, then people who can be rung, then the others. At most `most`. */
export function targetsOf({ queues, people }: Colleagues, typed: string, self: string, most = 40): readonly Target[] {
  const wanted = typed.trim().toLowerCase();
  const fits = (...words: readonly string[]) => wanted === '' || words.some((word) => word.toLowerCase().includes(wanted));
  const lines = queues.filter(({ queue, name }) => fits(queue, name.zh, name.en));
  const others = people.filter(({ agent, name, unit }) => agent !== self && fits(agent, name, unit));
  const sorted = [...others].sort((one, other) => Number(other.free) - Number(one.free) || (one.agent < other.agent ? -1 : 1));
  const targets: Target[] = [
    ...lines.map(({ queue, name, free }) => ({ kind: 'queue' as const, id: queue, name, free })),
    ...sorted.map((colleague) => ({ kind: 'agent' as const, id: colleague.agent, colleague })),
  ];
  return targets.slice(0, most);
}

export function isFreeTarget(target: Target): boolean {
  return target.kind === 'queue' ? target.free > 0 : target.colleague.free;
}

/** What a colleague should read first: the filled parts of the record, one a line. */
export function briefFrom(record: CallRecord, nameOf: (part: keyof CallRecord) => string): string {
  return recordFields
    .filter((part) => record[part].trim() !== '')
    .map((part) => `${nameOf(part)}：${record[part].trim()}`)
    .join('\n');
}
