import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

export interface ProcessOf {
  readonly pid: number;
  readonly command: string;
}

/** Processes whose command line names this folder: the database and the voice process of the product that lives there. */
export function processesOf(folder: string): ProcessOf[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => ({ pid: Number(name), command: commandLineOf(name) }))
    .filter(({ pid, command }) => pid !== process.pid && command.includes(folder));
}

/** Settles when no process names this folder any more; rejects, naming those that still do, after `ms`. */
export async function untilNothingRuns(folder: string, ms: number): Promise<void> {
  const deadline = Date.now() + ms;
  for (;;) {
    const left = processesOf(folder);
    if (left.length === 0) return;
    if (Date.now() > deadline)
      throw new Error(`still running after ${ms} ms: ${left.map(({ pid, command }) => `${pid} ${command}`).join('\n')}`);
    await sleep(50);
  }
}

/** The voice process of the product in this folder. */
export function voiceProcessOf(folder: string): number | undefined {
  return processesOf(folder).find(({ command }) => /voice.{0,20}main\.[jt]s/.test(command))?.pid;
}

/** The first process of the embedded database of the product in this folder. */
export function databaseProcessOf(folder: string): number | undefined {
  try {
    return Number(readFileSync(`${folder}/postgres/cluster/postmaster.pid`, 'utf8').split('\n')[0]);
  } catch {
    return undefined;
  }
}

function commandLineOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
  } catch {
    return '';
  }
}
