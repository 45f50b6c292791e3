import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { isAlive, startOf } from './processes.ts';

/** Who holds a directory: a process, told apart from a later one with the same number by its start. */
interface Holder {
  readonly pid: number;
  readonly start: string;
}

export interface OwnerLock {
  release(): void;
}

const prefix = 'owner.';

/** A file of this lock; `name` without its folder. */
export const isOwnerFile = (name: string) => /^(owner\.\d+|taking\.\d+\.[0-9a-f]+)$/.test(name);

/**
 * Takes the directory for this process, or tells which living process has it. Node has no flock(2), and removing a dead
 * holder's file is a race; so locks are numbered. INVARIANT (owner lock): the holder of the highest number has the
 * directory, and that number never falls. A taker creates the next number atomically (link(2)); a dead holder's number is
 * simply surpassed.
 */
export function takeOwnership(directory: string): OwnerLock | { readonly heldBy: number } {
  for (;;) {
    const highest = highestNumber(directory);
    const holder = readHolder(directory, highest);
    if (holder && isHolding(holder)) return { heldBy: holder.pid };
    const mine = highest + 1;
    if (!create(directory, mine)) continue;
    if (highestNumber(directory) !== mine) {
      fs.rmSync(lockFile(directory, mine), { force: true });
      continue;
    }
    for (const number of numbers(directory)) if (number < mine) fs.rmSync(lockFile(directory, number), { force: true });
    return { release: () => release(directory, mine) };
  }
}

/** Leaves an empty file: nobody holds it, and the number stays the highest. */
function release(directory: string, number: number): void {
  const empty = draftName(directory);
  fs.writeFileSync(empty, '', { mode: 0o600 });
  fs.renameSync(empty, lockFile(directory, number));
}

function create(directory: string, number: number): boolean {
  const draft = draftName(directory);
  const holder: Holder = { pid: process.pid, start: startOf(process.pid) };
  fs.writeFileSync(draft, JSON.stringify(holder), { mode: 0o600 });
  try {
    fs.linkSync(draft, lockFile(directory, number));
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  } finally {
    fs.rmSync(draft, { force: true });
  }
}

function isHolding(holder: Holder): boolean {
  return isAlive(holder.pid) && startOf(holder.pid) === holder.start;
}

function readHolder(directory: string, number: number): Holder | undefined {
  if (number === 0) return undefined;
  try {
    const found: unknown = JSON.parse(fs.readFileSync(lockFile(directory, number), 'utf8'));
    if (typeof found !== 'object' || found === null || !('pid' in found) || !('start' in found)) return undefined;
    return { pid: Number(found.pid), start: String(found.start) };
  } catch {
    return undefined;
  }
}

function numbers(directory: string): number[] {
  return fs
    .readdirSync(directory)
    .filter((name) => /^owner\.\d+$/.test(name))
    .map((name) => Number(name.slice(prefix.length)));
}

const highestNumber = (directory: string) => Math.max(0, ...numbers(directory));
const lockFile = (directory: string, number: number) => path.join(directory, `${prefix}${number}`);
const draftName = (directory: string) => path.join(directory, `taking.${process.pid}.${randomBytes(4).toString('hex')}`);
