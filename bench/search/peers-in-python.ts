import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import type { SearchedText } from '@threerings/core/knowledge/search/article';
import { root } from '../lib/fetched.ts';
import type { Peer, Terms } from './peer.ts';

interface Unpacking {
  canUnpack(): boolean;
  unpackDebian(what: { readonly folder: string; readonly packages: readonly string[] }): string | undefined;
}

/** Xapian's Python binding from the system's packages, unpacked beside it. Returns the environment that finds it. */
async function xapianFolder(): Promise<NodeJS.ProcessEnv> {
  const folder = path.join(root, '.cache/xapian');
  const module = path.join(folder, 'root/usr/lib/python3/dist-packages');
  if (!fs.existsSync(path.join(module, 'xapian'))) {
    const script: string = pathToFileURL(path.join(root, 'scripts/lib/debian.mjs')).href;
    const { canUnpack, unpackDebian }: Unpacking = await import(script);
    const problem = canUnpack() ? unpackDebian({ folder, packages: ['python3-xapian'] }) : 'not a Debian system';
    if (problem !== undefined) console.error(`Xapian could not be fetched: ${problem}`);
  }
  const libraries = ['x86_64-linux-gnu', 'aarch64-linux-gnu'].map((name) => path.join(folder, 'root/usr/lib', name));
  return { PYTHONPATH: module, LD_LIBRARY_PATH: libraries.join(':') };
}

/** SQLite FTS5 or Xapian, where this machine's Python has it; else why not. */
export async function inPython(engine: 'fts5' | 'xapian'): Promise<Peer | string> {
  const own = engine === 'xapian' ? await xapianFolder() : {};
  const child = spawn('python3', [path.join(import.meta.dirname, 'peer.py'), engine], {
    env: { ...process.env, ...own },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const failed = new Promise<string>((resolve) => child.once('error', ({ message }) => resolve(message)));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const answer = async (): Promise<unknown> => JSON.parse(String((await lines.next()).value ?? '{"missing":"it ended"}'));
  const first = (await Promise.race([answer(), failed])) as string | { readonly missing?: string };
  if (typeof first === 'string') return first;
  if (first.missing !== undefined) return first.missing;
  const tell = (what: unknown) => new Promise<void>((resolve) => child.stdin.write(`${JSON.stringify(what)}\n`, () => resolve()));
  return {
    name: engine === 'fts5' ? 'SQLite FTS5' : 'Xapian',
    async add(articles: readonly SearchedText[], terms: Terms) {
      await tell({ clear: true });
      for (const { id, title, body } of articles) await tell({ id, title: terms(title), body: terms(body) });
    },
    async search(terms: readonly string[]) {
      await tell({ search: terms });
      return (await answer()) as string[];
    },
    close: () => {
      child.stdin.end();
    },
  };
}
