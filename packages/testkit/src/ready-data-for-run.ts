import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { startProduct } from './product.ts';
import { readyDataVariable } from './ready-data.ts';

let made: Promise<string> | undefined;
let users = 0;

async function make(): Promise<string> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'threerings-ready-data-'));
  try {
    const product = await startProduct({ folder });
    await product.stop();
    return folder;
  } catch (error) {
    rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
    throw error;
  }
}

/**
 * vitest's global set-up for tests that are not about a first start: one is made, and each product begins with a copy of what it left. A
 * database that is made, migrated and seeded costs more than all the rest of a start.
 */
export async function setup(): Promise<() => void> {
  users += 1;
  made ??= make();
  const folder = await made;
  process.env[readyDataVariable] = folder;
  return () => {
    users -= 1;
    if (users === 0) rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  };
}
