import { Kysely, PostgresDialect, type Transaction } from 'kysely';
import pg from 'pg';
import type { Schema } from './schema.ts';

export type Database = Kysely<Schema>;
/** Every function that takes part in somebody's transaction takes this. */
export type Tx = Transaction<Schema>;

export interface DatabaseOptions {
  /** connections at most; default 10 */
  readonly maxConnections?: number;
  /** an idle connection broke (the server went away); the pool opens a new one when it is next needed */
  readonly onIdleError?: (error: Error) => void;
}

const int8 = 20;

/** `bigint` columns hold instants and counters below 2^53: plain numbers, or it is a bug. */
function safeInteger(text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number)) throw new RangeError(`int8 ${text} does not fit a number`);
  return number;
}

/** How values are read on every connection of ours. */
export const types: pg.CustomTypesConfig = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') => (oid === int8 ? safeInteger : pg.types.getTypeParser(oid, format)),
};

/** @param url `postgres://…`; a socket folder is written as a percent-encoded host */
export function openDatabase(url: string, options: DatabaseOptions = {}): Database {
  return databaseOn(openPool(url, options));
}

/** Ends the pool when it is destroyed. */
export function databaseOn(pool: pg.Pool): Database {
  return new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) });
}

export function openPool(url: string, options: DatabaseOptions = {}): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.maxConnections ?? 10,
    types,
    application_name: 'threerings',
    connectionTimeoutMillis: 10_000,
  });
  // Without a listener an idle connection that breaks would end the process.
  pool.on('error', (error) => options.onIdleError?.(error));
  // Nor does the pool listen to one that is in use: what waits for its answer is told by the query.
  pool.on('connect', (client) => client.on('error', () => {}));
  return pool;
}

/** A connection of its own, for LISTEN and for reading long results. The caller ends it. */
export async function openConnection(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, types, application_name: 'threerings' });
  client.on('error', () => {}); // the query in flight, or the next one, reports it
  await client.connect();
  return client;
}
