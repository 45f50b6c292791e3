import type { ActedAt, TrainingReplay } from '@threerings/core/wire/training';
import type { Selectable } from 'kysely';
import type { Database } from '../store/database.ts';
import type { Schema } from '../store/schema.ts';

type Row = Selectable<Schema['training_runs']>;

/** A try as it is stored. */
export interface StoredRun {
  readonly run: string;
  readonly agent: string;
  readonly script: string;
  readonly scriptVersion: number;
  readonly text: string;
  readonly seed: number;
  readonly mode: 'text' | 'ear';
  readonly startedAt: number;
  readonly seenAt: number;
  readonly acts: readonly ActedAt[];
  readonly endedAt?: number | undefined;
  readonly replay?: TrainingReplay | undefined;
}

/** A list goes back so far. */
export const mostListed = 500;

export async function addRun(db: Database, run: StoredRun): Promise<void> {
  const { scriptVersion, startedAt, seenAt, acts, run: id, agent, script, text, seed, mode } = run;
  const row = { run: id, agent, script, text, seed, mode, script_version: scriptVersion, started_at: startedAt, seen_at: seenAt };
  await db
    .insertInto('training_runs')
    .values({ ...row, acts: JSON.stringify(acts), ended_at: null, replay: null })
    .execute();
}

export async function findRun(db: Database, run: string): Promise<StoredRun | undefined> {
  const row = await db.selectFrom('training_runs').selectAll().where('run', '=', run).executeTakeFirst();
  return row === undefined ? undefined : runOf(row);
}

/** All tries of a person, oldest first, with what happened in them. */
export async function storedRunsOf(db: Database, agent: string): Promise<readonly StoredRun[]> {
  const rows = await db.selectFrom('training_runs').selectAll().where('agent', '=', agent).orderBy('started_at').orderBy('run').execute();
  return rows.map(runOf);
}

/**
 * One more act, or the end. False when somebody else wrote in between: `before` acts were there. What is over stays as it is.
 */
export async function writeRun(db: Database, run: StoredRun, before: number): Promise<boolean> {
  const written = await db
    .updateTable('training_runs')
    .set({
      acts: JSON.stringify(run.acts),
      seen_at: run.seenAt,
      ended_at: run.endedAt ?? null,
      replay: run.replay === undefined ? null : JSON.stringify(run.replay),
    })
    .where('run', '=', run.run)
    .where('ended_at', 'is', null)
    .where((on) => on.fn('jsonb_array_length', ['acts']), '=', before)
    .executeTakeFirst();
  return written.numUpdatedRows > 0n;
}

/** Tries of these people, newest first; without what happened in them. */
export async function runsOf(db: Database, agents: readonly string[], limit = mostListed) {
  if (agents.length === 0) return [];
  const rows = await db
    .selectFrom('training_runs')
    .select(['run', 'agent', 'script', 'script_version', 'started_at', 'ended_at', 'replay', 'text'])
    .where('agent', 'in', agents)
    .orderBy('started_at', 'desc')
    .orderBy('run')
    .limit(limit)
    .execute();
  return rows.map(({ run, agent, script, script_version, started_at, ended_at, replay, text }) => ({
    ...{ run, agent, script, scriptVersion: script_version, startedAt: started_at, endedAt: ended_at ?? undefined, text },
    replay: (replay ?? undefined) as TrainingReplay | undefined,
  }));
}

function runOf(row: Row): StoredRun {
  const { run, agent, script, script_version, text, seed, mode, started_at, seen_at, acts, ended_at, replay } = row;
  return {
    ...{ run, agent, script, scriptVersion: script_version, text, seed, mode, startedAt: started_at, seenAt: seen_at },
    acts: acts as readonly ActedAt[],
    ...(ended_at === null ? {} : { endedAt: ended_at }),
    ...(replay === null ? {} : { replay: replay as TrainingReplay }),
  };
}

/** The newest version of each of the hotline's own scripts. */
export async function ownScripts(
  db: Database,
): Promise<readonly { readonly script: string; readonly version: number; readonly text: string }[]> {
  return db
    .selectFrom('training_scripts')
    .distinctOn('script')
    .select(['script', 'version', 'text'])
    .orderBy('script')
    .orderBy('version', 'desc')
    .execute();
}

/** Published versions of a script, newest first. */
export async function publishedVersions(db: Database, script: string) {
  const rows = await db
    .selectFrom('training_scripts')
    .select(['version', 'published_at', 'published_by'])
    .where('script', '=', script)
    .orderBy('version', 'desc')
    .limit(30)
    .execute();
  return rows.map(({ version, published_at: at, published_by: by }) => ({ version, at, by }));
}

/** False: this version is there already. */
export async function publishScript(
  db: Database,
  row: { readonly script: string; readonly version: number; readonly text: string; readonly by: string; readonly at: number },
): Promise<boolean> {
  const { by, at, ...rest } = row;
  const added = await db
    .insertInto('training_scripts')
    .values({ ...rest, published_at: at, published_by: by })
    .onConflict((taken) => taken.doNothing())
    .executeTakeFirst();
  return (added.numInsertedOrUpdatedRows ?? 0n) > 0n;
}
