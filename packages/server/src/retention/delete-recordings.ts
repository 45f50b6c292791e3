import { rm } from 'node:fs/promises';
import path from 'node:path';
import type { Database } from '../store/database.ts';
import { deleteWords, forgetRecordings, type KeptFile, recordingsOfCalls } from './retention-read-model.ts';

/**
 * Deletes files, then their rows: after a crash between the two the row is found again and its file, which is gone, is no fault.
 * A stored name never leads out of the folder of recordings.
 * @param data data folder
 */
export async function deleteRecordings(db: Database, data: string, recordings: readonly KeptFile[]): Promise<void> {
  const folder = path.resolve(data, 'recordings') + path.sep;
  for (const { file } of recordings) {
    const found = path.resolve(data, file);
    if (!found.startsWith(folder)) throw new Error('a recording lies outside of the folder of recordings: nothing was deleted');
    await rm(found, { force: true });
  }
  if (recordings.length > 0)
    await forgetRecordings(
      db,
      recordings.map(({ recording }) => recording),
    );
}

/** The sound and the words of these calls, of both sides. Says what went. */
export async function eraseCalls(
  db: Database,
  data: string,
  interactions: readonly string[],
): Promise<{ recordings: number; words: number }> {
  const recordings = await recordingsOfCalls(db, interactions);
  await deleteRecordings(db, data, recordings);
  return { recordings: recordings.length, words: await deleteWords(db, interactions) };
}
