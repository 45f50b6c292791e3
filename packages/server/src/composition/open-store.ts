import path from 'node:path';
import type { Config } from '../config.ts';
import type { Services } from '../services.ts';
import { type Database, openDatabase } from '../store/database.ts';
import { startPostgres } from '../store/embedded-postgres.ts';
import { readMasterKey } from '../store/master-key.ts';
import { migrate } from '../store/migrate.ts';
import { prepareDataFolder } from './preflight.ts';

export interface Store {
  readonly db: Database;
  /** holds a password: never log it */
  readonly url: string;
  readonly masterKey: Buffer;
  /** `embedded, created`, `embedded, started`, `embedded, shared` or `external` */
  readonly how: string;
  /** migrations that this start applied */
  readonly migrated: readonly string[];
  /** settles with the reason when the embedded server ends by itself */
  readonly lost: Promise<string>;
}

/**
 * The database, brought to this release's schema, and the master key.
 * @param mode `own` for a server; `share` for a command that may run beside one
 * @throws StartRefused with one line for the terminal
 */
export async function openStore(services: Services, config: Config, mode: 'own' | 'share'): Promise<Store> {
  const server = await openServer(services, config, mode);
  const db = await services.start('database', () => {
    const value = openDatabase(server.url);
    return { value, stop: () => value.destroy() };
  });
  const migrated = await services.start('migrations', async () => ({ value: await migrate(server.url) }));
  const masterKey = await services.start('master key', async () => {
    const sealed = await db.selectFrom('vault_keys').select('subject').limit(1).executeTakeFirst();
    const file = config.masterKeyFile ?? path.join(config.data, 'master.key');
    return { value: readMasterKey(file, { mayMake: sealed === undefined }) };
  });
  return { db, url: server.url, masterKey, how: server.how, migrated, lost: server.lost };
}

/** The database server alone: no table is made, no key is read. */
export function openServer(services: Services, config: Config, mode: 'own' | 'share') {
  prepareDataFolder(config.data);
  return services.start('database server', () => serverFor(config, mode));
}

async function serverFor(config: Config, mode: 'own' | 'share') {
  const never = new Promise<string>(() => {});
  if (config.databaseUrl !== undefined) return { value: { url: config.databaseUrl, how: 'external', lost: never } };
  const postgres = await startPostgres({ directory: config.data, mode });
  return { value: { url: postgres.url, how: `embedded, ${postgres.how}`, lost: postgres.exited }, stop: () => postgres.stop() };
}
