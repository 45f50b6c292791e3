import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { engineFlags, flagNumbers } from '@threerings/norms/flags';
import { judgement } from '@threerings/norms/judge';
import { compile } from '@threerings/norms/program';
import type { TraceEvent } from '@threerings/norms/trace';
import { describe, expect, it } from 'vitest';
import { goldenFamilies, goldenPacks, testEnv } from './golden-packs.ts';

const golden = new URL('../../../../golden/', import.meta.url);
const names = readdirSync(golden).filter((name) => existsSync(new URL(`${name}/timeline.jsonl`, golden)));
const program = compile(goldenPacks(), testEnv(goldenFamilies()));

/**
 * Whole calls with all verdicts, witnesses and reasons. THREERINGS_REGENERATE=1 writes the verdicts anew – after a change of meaning only,
 * which is a new number in flags.ts and keeps the old golden beside the new one.
 */
describe('golden judgements', () => {
  it.each(names)('%s', (name) => {
    const lines = readFileSync(new URL(`${name}/timeline.jsonl`, golden), 'utf8')
      .trim()
      .split('\n');
    const events = lines.map((line) => JSON.parse(line) as TraceEvent);
    const file = new URL(`${name}/verdicts.json`, golden);
    const fresh = `${JSON.stringify(judgement(program, events), null, 2)}\n`;
    if (process.env['THREERINGS_REGENERATE'] === '1') writeFileSync(file, fresh);
    expect(JSON.parse(fresh)).toEqual(JSON.parse(readFileSync(file, 'utf8')));
  });

  it('exist', () => {
    expect(names).toEqual(expect.arrayContaining(['12333', '12333-no-transcript']));
  });
});

describe('decisions of meaning', () => {
  it('are numbered without gaps and never renamed', () => {
    expect(flagNumbers).toEqual(engineFlags.map((_, index) => index + 1));
    expect(engineFlags.map(({ number, id }) => `${number} ${id}`)).toEqual([
      '1 deadline-inclusive',
      '2 utterance-start',
      '3 tick-attests',
      '4 undelivered-unknown',
      '5 any-hit',
      '6 born-late-empty',
      '7 recurrence-ahead',
      '8 throughout-from-talk',
    ]);
  });
});
