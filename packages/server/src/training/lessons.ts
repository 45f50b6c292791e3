import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Lesson } from '@threerings/core/wire/training';
import { parse } from 'yaml';
import { z } from 'zod';
import { packsFolder } from '../composition/norms-in-force.ts';
import { readCarriedByPeople } from '../coverage/catalogue-yaml.ts';
import { StartRefused } from '../store/start-refused.ts';
import { trainingFolder } from './delivered-scripts.ts';

/** A lesson as it stands in the files, without who has read it. */
export type WrittenLesson = Omit<Lesson, 'readVersion' | 'readAt'>;

const words = z.string().min(1).max(4000);
const tongue = z.strictObject({ title: words, text: words });
const discussions = z.record(
  z.string().regex(/^[a-z0-9-]{1,64}$/),
  z.strictObject({
    version: z.number().int().min(1),
    script: z.string().optional(),
    clauses: z.array(z.string()).default([]),
    zh: tongue,
    en: tongue,
  }),
);

/**
 * Texts that people read and confirm – those of the clause catalogue, each with the clauses that it carries – and lessons that are talked
 * over with a leader. Optional texts are left out: a hotline turns them on by copying them.
 */
export async function readLessons(): Promise<readonly WrittenLesson[]> {
  const folder = path.join(packsFolder, 'catalogue');
  const { value, faults } = await readCarriedByPeople(folder);
  if (value === undefined) throw new StartRefused('pack.invalid', `the texts of the catalogue do not check: ${faults[0]?.found ?? ''}`);
  const carried = await clausesOfTexts(path.join(folder, 'carriers.tsv'));
  const read = Object.entries(value.texts).flatMap(([lesson, { version, for: whom, optional, zh, en }]): WrittenLesson[] =>
    optional === true
      ? []
      : [
          {
            lesson,
            version,
            whom,
            kind: 'read',
            title: { zh: zh.title, en: en.title },
            text: { zh: zh.text, en: en.text },
            clauses: carried.get(lesson) ?? [],
          },
        ],
  );
  const talked = discussions.parse(parse(await readFile(path.join(trainingFolder, 'lessons/discussions.yaml'), 'utf8')));
  const discussed = Object.entries(talked).map(([lesson, { version, script, clauses, zh, en }]): WrittenLesson => {
    const text = { zh: zh.text, en: en.text };
    return {
      lesson,
      version,
      whom: 'agent',
      kind: 'discussion',
      title: { zh: zh.title, en: en.title },
      text,
      clauses,
      ...(script === undefined ? {} : { script }),
    };
  });
  return [...discussed, ...read];
}

/** Clauses by the text that carries them. */
async function clausesOfTexts(file: string): Promise<ReadonlyMap<string, string[]>> {
  const carried = new Map<string, string[]>();
  for (const line of (await readFile(file, 'utf8')).split('\n').slice(1)) {
    const [clause = '', kind, by = ''] = line.split('\t');
    if (kind === 'text') carried.set(by, [...(carried.get(by) ?? []), clause]);
  }
  return carried;
}
