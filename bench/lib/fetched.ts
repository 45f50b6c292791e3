import { spawnSync } from 'node:child_process';
import path from 'node:path';

export const root: string = path.resolve(import.meta.dirname, '../..');

/** Path of a program that `scripts/get-<name>.mjs` unpacks beside the system; throws with what the script says when it cannot. */
export function fetched(name: 'asterisk' | 'rtpengine'): string {
  const script = path.join(root, `scripts/get-${name}.mjs`);
  const { status, stdout } = spawnSync(process.execPath, [script], { encoding: 'utf8' });
  const said = stdout.trim().split('\n').at(-1) ?? '';
  if (status !== 0) throw new Error(said);
  return said;
}

/** The voice process as it is shipped: compiled, without a loader. `npm run bench` has built it. */
export const voiceEntry: string = path.join(root, 'packages/voice/dist/process/main.js');
