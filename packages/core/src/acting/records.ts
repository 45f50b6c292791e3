import { textOf } from '../timeline/decider.ts';
import type { TimelineEvent } from '../timeline/event.ts';
import type { ActingRecord, ActTemplate } from '../wire/acting.ts';

/** A record whose plan is still a reference into the vault. */
export type KeptRecord = Omit<ActingRecord, 'plan' | 'name'> & { readonly plan?: string | undefined };

/** What was done for the customer of one interaction, operation by operation, from its events in timeline order. */
export function recordsIn(interaction: string, events: readonly TimelineEvent[]): readonly KeptRecord[] {
  const records = new Map<string, KeptRecord>();
  let holder: string | undefined;
  for (const event of events) {
    holder = holderAfter(event) ?? holder;
    const proxy = event.type.startsWith('proxy.') ? textOf(event, 'proxy') : undefined;
    if (proxy === undefined) continue;
    const begun = { interaction, proxy, product: textOf(event, 'product') ?? '', at: event.occurredAt, agent: holder, blocked: [] };
    records.set(proxy, recorded(records.get(proxy) ?? begun, event));
  }
  return [...records.values()];
}

function holderAfter(event: TimelineEvent): string | undefined {
  const hands = ['call.answered', 'transfer.completed', 'chat.accepted', 'chat.transferred'].includes(event.type);
  return hands && event.by !== 'customer' ? textOf(event, 'agent') : undefined;
}

function recorded(record: KeptRecord, event: TimelineEvent): KeptRecord {
  switch (event.type) {
    case 'proxy.right-confirmed':
      return { ...record, right: textOf(event, 'kind') === 'owner' ? 'owner' : 'authorised' };
    case 'proxy.plan-filled':
      return record.executedAt === undefined ? { ...record, plan: textOf(event, 'plan') } : record;
    case 'proxy.consented':
      return { ...record, consentedAt: event.occurredAt };
    case 'proxy.executed':
      return { ...record, executedAt: event.occurredAt };
    case 'proxy.result-told':
      return { ...record, outcome: textOf(event, 'outcome') === 'failed' ? 'failed' : 'done' };
    case 'proxy.refused':
      return { ...record, declined: textOf(event, 'reason') ?? '' };
    case 'proxy.blocked':
      return { ...record, blocked: [...record.blocked, textOf(event, 'reason') ?? ''] };
    default:
      return record;
  }
}

/** The plan with the names of its fields; a product that is not in the list any more shows the ids. */
export function withNames(record: KeptRecord, plan: string | undefined, templates: readonly ActTemplate[]): ActingRecord {
  const template = templates.find((one) => one.template === record.product);
  const { plan: _, ...rest } = record;
  const name = template?.name ?? { zh: record.product, en: record.product };
  if (plan === undefined) return { ...rest, name };
  const values = Object.entries(JSON.parse(plan) as Readonly<Record<string, string>>);
  const shown = values.map(([id, value]) => {
    const field = template?.fields.find((one) => one.field === id);
    const choice = field?.choices?.find((one) => one.value === value)?.name;
    return { field: id, name: field?.name ?? { zh: id, en: id }, value, ...(choice === undefined ? {} : { choice }) };
  });
  return { ...rest, name, plan: shown };
}
