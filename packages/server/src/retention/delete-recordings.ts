import { rm } from 'node:fs/promises';
import path from 'node:path';
import { deleteAttachments } from '../attachments/attachments.ts';
import type { Database } from '../store/database.ts';
import { attachmentsOfCalls, deleteWords, forgetRecordings, type KeptFile, recordingsOfCalls } from './retention-read-model.ts';

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

/** The sound, the words and the files of these calls, of both sides. Says what went. */
export async function eraseCalls(
  db: Database,
  data: string,
  interactions: readonly string[],
  at: number,
): Promise<{ recordings: number; words: number; files: number }> {
  const recordings = await recordingsOfCalls(db, interactions);
  await deleteRecordings(db, data, recordings);
  const files = await attachmentsOfCalls(db, interactions);
  await deleteAttachments(db, data, files, 'erased', at);
  return { recordings: recordings.length, words: await deleteWords(db, interactions), files: files.length };
}
