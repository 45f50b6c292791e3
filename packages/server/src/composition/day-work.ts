import type { Feature } from '../http/app.ts';
import type { Sight } from '../interactions/sight.ts';
import { OutageBook } from '../outages/outage-book.ts';
import { type OutageDesk, outageFeature } from '../outages/outage-routes.ts';
import type { OutboxRouteParts } from '../sending/outbox-routes.ts';
import type { HotlineParts } from './hotline-parts.ts';
import type { PartContext } from './product-part.ts';

/** The registers of a day: outages, … */
export interface DayWork {
  readonly outages: OutageDesk;
}

interface DayWorkHouse {
  readonly context: PartContext;
  readonly parts: HotlineParts;
  readonly sight: Sight;
  readonly hotlineName: string;
  readonly outbox: Pick<OutboxRouteParts, 'senders' | 'wake'>;
}

export async function openDayWork(house: DayWorkHouse): Promise<DayWork> {
  const outages = openOutages(house);
  await outages.book.restore();
  return { outages };
}

/** Routes of the registers of a day. */
export function dayWorkFeatures(work: () => DayWork): Feature[] {
  return [outageFeature(() => work().outages)];
}

function openOutages({ context, parts, sight, hotlineName, outbox }: DayWorkHouse): OutageDesk {
  const { store, shell, log } = context;
  const { floor, events, promises, vault } = parts;
  const { now } = parts.clock;
  const book = new OutageBook({
    ...{ db: store.db, vault, events, promises, now, hotlineName },
    senders: () => outbox.senders,
    wake: () => outbox.wake(),
    settings: () => floor.hotline.settings,
    changed: (outages) => floor.tell({ kind: 'outages', outages, at: now() }),
    onError: (what, error) => log.error({ err: error, what }, 'an outage could not be followed'),
  });
  parts.dispatch.subscribe('outages', book.take);
  return {
    ...{ db: store.db, book, events, people: shell.people, sight, now },
    agentOn: (interaction) => {
      const { calls, chats } = floor.hotline;
      return calls.get(interaction)?.interaction.talk?.agent ?? chats.get(interaction)?.agent;
    },
  };
}
