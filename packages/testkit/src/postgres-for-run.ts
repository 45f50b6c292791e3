import fs from 'node:fs';
import { type EmbeddedPostgres, startPostgres } from '@threerings/server/store/embedded-postgres';
import { migrate } from '@threerings/server/store/migrate';
import pg from 'pg';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    postgresUrl: string;
  }
}

export const templateName = 'threerings_template';

/** Loss of power does not matter to a test: no fsync, and no data kept. */
const fast = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_connections=200', 'file_copy_method=clone'];

/** Shared by the projects of one run, which vitest sets up in one process. */
let running: Promise<EmbeddedPostgres & { readonly directory: string }> | undefined;
let users = 0;

async function start() {
  // Short, because the path of a Unix socket is limited.
  const directory = fs.mkdtempSync('/tmp/tr-test-');
  try {
    const server = await startPostgres({ directory, settings: fast });
    await makeTemplate(server.url);
    return { ...server, directory };
  } catch (error) {
    fs.rmSync(directory, { recursive: true, force: true });
    throw error;
  }
}

async function makeTemplate(url: string): Promise<void> {
  const admin = new pg.Client({ connectionString: url });
  await admin.connect();
  await admin.query(`create database ${templateName}`);
  await migrate(databaseUrl(url, templateName));
  await admin.query(`alter database ${templateName} is_template true allow_connections false`);
  await admin.end();
}

/** The same server, another database. */
export function databaseUrl(url: string, name: string): string {
  const other = new URL(url);
  other.pathname = name;
  return other.href;
}

/** vitest's global set-up: one server for the run. Its default export would also do, but this project has none. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  users += 1;
  running ??= start();
  const server = await running;
  project.provide('postgresUrl', server.url);
  return async () => {
    users -= 1;
    if (users > 0) return;
    await server.stop();
    fs.rmSync(server.directory, { recursive: true, force: true });
  };
}
