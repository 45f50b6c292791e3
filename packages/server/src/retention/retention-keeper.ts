import type { Settings } from '@threerings/core/settings/defaults';
import { deleteAttachments } from '../attachments/attachments.ts';
import type { Clock } from '../clock.ts';
import type { Audit } from '../people/people-store.ts';
import type { Database } from '../store/database.ts';
import { expireTries } from '../training/training-data-read-model.ts';
import { expireAudit, expireNotes } from '../wellbeing/notes-read-model.ts';
import { deleteRecordings } from './delete-recordings.ts';
import type { HoldSearchParts } from './hold-search-read-model.ts';
import { expiredAttachments, expiredRecordings, expireWords, type Periods } from './retention-read-model.ts';

export interface RetentionParts {
  readonly db: Database;
  /** data folder; recordings lie below its `recordings/`, files below its `attachments/` */
  readonly data: string;
  readonly audit: Audit;
  /** of people and numbers, to find what is held of them */
  readonly search: Omit<HoldSearchParts, 'db'>;
  settings(): Pick<Settings, 'audioDays' | 'transcriptDays' | 'caseDays' | 'logDays' | 'privateNoteDays' | 'trainingDays'>;
}

const dayMs = 86_400_000;
const everyMs = 3_600_000;
/** Calls of one round, so that the first night of an old hotline does not hold the database. */
const mostOfRound = 500;

export function periodsAt(now: number, { audioDays, transcriptDays, caseDays }: ReturnType<RetentionParts['settings']>): Periods {
  return { audioBefore: now - audioDays * dayMs, wordsBefore: now - transcriptDays * dayMs, closedBefore: now - caseDays * dayMs };
}

/** One round: deletes what is over its time and not kept by a hold or a matter, and says in the audit what went. */
export async function keepPeriods(
  { db, data, audit, settings }: RetentionParts,
  now: number,
): Promise<{ recordings: number; calls: number; files: number; entries: number; tries: number }> {
  const periods = periodsAt(now, settings());
  const recordings = await expiredRecordings(db, periods, mostOfRound);
  await deleteRecordings(db, data, recordings);
  const files = await expiredAttachments(db, periods, mostOfRound);
  await deleteAttachments(db, data, files, 'expired', now);
  const calls = await expireWords(db, periods, now, mostOfRound);
  const { logDays, privateNoteDays, trainingDays } = settings();
  // Said nowhere: that somebody wrote a note is nobody's business.
  await expireNotes(db, now - privateNoteDays * dayMs);
  const entries = await expireAudit(db, now - logDays * dayMs, mostOfRound);
  const tries = await expireTries(db, now - trainingDays * dayMs);
  const gone = { recordings: recordings.length, calls, files: files.length, entries, tries };
  if (Object.values(gone).some((count) => count > 0)) await audit.record({ at: now, action: 'retention.deleted', facts: gone });
  return gone;
}

/** A round each hour, and rounds after each other while there is more to do. Stopping waits for the round. */
export function runRetention(parts: RetentionParts, clock: Clock, onError: (error: unknown) => void): { stop(): Promise<void> } {
  let stopped = false;
  let round: Promise<void> = Promise.resolve();
  let cancel = clock.at(clock.now() + everyMs, () => begin());
  const begin = () => {
    round = work().catch(onError);
    void round.then(() => {
      if (!stopped) cancel = clock.at(clock.now() + everyMs, begin);
    });
  };
  const work = async () => {
    for (;;) {
      const gone = await keepPeriods(parts, clock.now());
      if (stopped || Object.values(gone).every((count) => count < mostOfRound)) return;
    }
  };
  return {
    stop: async () => {
      stopped = true;
      cancel();
      await round;
    },
  };
}
