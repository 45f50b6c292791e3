import type { Colleague, Colleagues } from '@threerings/core/wire/colleagues';
import type { DeskCommand } from '@threerings/core/wire/desk';
import type { DirectoryEntryOnWire } from '@threerings/core/wire/directory';
import { type CallRecord, recordFields } from './record-draft.ts';

type Seat = Colleagues['seats'][number];

/** Somebody, a queue in which somebody may be free, or an expert seat, in the order in which they are offered. */
export type Target =
  | { readonly kind: 'queue'; readonly id: string; readonly name: { readonly zh: string; readonly en: string }; readonly free: number }
  | { readonly kind: 'seat'; readonly id: string; readonly name: Seat['name']; readonly free: number }
  | { readonly kind: 'item'; readonly id: string; readonly name: Seat['name'] }
  | { readonly kind: 'expert'; readonly id: string; readonly seat: string; readonly expert: Seat['experts'][number] }
  | { readonly kind: 'agent'; readonly id: string; readonly colleague: Colleague }
  /** a number out of the house: as the directory names it, or as it was typed */
  | { readonly kind: 'outside'; readonly id: string; readonly name?: string | undefined; readonly hours?: string | undefined };

/** Targets that fit what was typed: queues first, then expert seats, self-service, then people who can be rung, then the others. At most `most`. */
export function targetsOf({ queues, people, seats, selfService }: Colleagues, typed: string, self: string, most = 40): readonly Target[] {
  const wanted = typed.trim().toLowerCase();
  const fits = (...words: readonly string[]) => wanted === '' || words.some((word) => word.toLowerCase().includes(wanted));
  const lines = queues.filter(({ queue, name }) => fits(queue, name.zh, name.en));
  const others = people.filter(({ agent, name, unit }) => agent !== self && fits(agent, name, unit));
  const sorted = [...others].sort((one, other) => Number(other.free) - Number(one.free) || (one.agent < other.agent ? -1 : 1));
  const targets: Target[] = [
    ...lines.map(({ queue, name, free }) => ({ kind: 'queue' as const, id: queue, name, free })),
    ...seats.flatMap((seat) => seatTargets(seat, self, fits)),
    ...selfService.items
      .filter(({ item, name }) => fits(item, name.zh, name.en))
      .map(({ item, name }) => ({ kind: 'item' as const, id: item, name })),
    ...sorted.map((colleague) => ({ kind: 'agent' as const, id: colleague.agent, colleague })),
  ];
  return targets.slice(0, most);
}

/** A seat found by its name shows all of its experts, an expert found by name the seat as well. */
function seatTargets({ seat, name, free, experts }: Seat, self: string, fits: (...words: readonly string[]) => boolean): readonly Target[] {
  const whole = fits(seat, name.zh, name.en);
  const found = experts.filter((expert) => expert.agent !== self && (whole || fits(expert.agent, expert.name)));
  if (!whole && found.length === 0) return [];
  return [{ kind: 'seat', id: seat, name, free }, ...found.map((expert) => ({ kind: 'expert' as const, id: expert.agent, seat, expert }))];
}

/** Out of the house: what the directory found, then the number that was typed, where it is one. */
export function outsideTargets(found: readonly DirectoryEntryOnWire[], typed: string): readonly Target[] {
  const number = typed.replace(/[\s-]/g, '');
  const listed = found.map((entry) => ({ kind: 'outside' as const, id: entry.number, name: entry.name, hours: entry.hours }));
  const isNew = /^\+?[0-9]{3,24}$/.test(number) && !listed.some(({ id }) => id.replace(/[\s-]/g, '') === number);
  return isNew ? [...listed, { kind: 'outside', id: number }] : listed;
}

export function isFreeTarget(target: Target): boolean {
  if (target.kind === 'agent') return target.colleague.free;
  if (target.kind === 'item' || target.kind === 'outside') return true;
  return target.kind === 'expert' ? target.expert.free : target.free > 0;
}

/** The seat that a target belongs to; undefined = none. */
export function seatOfTarget(target: Target | undefined): string | undefined {
  if (target?.kind === 'seat') return target.id;
  return target?.kind === 'expert' ? target.seat : undefined;
}

/** The target as the server wants it. */
export function destinationOf(target: Target): Extract<DeskCommand, { readonly kind: 'transfer' }>['to'] {
  switch (target.kind) {
    case 'queue':
      return { queue: target.id };
    case 'seat':
      return { seat: target.id };
    case 'item':
      return { item: target.id };
    case 'outside':
      return { outside: target.id, ...(target.name === undefined ? {} : { name: target.name }) };
    case 'expert':
      return { seat: target.seat, agent: target.id };
    case 'agent':
      return { agent: target.id };
  }
}

/** What a colleague should read first: the filled parts of the record, one a line. */
export function briefFrom(record: CallRecord, nameOf: (part: keyof CallRecord) => string): string {
  return recordFields
    .filter((part) => record[part].trim() !== '')
    .map((part) => `${nameOf(part)}：${record[part].trim()}`)
    .join('\n');
}
