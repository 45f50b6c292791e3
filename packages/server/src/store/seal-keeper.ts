import type { Clock } from '../clock.ts';
import type { Database } from './database.ts';
import { exportSeals, sealChanges } from './seals.ts';

export interface SealKeeperOptions {
  readonly db: Database;
  readonly clock: Clock;
  /** where the files go */
  readonly folder: string;
  readonly onError: (error: unknown) => void;
  /** default one hour */
  readonly everyMs?: number;
}

export interface SealKeeper {
  /** Seals and exports now. */
  sealNow(): Promise<void>;
  /** Seals a last time and ends. */
  stop(): Promise<void>;
}

const hour = 3_600_000;

/** Seals and exports every hour, beginning one interval from now. */
export function keepSeals(options: SealKeeperOptions): SealKeeper {
  const { db, clock, folder, onError, everyMs = hour } = options;
  let round: Promise<void> = Promise.resolve();
  const work = async () => {
    while ((await sealChanges(db, clock.now())) !== undefined);
    await exportSeals(db, folder);
  };
  const sealNow = () => {
    round = round.then(work).catch(onError);
    return round;
  };
  let cancel = () => {};
  const later = () => {
    cancel = clock.at(clock.now() + everyMs, () => {
      void sealNow();
      later();
    });
  };
  later();
  return {
    sealNow,
    stop() {
      cancel();
      return sealNow();
    },
  };
}
