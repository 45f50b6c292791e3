import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { TimelineEvent } from '@threerings/core/timeline/event';
import { printTimeline } from '@threerings/core/timeline/jsonl';
import type { Verdict } from '@threerings/norms/trace';
import { opening } from './stage.ts';

const folder = path.resolve(import.meta.dirname, '../../../../golden/scenarios');

/** What a scenario came to: every event that was recorded, and the verdicts of each call, as files. */
export interface Outcome {
  readonly timeline: string;
  readonly verdicts: string;
}

export function outcomeOf(events: readonly TimelineEvent[], verdicts: ReadonlyMap<string, readonly Verdict[]>): Outcome {
  const told = Object.fromEntries([...verdicts].map(([call, own]) => [call, own.map(toldVerdict)]));
  return { timeline: printTimeline(events), verdicts: `${JSON.stringify(told, undefined, 2)}\n` };
}

/** Instants count from the opening of the scenario, ms: a reader need not subtract. */
function toldVerdict({ norm, value, anchor, at, reason, missing, who, packVersion, witnesses }: Verdict) {
  return { norm, value, anchor: anchor - opening, at: at - opening, reason, missing, who, packVersion, witnesses };
}

export function readGolden(name: string): Outcome | undefined {
  const [timeline, verdicts] = filesOf(name);
  if (!existsSync(timeline) || !existsSync(verdicts)) return undefined;
  return { timeline: readFileSync(timeline, 'utf8'), verdicts: readFileSync(verdicts, 'utf8') };
}

/** Whether goldens are to be written anew (`THREERINGS_GOLDEN=write`). Throws in CI, where nothing may pass by rewriting what it is held against. */
export function writesGoldens(environment: Readonly<Record<string, string | undefined>> = process.env): boolean {
  const asked = environment['THREERINGS_GOLDEN'];
  if (asked === undefined || asked === '') return false;
  if (asked !== 'write') throw new Error(`THREERINGS_GOLDEN: expected write, found "${asked}"`);
  if (environment['CI']) throw new Error('THREERINGS_GOLDEN=write is refused in CI: write goldens at home and read the difference');
  return true;
}

export function writeGolden(name: string, outcome: Outcome): void {
  const [timeline, verdicts] = filesOf(name);
  mkdirSync(path.dirname(timeline), { recursive: true });
  writeFileSync(timeline, outcome.timeline);
  writeFileSync(verdicts, outcome.verdicts);
}

function filesOf(name: string): readonly [timeline: string, verdicts: string] {
  return [path.join(folder, name, 'timeline.jsonl'), path.join(folder, name, 'verdicts.json')];
}
