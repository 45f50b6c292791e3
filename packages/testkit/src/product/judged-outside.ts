import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { WireVerdict } from '@threerings/core/wire/events';
import { threerings } from './command.ts';

/** What makes two verdicts the same. */
export type Gist = Readonly<Record<'norm' | 'key' | 'value' | 'at', string | number>>;

const order = (a: string, b: string) => (a < b ? -1 : 1);

/** Verdicts in an order that does not depend on when they were reached. */
export function gistOf(verdicts: readonly Pick<WireVerdict, 'norm' | 'key' | 'value' | 'at'>[]): Gist[] {
  return verdicts.map(({ norm, key, value, at }) => ({ norm, key, value, at })).sort((a, b) => order(JSON.stringify(a), JSON.stringify(b)));
}

/**
 * The verdicts that the command line reaches on the exported timeline of a call: `timeline export`, then `judge`. `data` is
 * the folder of the product, which may be running.
 */
export async function judgedOutside(data: string, interaction: string): Promise<Gist[]> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'threerings-judge-'));
  const file = path.join(folder, 'call.jsonl');
  try {
    const exported = await threerings(['timeline', 'export', interaction, '--with-texts', '--out', file, '--data', data]);
    if (exported.ended !== 0) throw new Error(exported.lines.join('\n'));
    const judged = await threerings(['judge', '--json', file]);
    if (judged.ended !== 0) throw new Error(judged.lines.join('\n'));
    return gistOf(judged.lines.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line) as WireVerdict));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
