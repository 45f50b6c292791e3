import { BulletinDesk } from '../bulletins/bulletin-desk.ts';
import { bulletinFeature } from '../bulletins/bulletin-routes.ts';
import { DirectoryBook } from '../directory/directory-book.ts';
import { type DirectoryDesk, directoryFeature } from '../directory/directory-routes.ts';
import type { Feature } from '../http/app.ts';
import type { Sight } from '../interactions/sight.ts';
import { OutageBook } from '../outages/outage-book.ts';
import { type OutageDesk, outageFeature } from '../outages/outage-routes.ts';
import type { OutboxRouteParts } from '../sending/outbox-routes.ts';
import { TrainingHouse } from '../training/training-house.ts';
import { trainingFeature } from '../training/training-routes.ts';
import type { HotlineParts } from './hotline-parts.ts';
import type { NormsInForce } from './norms-in-force.ts';
import type { PartContext } from './product-part.ts';

/** What everybody works with through a day beside calls: outages, the directory, news. */
export interface DayWork {
  readonly outages: OutageDesk;
  readonly directory: DirectoryDesk;
  readonly bulletins: BulletinDesk;
  readonly training: TrainingHouse;
}

interface DayWorkHouse {
  readonly context: PartContext;
  readonly parts: HotlineParts;
  readonly sight: Sight;
  readonly hotlineName: string;
  readonly norms: NormsInForce;
  readonly outbox: Pick<OutboxRouteParts, 'senders' | 'wake'>;
}

export async function openDayWork(house: DayWorkHouse): Promise<DayWork> {
  const { context, parts, sight } = house;
  const { store, shell } = context;
  const { floor } = parts;
  const { now } = parts.clock;
  const outages = openOutages(house);
  await outages.book.restore();
  const bulletins = new BulletinDesk({
    ...{ db: store.db, people: shell.people, audit: shell.audit, now },
    unitsBelow: (unit) => sight.unitsBelow(unit),
    acknowledge: (agent, bulletin, version) => floor.tell({ kind: 'bulletin-read', agent, bulletin, version, at: now() }),
    changed: (briefings) => floor.tell({ kind: 'briefings', briefings, at: now() }),
  });
  await bulletins.refresh();
  const directory: DirectoryDesk = {
    ...{ db: store.db, book: new DirectoryBook(store.db, now), audit: shell.audit, now },
    tell: (agent, interaction, act) => floor.tell({ kind: 'knowledge', agent, interaction, act, at: now() }),
  };
  const training = new TrainingHouse({
    ...{ db: store.db, people: shell.people, audit: shell.audit, data: context.config.data, norms: house.norms, sight, now },
    settings: () => floor.hotline.settings,
  });
  return { outages, directory, bulletins, training };
}

/** Routes of the registers of a day. */
export function dayWorkFeatures(work: () => DayWork): Feature[] {
  return [
    outageFeature(() => work().outages),
    directoryFeature(() => work().directory),
    bulletinFeature(() => work().bulletins),
    trainingFeature(() => work().training),
  ];
}

/** People come and go, and what was published for later begins: who must read what is looked at again so often, ms. */
const refreshEveryMs = 60_000;

/** What goes on by itself; returns how to stop it. */
export function followDay({ context, work }: { readonly context: PartContext; readonly work: DayWork }): () => void {
  const onError = (error: unknown) => context.log.error({ err: error }, 'the required news could not be read');
  const timer = setInterval(() => void work.bulletins.refresh().catch(onError), refreshEveryMs).unref();
  return () => clearInterval(timer);
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
