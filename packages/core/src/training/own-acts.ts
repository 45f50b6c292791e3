import type { FieldValue, Instant } from '@threerings/norms/trace';
import type { NewEvent } from '../timeline/event.ts';
import { eventSpec } from '../timeline/vocabulary.ts';
import type { OwnAct } from './script.ts';

const units: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** The events of an act that only one script has. Values that name a person become personal, as everywhere. */
export function ownEvents({ records }: OwnAct, agent: string, at: Instant): readonly NewEvent[] {
  return records.map(({ type, by, fields }) => {
    const personal = new Set(eventSpec(type)?.fields.flatMap((field) => (field.personal ? [field.name] : [])));
    const values = Object.entries(fields).map(([name, value]) => [name, meant(value, agent, at)] as const);
    const open = Object.fromEntries(values.filter(([name]) => !personal.has(name)));
    const kept = values
      .filter(([name]) => personal.has(name))
      .map(([name, value]) => [name, { subject: 'training', value: String(value) }]);
    return {
      type,
      ...(by === undefined ? {} : { by }),
      occurredAt: at,
      fields: open,
      ...(kept.length === 0 ? {} : { personal: Object.fromEntries(kept) }),
    };
  });
}

function meant(value: FieldValue, agent: string, at: Instant): FieldValue {
  if (value === '$agent') return agent;
  const later = typeof value === 'string' ? /^\$in ([1-9][0-9]{0,3})(s|m|h|d)$/.exec(value) : null;
  return later === null ? value : at + Number(later[1]) * (units[later[2] ?? 's'] ?? 1000);
}
