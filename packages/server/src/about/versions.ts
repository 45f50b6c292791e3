import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { vocabularyHash } from '@threerings/core/timeline/vocabulary/hash';
import { embeddedPostgresVersion } from '../store/embedded/binaries.ts';
import { readMigrations } from '../store/migrate.ts';
import { StartRefused } from '../store/start-refused.ts';

export interface Version {
  readonly part: string;
  readonly version: string;
}

/** Libraries of ours that carry native code or speak a protocol: what a report of a fault must name. */
const libraries = ['pg', 'kysely', 'fastify', 'ws', 'zod', 'pino', 'selfsigned'];

/** What is installed and which tables this release judges and stores by. Starts nothing. */
export function versions(): readonly Version[] {
  const { node, v8, openssl } = process.versions;
  const migrations = readMigrations();
  return [
    { part: 'threerings', version: ownVersion() },
    { part: 'platform', version: `${process.platform}-${process.arch}` },
    { part: 'node', version: node },
    { part: 'v8', version: v8 },
    { part: 'openssl', version: openssl ?? 'none' },
    { part: 'embedded database', version: postgresVersion() },
    { part: 'node-datachannel', version: versionOf('node-datachannel') },
    ...libraries.map((part) => ({ part, version: versionOf(part) })),
    { part: 'event table', version: `sha256 ${vocabularyHash}` },
    ...migrations.map(({ name, sha256 }) => ({ part: `migration ${name}`, version: `sha256 ${sha256}` })),
  ];
}

function ownVersion(): string {
  return versionIn(fileURLToPath(new URL('../../package.json', import.meta.url)));
}

function postgresVersion(): string {
  try {
    return embeddedPostgresVersion();
  } catch (error) {
    if (error instanceof StartRefused) return `none (${error.message})`;
    throw error;
  }
}

/** Many packages do not export their package.json, so it is looked up beside the folders that Node searches. */
function versionOf(library: string): string {
  const folders = createRequire(import.meta.url).resolve.paths(library) ?? [];
  const file = folders.map((folder) => path.join(folder, library, 'package.json')).find((each) => fs.existsSync(each));
  return file === undefined ? 'not installed' : versionIn(file);
}

function versionIn(file: string): string {
  const found: unknown = JSON.parse(fs.readFileSync(file, 'utf8'));
  return typeof found === 'object' && found !== null && 'version' in found ? String(found.version) : 'unknown';
}
