import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import { StartRefused } from './start-refused.ts';

const bytes = 32;

/**
 * The key that wraps all data keys: 64 hex digits in a file of mode 0600. Without `mayMake` a missing file is refused:
 * a database whose key is lost must not silently get another one.
 * @throws StartRefused `vault.key`
 */
export function readMasterKey(file: string, { mayMake }: { readonly mayMake: boolean }): Buffer {
  const found = fs.statSync(file, { throwIfNoEntry: false });
  if (!found) {
    if (mayMake) return make(file);
    throw new StartRefused('vault.key', `the master key ${file} is missing: put back the copy you keep, or name it with --master-key-file`);
  }
  if (process.platform !== 'win32' && (found.mode & 0o077) !== 0) {
    throw new StartRefused(
      'vault.key',
      `the master key ${file} can be read by others (mode ${(found.mode & 0o777).toString(8)}): chmod 600 it`,
    );
  }
  const text = fs.readFileSync(file, 'utf8').trim();
  if (!/^[0-9a-f]{64}$/.test(text)) {
    throw new StartRefused('vault.key', `the master key ${file} is damaged: expected 64 hex digits, found ${text.length} characters`);
  }
  return Buffer.from(text, 'hex');
}

/** Written beside and linked, so that two first starts agree on one key and none reads half a file. */
function make(file: string): Buffer {
  const draft = `${file}.${process.pid}.new`;
  const key = randomBytes(bytes);
  fs.writeFileSync(draft, `${key.toString('hex')}\n`, { mode: 0o600, flag: 'wx', flush: true });
  try {
    fs.linkSync(draft, file);
    return key;
  } catch (error) {
    const another = error instanceof Error && 'code' in error && error.code === 'EEXIST';
    if (!another) throw error;
    return readMasterKey(file, { mayMake: false });
  } finally {
    fs.rmSync(draft, { force: true });
  }
}
