import type { HotlinePlan } from '@threerings/core/wire/hotline-plan';
import type { BlocklistDesk } from '../../blocklist/blocklist-desk.ts';
import type { PeopleStore } from '../../people/people-store.ts';
import type { Database } from '../../store/database.ts';
import type { EventStore } from '../../store/event-store.ts';

/** What importing tables needs of the hotline, in the server and on the command line. */
export interface ImportHouse {
  readonly db: Database;
  readonly people: Pick<PeopleStore, 'people' | 'units'>;
  readonly events: Pick<EventStore, 'appendTogether'>;
  plan(): Promise<HotlinePlan>;
  /** numbers that are not put through; absent = the command line, which keeps no list */
  readonly blocklist?: Pick<BlocklistDesk, 'standing' | 'wrong' | 'addAll'> | undefined;
  /** 工号 of who imports; absent = the command line */
  readonly by: string | undefined;
  /** days of the calendar that ships, `2026-10-01` */
  readonly shippedDays: Readonly<Record<string, 'holiday' | 'workday'>>;
  /** offset of local times in tables, min */
  readonly zoneMinutes: number;
  readonly now: () => number;
}
