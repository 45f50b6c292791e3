import type { ColumnType } from 'kysely';

export interface ActingTemplateVersionsTable {
  version: number;
  /** parsed on reading; written as JSON text */
  templates: ColumnType<unknown, string, string>;
  note: string;
  /** ms since the epoch */
  made_at: number;
  made_by: string;
}
