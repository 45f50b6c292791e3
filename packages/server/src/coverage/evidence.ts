import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { Evidence } from './catalogue-yaml.ts';

/** What the golden timelines of scenarios hold: the running hotline must come to the same (`docs/guides/testing.md`). */
export interface Goldens {
  /** event types of all scenarios */
  readonly seen: ReadonlySet<string>;
  readonly eventsOf: ReadonlyMap<string, ReadonlySet<string>>;
  /** scenarios by norm and value, `norm kept` */
  readonly judged: ReadonlyMap<string, readonly string[]>;
}

const verdictsShape = z.record(z.string(), z.array(z.object({ norm: z.string(), value: z.string() })));

/** Reads `golden/scenarios` of the folder of the product; nothing where it was not shipped along. */
export function readGoldens(root: string): Goldens {
  const folder = path.join(root, 'golden/scenarios');
  const names = existsSync(folder) ? readdirSync(folder).sort() : [];
  const eventsOf = new Map<string, ReadonlySet<string>>();
  const judged = new Map<string, string[]>();
  for (const name of names) {
    const timeline = readFileSync(path.join(folder, name, 'timeline.jsonl'), 'utf8')
      .trimEnd()
      .split('\n');
    eventsOf.set(name, new Set(timeline.map((line) => z.object({ type: z.string() }).parse(JSON.parse(line)).type)));
    const verdicts = verdictsShape.parse(JSON.parse(readFileSync(path.join(folder, name, 'verdicts.json'), 'utf8')));
    for (const key of new Set(Object.values(verdicts).flatMap((some) => some.map(({ norm, value }) => `${norm} ${value}`))))
      judged.set(key, [...(judged.get(key) ?? []), name]);
  }
  return { seen: new Set([...eventsOf.values()].flatMap((types) => [...types])), eventsOf, judged };
}

/** How a piece of evidence is told, and what is wrong with it: the scenario lacks the event, the file lacks the test. */
export function examine(evidence: Evidence, root: string, goldens: Goldens): { readonly told: string; readonly wrong?: string } {
  if ('scenario' in evidence) {
    const { scenario, event } = evidence;
    const told = `scenario ${scenario}`;
    const types = goldens.eventsOf.get(scenario);
    if (types === undefined) return { told, wrong: `no golden timeline of ${scenario}` };
    return types.has(event) ? { told } : { told, wrong: `no ${event} in the golden timeline of ${scenario}` };
  }
  const { test, title } = evidence;
  const told = `${path.basename(test)} “${title}”`;
  const file = path.join(root, test);
  if (!existsSync(file)) return { told, wrong: `no file ${test}` };
  return readFileSync(file, 'utf8').includes(title) ? { told } : { told, wrong: `no test “${title}” in ${test}` };
}
