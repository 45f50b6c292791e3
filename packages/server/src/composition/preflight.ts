import { lookup } from 'node:dns/promises';
import fs from 'node:fs';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import type { Config } from '../config.ts';
import { type Exposure, isWildcard, planExposure, type Surroundings } from '../http/exposure.ts';
import { StartRefused } from '../store/start-refused.ts';

/*
 * What can be known to fail is refused here, before the database is touched: a second start must not disturb the first.
 */

/** @throws StartRefused `data.unwritable`, naming --data */
export function prepareDataFolder(folder: string): void {
  const probe = path.join(folder, `.probe-${process.pid}`);
  try {
    makeFolder(folder);
    fs.writeFileSync(probe, '');
    fs.rmSync(probe);
  } catch (error) {
    throw new StartRefused(
      'data.unwritable',
      `--data: cannot write to ${folder} (${codeOf(error)}): choose another folder or correct its rights`,
    );
  }
}

/** Level by level: `recursive` never ends on a file system that answers ENOENT to mkdir, such as /proc. */
function makeFolder(folder: string): void {
  if (fs.existsSync(folder)) return;
  makeFolder(path.dirname(folder));
  fs.mkdirSync(folder);
}

/** @throws StartRefused `option.invalid` with a line that names the option */
export async function exposureOf(form: Surroundings['form'], config: Config): Promise<Exposure> {
  const plan = planExposure(config, { form, addresses: await addressesOf(config.host), machineName: os.hostname() });
  if (!plan.ok) throw new StartRefused('option.invalid', plan.message);
  return plan.value;
}

async function addressesOf(host: string): Promise<readonly string[]> {
  if (isWildcard(host)) {
    const all = Object.values(os.networkInterfaces()).flatMap((each) => each ?? []);
    return all.filter((each) => host === '::' || each.family === 'IPv4').map((each) => each.address);
  }
  try {
    return (await lookup(host, { all: true })).map((each) => each.address);
  } catch (error) {
    throw new StartRefused('option.invalid', `--host: ${host} is no address of this machine (${codeOf(error)})`);
  }
}

/** @throws StartRefused `port.in-use` or `port.refused`, naming --port or --host and who holds the port */
export async function requireFreePort(host: string, port: number, scheme: Exposure['scheme']): Promise<void> {
  if (port === 0) return;
  const problem = await new Promise<unknown>((resolve) => {
    const probe = createServer();
    probe.once('error', resolve);
    probe.listen(port, host, () => probe.close(() => resolve(undefined)));
  });
  if (problem === undefined) return;
  const code = codeOf(problem);
  if (code === 'EADDRINUSE')
    throw new StartRefused(
      'port.in-use',
      `--port: ${port} is in use by ${await holderOf(host, port, scheme)}: stop it, or choose another port`,
    );
  if (code === 'EACCES')
    throw new StartRefused('port.refused', `--port: ${port} may not be opened by this user: choose one above 1023, or use a proxy`);
  throw new StartRefused('port.refused', `--host: cannot listen on ${host} (${code}): expected an address of this machine`);
}

async function holderOf(host: string, port: number, scheme: string): Promise<string> {
  const other = 'another program';
  if (scheme !== 'http') return other;
  try {
    const bare = isWildcard(host) ? '127.0.0.1' : host;
    const name = bare.includes(':') ? `[${bare}]` : bare;
    const answer = await fetch(`http://${name}:${port}/api/health`, { signal: AbortSignal.timeout(1000) });
    const found = (await answer.json()) as { product?: unknown; pid?: unknown };
    return found.product === 'threerings' ? `a running ThreeRings (process ${found.pid})` : other;
  } catch {
    return other;
  }
}

function codeOf(error: unknown): string {
  if (error instanceof Error && 'code' in error) return String(error.code);
  return error instanceof Error ? error.message : String(error);
}
