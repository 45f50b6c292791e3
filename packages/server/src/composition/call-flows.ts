import { FlowBook } from '../call-flows/flow-book.ts';
import { flowFeature } from '../call-flows/flow-routes.ts';
import { Lookups } from '../call-flows/lookups.ts';
import type { Config } from '../config.ts';
import type { Feature } from '../http/app.ts';
import type { Audit } from '../people/people-store.ts';
import { promptFeature } from '../prompts/prompt-routes.ts';
import { filedSounds, type SoundPlaces } from '../prompts/sound-files.ts';
import type { Database } from '../store/database.ts';
import type { PartContext } from './product-part.ts';

export interface CallFlowHotline {
  /** queues, people or flows are others now */
  reconfigure(): Promise<void>;
  refreshSounds(): Promise<void>;
}

/** Routes of call flows and of the prompts that they play. */
export function callFlowFeatures(context: PartContext, hotline: () => CallFlowHotline): Feature[] {
  const { store, shell, now } = context;
  const places: SoundPlaces = { form: context.form, data: context.config.data };
  const book = flowBookOf({ form: context.form, config: context.config, db: store.db, audit: shell.audit, now });
  return [
    flowFeature(() => ({ book, changed: () => hotline().reconfigure() })),
    promptFeature(() => ({ db: store.db, audit: shell.audit, places, now, changed: () => hotline().refreshSounds() })),
  ];
}

export interface FlowBookHouse {
  readonly form: SoundPlaces['form'];
  readonly config: Pick<Config, 'data' | 'lookupHosts'>;
  readonly db: Database;
  readonly audit: Audit;
  readonly now: () => number;
}

export function flowBookOf({ form, config, db, audit, now }: FlowBookHouse): FlowBook {
  return new FlowBook({
    db,
    audit,
    lookupHosts: config.lookupHosts,
    filedPrompts: () => {
      const { placed, delivered } = filedSounds({ form, data: config.data });
      return [...placed.keys(), ...delivered.keys()];
    },
    now,
  });
}

/** Undefined = no address may be asked. */
export function openLookups({ config, log }: PartContext): Lookups | undefined {
  return config.lookupHosts.length === 0 ? undefined : new Lookups({ hosts: config.lookupHosts, log });
}
