import type { ColumnType } from 'kysely';

/** Milliseconds since the epoch. */
type Instant = number;
/** Parsed on reading; written as JSON text. */
type Json = ColumnType<unknown, string, string>;

export interface TrainingRunsTable {
  run: string;
  agent: string;
  script: string;
  script_version: number;
  text: string;
  seed: number;
  mode: 'text' | 'ear';
  started_at: Instant;
  seen_at: Instant;
  acts: Json;
  ended_at: Instant | null;
  /** parsed on reading; written as JSON text */
  replay: ColumnType<unknown, string | null, string | null>;
}

export interface TrainingScriptsTable {
  script: string;
  version: number;
  text: string;
  published_at: Instant;
  published_by: string;
}

export interface LessonReadingsTable {
  agent: string;
  lesson: string;
  version: number;
  read_at: Instant;
  led_by: string | null;
}
