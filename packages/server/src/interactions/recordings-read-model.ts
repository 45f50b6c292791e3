import { numberOf, textOf } from '@threerings/core/timeline/decider';
import type { Projector } from '../store/append-batch.ts';
import type { Database, Tx } from '../store/database.ts';

export interface RecordingRow {
  readonly recording: string;
  readonly interaction: string;
  /** relative to the data folder: `recordings/…` */
  readonly file: string;
  readonly startedAt: number;
  readonly durationMs: number | undefined;
}

/** Notes a recording when it begins, and its length when it ends; again is harmless. */
export async function noteRecording(db: Database | Tx, row: RecordingRow): Promise<void> {
  const { recording, interaction, file, startedAt } = row;
  const length = row.durationMs === undefined ? {} : { duration_ms: row.durationMs };
  await db
    .insertInto('recordings')
    .values({ recording, interaction, file, started_at: startedAt, ...length })
    .onConflict((conflict) => conflict.column('recording').doUpdateSet(row.durationMs === undefined ? { file } : length))
    .execute();
}

/** File of a live recording, relative to the data folder. */
export const fileOfRecording = (recording: string) => `recordings/${recording}.wav`;

/** Keeps the rows of recordings in the transaction of their events. */
export const projectRecordings: Projector = async (tx, appended, origin) => {
  if (origin !== 'live') return;
  for (const event of appended) {
    const recording = event.type === 'recording.started' || event.type === 'recording.stopped' ? textOf(event, 'recording') : undefined;
    if (recording === undefined || event.interaction === undefined) continue;
    const durationMs = event.type === 'recording.stopped' ? numberOf(event, 'duration') : undefined;
    const { interaction, occurredAt: startedAt } = event;
    await noteRecording(tx, { recording, interaction, file: fileOfRecording(recording), startedAt, durationMs });
  }
};

export async function findRecording(db: Database, recording: string): Promise<RecordingRow | undefined> {
  return one(db.selectFrom('recordings').selectAll().where('recording', '=', recording).executeTakeFirst());
}

/** The newest recording of an interaction. */
export async function recordingOf(db: Database, interaction: string): Promise<RecordingRow | undefined> {
  return one(
    db
      .selectFrom('recordings')
      .selectAll()
      .where('interaction', '=', interaction)
      .orderBy('started_at', 'desc')
      .limit(1)
      .executeTakeFirst(),
  );
}

interface Found {
  readonly recording: string;
  readonly interaction: string;
  readonly file: string;
  readonly started_at: number;
  readonly duration_ms: number | null;
}

async function one(query: Promise<Found | undefined>): Promise<RecordingRow | undefined> {
  const row = await query;
  return (
    row && {
      recording: row.recording,
      interaction: row.interaction,
      file: row.file,
      startedAt: row.started_at,
      durationMs: row.duration_ms ?? undefined,
    }
  );
}
