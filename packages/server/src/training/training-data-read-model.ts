import type { TrainingData } from '@threerings/core/wire/training';
import type { Database } from '../store/database.ts';
import { type StoredRun, storedRunsOf } from './training-read-model.ts';

/** Tries that began before this instant, ms UTC, whether they came to an end or not. What was read and confirmed stays: it is proof. */
export async function expireTries(db: Database, before: number): Promise<number> {
  const gone = await db.deleteFrom('training_runs').where('started_at', '<', before).executeTakeFirst();
  return Number(gone.numDeletedRows);
}

/** Everything that trainings hold of a person, oldest first. */
export async function trainingDataOf(db: Database, agent: string): Promise<TrainingData> {
  const runs = await storedRunsOf(db, agent);
  const readings = await db.selectFrom('lesson_readings').selectAll().where('agent', '=', agent).orderBy('read_at').execute();
  return {
    agent,
    tries: runs.map(exported),
    readings: readings.map(({ lesson, version, read_at: at, led_by }) => ({
      lesson,
      version,
      at,
      ...(led_by === null ? {} : { ledBy: led_by }),
    })),
  };
}

function exported({ run, script, scriptVersion: version, mode, startedAt, endedAt, acts, replay }: StoredRun) {
  return {
    ...{ run, script, version, mode, startedAt, acts: [...acts] },
    ...(endedAt === undefined ? {} : { endedAt }),
    ...(replay === undefined ? {} : { replay }),
  };
}

/** Erases what trainings hold of a person; says how much went. */
export async function eraseTrainingData(db: Database, agent: string): Promise<{ readonly tries: number; readonly readings: number }> {
  return db.transaction().execute(async (tx) => {
    const tries = await tx.deleteFrom('training_runs').where('agent', '=', agent).executeTakeFirst();
    const readings = await tx.deleteFrom('lesson_readings').where('agent', '=', agent).executeTakeFirst();
    return { tries: Number(tries.numDeletedRows), readings: Number(readings.numDeletedRows) };
  });
}
