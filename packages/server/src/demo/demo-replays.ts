import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { readTrace } from '@threerings/core/timeline/jsonl';
import type { TraceEvent } from '@threerings/norms/trace';
import type { ReplayChannel } from '../channels/replay/replay-channel.ts';
import type { Clock } from '../clock.ts';

/** `src/demo` and `dist/demo` lie equally deep. */
const folder = fileURLToPath(new URL('../../demo/', import.meta.url));

/** The next replay begins so long after the one before ended, ms. */
const pauseMs = 30_000;
/** Time for somebody to sign in and open the board, ms. */
const firstMs = 3_000;

/** Plays the demo's calls on the board, one after the other, until stopped. */
export function playDemoReplays(channel: ReplayChannel, clock: Clock, onError: (error: unknown) => void): () => void {
  let stopped = false;
  let cancel: (() => void) | undefined;
  const wait = (ms: number) =>
    new Promise<void>((resolve) => {
      cancel = clock.at(clock.now() + ms, resolve);
    });
  const run = async () => {
    const calls = await readDemoCalls();
    await wait(firstMs);
    for (let next = 0; !stopped && calls.length > 0; next = (next + 1) % calls.length) {
      await channel.play(calls[next] ?? []).done;
      await wait(pauseMs);
    }
  };
  run().catch(onError);
  return () => {
    stopped = true;
    cancel?.();
  };
}

/** The recorded timelines of the demo, in the order of their names. */
export async function readDemoCalls(): Promise<readonly (readonly TraceEvent[])[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.jsonl')).sort();
  return Promise.all(
    names.map(async (name) => {
      const read = readTrace(await readFile(`${folder}/${name}`, 'utf8'));
      if ('faults' in read) throw new Error(`demo/${name}:${read.faults[0]?.line}: expected ${read.faults[0]?.expected}`);
      return read.events;
    }),
  );
}
