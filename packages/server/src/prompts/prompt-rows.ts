import type { Database } from '../store/database.ts';

export interface PromptRecording {
  readonly prompt: string;
  readonly version: number;
  readonly inUse: boolean;
  readonly durationMs: number;
  readonly peakDb: number;
  readonly madeAt: number;
  readonly madeBy: string;
}

/** What a prompt is recorded as from now on. Older recordings are kept, the last `kept` of them. */
const kept = 20;

/** Every recording, without its sound; the newest of a prompt first. */
export async function promptRecordings(db: Database): Promise<PromptRecording[]> {
  const rows = await db
    .selectFrom('prompt_recordings')
    .select(['prompt', 'version', 'in_use', 'duration_ms', 'peak_db', 'made_at', 'made_by'])
    .orderBy('prompt')
    .orderBy('version', 'desc')
    .execute();
  return rows.map((row) => ({
    prompt: row.prompt,
    version: row.version,
    inUse: row.in_use,
    durationMs: row.duration_ms,
    peakDb: row.peak_db,
    madeAt: row.made_at,
    madeBy: row.made_by,
  }));
}

/** Prompts that were recorded here and are in use. */
export async function recordedPrompts(db: Database): Promise<string[]> {
  const rows = await db.selectFrom('prompt_recordings').select('prompt').where('in_use', '=', true).execute();
  return rows.map(({ prompt }) => prompt);
}

/** The sound of a recording as a WAV file; without a version that in use. */
export async function soundOf(
  db: Database,
  prompt: string,
  version?: number,
): Promise<{ readonly version: number; readonly sound: Buffer } | undefined> {
  const query = db.selectFrom('prompt_recordings').select(['version', 'sound']).where('prompt', '=', prompt);
  return (version === undefined ? query.where('in_use', '=', true) : query.where('version', '=', version)).executeTakeFirst();
}

export interface NewRecording extends Pick<PromptRecording, 'prompt' | 'durationMs' | 'peakDb' | 'madeAt' | 'madeBy'> {
  readonly sound: Buffer;
}

/** Puts a recording in use, in place of the one before; returns its version. */
export function keepRecording(db: Database, { prompt, sound, durationMs, peakDb, madeAt, madeBy }: NewRecording): Promise<number> {
  return db.transaction().execute(async (tx) => {
    const { newest } = await tx
      .selectFrom('prompt_recordings')
      .select(({ fn }) => fn.max('version').as('newest'))
      .where('prompt', '=', prompt)
      .executeTakeFirstOrThrow();
    const version = Number(newest ?? 0) + 1;
    await tx.updateTable('prompt_recordings').set({ in_use: false }).where('prompt', '=', prompt).execute();
    const row = { prompt, version, in_use: true, sound, duration_ms: durationMs, peak_db: peakDb, made_at: madeAt, made_by: madeBy };
    await tx.insertInto('prompt_recordings').values(row).execute();
    await tx
      .deleteFrom('prompt_recordings')
      .where('prompt', '=', prompt)
      .where('version', '<=', version - kept)
      .execute();
    return version;
  });
}

/** Puts an older recording back in use; without a version none is. False when there is no such recording. */
export function useRecording(db: Database, prompt: string, version: number | undefined): Promise<boolean> {
  return db.transaction().execute(async (tx) => {
    if (version !== undefined) {
      const found = await tx
        .selectFrom('prompt_recordings')
        .select('version')
        .where('prompt', '=', prompt)
        .where('version', '=', version)
        .executeTakeFirst();
      if (found === undefined) return false;
    }
    await tx.updateTable('prompt_recordings').set({ in_use: false }).where('prompt', '=', prompt).execute();
    if (version !== undefined)
      await tx.updateTable('prompt_recordings').set({ in_use: true }).where('prompt', '=', prompt).where('version', '=', version).execute();
    return true;
  });
}
