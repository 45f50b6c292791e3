import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';

/** Environment variable with the folder that `ready-data-for-run` made; empty: every product begins as at its user's, with nothing. */
export const readyDataVariable = 'THREERINGS_READY_DATA';

/** Lays the data of a first start out in a folder that holds nothing yet, owners included; otherwise it stays empty. */
export function layOutReadyData(folder: string): void {
  const ready = process.env[readyDataVariable] ?? '';
  if (ready === '' || readdirSync(folder).length > 0) return;
  const { status, stderr } = spawnSync('cp', ['-a', '--reflink=auto', `${ready}/.`, folder], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`cannot copy ${ready}: ${stderr}`);
}
