import { existsSync } from 'node:fs';
import path from 'node:path';

/** Programs that npm does not have; scripts/lib/system-tools.mjs finds or unpacks them. */
export type Tool = 'chromium' | 'sipp' | 'baresip' | 'postgres15' | 'asterisk';

const names: Readonly<Record<Tool, string>> = {
  chromium: 'chromium',
  sipp: 'sipp',
  baresip: 'baresip',
  postgres15: 'postgres',
  asterisk: 'asterisk',
};

/** Only the one of scripts/get-asterisk.mjs: its version, its modules and its folders are known. */
const unpackedAsterisk = path.resolve(import.meta.dirname, '../../../.cache/asterisk/asterisk');

/** Path of the program, or undefined where it is missing. `THREERINGS_TOOL_<NAME>` wins over PATH. */
export function findTool(tool: Tool): string | undefined {
  const given = process.env[`THREERINGS_TOOL_${tool.toUpperCase()}`];
  if (given) return given;
  if (tool === 'asterisk') return [unpackedAsterisk].find((file) => existsSync(file));
  if (tool === 'postgres15') return ['/usr/lib/postgresql/15/bin/postgres'].find((file) => existsSync(file));
  return (process.env['PATH'] ?? '')
    .split(path.delimiter)
    .map((folder) => path.join(folder, names[tool]))
    .find((file) => existsSync(file));
}

/**
 * True where a test that needs these programs cannot run: `test.skipIf(lacks('sipp'))`. In CI nothing is skipped: the
 * missing program is an error that names it.
 */
export function lacks(...tools: readonly Tool[]): boolean {
  const missing = tools.filter((tool) => findTool(tool) === undefined);
  if (missing.length > 0 && process.env['CI']) throw new Error(`missing: ${missing.join(', ')}; npm test unpacks them into .cache/tools`);
  return missing.length > 0;
}

/**
 * True where Asterisk was not fetched (`node scripts/get-asterisk.mjs`). It comes from another release than the system's, which not
 * every machine can reach: its tests are skipped with a line that says so, in CI as well.
 */
export function lacksAsterisk(): boolean {
  return findTool('asterisk') === undefined;
}

export function toolPath(tool: Tool): string {
  const file = findTool(tool);
  if (!file) throw new Error(`${tool} is missing; npm test unpacks it into .cache`);
  return file;
}
