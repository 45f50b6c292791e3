import { connectReaders, type HotlineParts, makeHotline } from '@threerings/server/composition/hotline-parts';
import { type Matters, matterFeatures, openMatters } from '@threerings/server/composition/matters';
import { readNorms } from '@threerings/server/composition/norms-in-force';
import type { PartContext } from '@threerings/server/composition/product-part';
import { readConfig } from '@threerings/server/config';
import { plainPlan } from '@threerings/server/hotline-plan/plan-read-model';
import type { ShellServices } from '@threerings/server/http/shell';
import { Sight } from '@threerings/server/interactions/sight';
import pino from 'pino';
import { afterAll } from 'vitest';
import { type TestShell, testShell } from './shell.ts';
import { SimClock } from './sim-clock.ts';
import type { TestDatabase } from './test-database.ts';

export interface MattersHouse {
  readonly shell: TestShell;
  readonly parts: HotlineParts;
  readonly matters: Matters;
  readonly clock: SimClock;
  settled(): Promise<void>;
}

/** Wednesday, ten o'clock in Beijing. */
export const mattersOpen = Date.UTC(2026, 8, 30, 2);

/** The routes of what outlives a call, on a real database with the real parts behind them; no voice, time is simulated. `data`: a folder for files. */
export async function mattersHouse({ db, url }: TestDatabase, data?: string): Promise<MattersHouse> {
  const clock = new SimClock(mattersOpen);
  let open: Matters | undefined;
  const matters = (): Matters => {
    if (open === undefined) throw new Error('the matters are asked before they are open');
    return open;
  };
  const context = (shell: ShellServices): PartContext => contextOf({ db, url } as TestDatabase, shell, clock, data);
  const shell = await testShell(db, { now: clock.now, features: (of) => matterFeatures(context(of), matters) });
  const norms = await readNorms();
  const people = await shell.people.people();
  const parts = makeHotline(context(shell), norms, { plan: plainPlan, people }, clock, {
    epoch: 1,
    perform: async () => ({ ok: true }),
    isPhoneConnected: () => true,
    floorChanged: () => {},
  });
  connectReaders(parts, context(shell));
  open = await openMatters(context(shell), parts, norms, new Sight(shell.people, clock.now));
  const settled = async () => {
    for (let round = 0; round < 3; round += 1) {
      await parts.floor.settled();
      await parts.events.drained();
      await open?.tickets.parts.book.settled();
      await open?.day.outages.book.settled();
    }
  };
  afterAll(async () => {
    await parts.floor.stop();
    await parts.observer.stop();
    parts.board.stop();
    await settled();
  });
  return { shell, parts, matters: open, clock, settled };
}

function contextOf({ db, url }: TestDatabase, shell: ShellServices, { now }: SimClock, data?: string): PartContext {
  const config = readConfig(new Map(data === undefined ? [] : [['--data', data]]), {});
  if (!config.ok) throw new Error(config.message);
  const store = { db, url, masterKey: Buffer.alloc(32, 9), how: 'external', migrated: [], lost: new Promise<string>(() => {}) };
  return { form: 'serve', config: config.value, store, shell, log: pino({ level: 'silent' }), now };
}
