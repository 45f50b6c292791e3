import { spawn } from 'node:child_process';

/** What a look for malware came to. `unable`: nobody can tell, so the file is not taken. */
export type Scanned = 'clean' | 'infected' | 'unable';
/** Looks for malware in a file; it may take so long as a person waits. */
export type Scanner = (bytes: Buffer, signal: AbortSignal) => Promise<Scanned>;

const scanMs = 30_000;
const statusOfClean = 0;
const statusOfInfected = 1;

/** The scanner that the settings name, or undefined where none is set: files are kept then and shown as not scanned. */
export function scannerOf({
  command,
  url,
}: {
  readonly command?: string | undefined;
  readonly url?: string | undefined;
}): Scanner | undefined {
  if (command !== undefined) return (bytes, signal) => scanByCommand(command, bytes, signal);
  return url === undefined ? undefined : (bytes, signal) => scanByService(url, bytes, signal);
}

/** Fails closed: an error or a scanner that does not answer in time is `unable`. */
export async function scanned(scanner: Scanner, bytes: Buffer, onError: (error: unknown) => void): Promise<Scanned> {
  try {
    return await scanner(bytes, AbortSignal.timeout(scanMs));
  } catch (error) {
    onError(error);
    return 'unable';
  }
}

/** The bytes go to its standard input, nothing of the name to its command line. Exit codes are those of clamdscan(1). */
function scanByCommand(command: string, bytes: Buffer, signal: AbortSignal): Promise<Scanned> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, [], {
      stdio: ['pipe', 'ignore', 'ignore'],
      signal,
      killSignal: 'SIGKILL',
      env: { PATH: '/usr/local/bin:/usr/bin:/bin' },
    });
    child.once('error', reject);
    child.once('close', (code) => resolve(code === statusOfClean ? 'clean' : code === statusOfInfected ? 'infected' : 'unable'));
    // One that needs only the beginning closes its input early.
    child.stdin.on('error', () => {});
    child.stdin.end(bytes);
  });
}

async function scanByService(url: string, bytes: Buffer, signal: AbortSignal): Promise<Scanned> {
  const headers = { 'content-type': 'application/octet-stream' };
  const answer = await fetch(url, { method: 'POST', body: new Uint8Array(bytes), headers, signal, redirect: 'error' });
  if (answer.status !== 200) return 'unable';
  const said: unknown = await answer.json();
  const clean = typeof said === 'object' && said !== null && 'clean' in said ? said.clean : undefined;
  return clean === true ? 'clean' : clean === false ? 'infected' : 'unable';
}
