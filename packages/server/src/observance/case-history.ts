import { streamOfSupport } from '@threerings/core/hotline/state';
import { textOf } from '@threerings/core/timeline/decider';
import type { TimelineEvent } from '@threerings/core/timeline/event';
import { caseLinksOf } from '../store/case-rows.ts';
import type { Database } from '../store/database.ts';
import type { EventStore } from '../store/event-store.ts';
import { promisesOfMatter } from '../store/promise-rows.ts';

/**
 * Everything stored of an interaction with what links it to a case, or of a case by its id with the interactions linked to it, and of the
 * promises made and the support asked for in them; texts where they still exist. At most 1000 promises each.
 */
export async function historyOfCase(events: EventStore, db: Database, matter: string): Promise<TimelineEvent[]> {
  const file = await events.load(`case-${matter}`);
  const linked = file.flatMap((event) => (event.type === 'case.linked' ? (textOf(event, 'interaction') ?? []) : []));
  const own = await Promise.all([...new Set([matter, ...linked])].map((one) => ofInteraction(events, db, one)));
  // A link stands in the file of the case and with the interaction that it brings.
  const whole = new Map([...file, ...own.flat()].map((event) => [event.id, event]));
  return events.withTexts([...whole.values()]);
}

async function ofInteraction(events: EventStore, db: Database, interaction: string): Promise<TimelineEvent[]> {
  const promises = await promisesOfMatter(db, interaction);
  const beside = [streamOfSupport(interaction), ...promises.map((promise) => `promise-${promise}`)];
  const streams = await Promise.all([
    caseLinksOf(db, interaction),
    events.loadInteraction(interaction),
    ...beside.map((stream) => events.load(stream)),
  ]);
  return streams.flat();
}
