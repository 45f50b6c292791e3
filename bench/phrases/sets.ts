import fs from 'node:fs';
import path from 'node:path';

/** One utterance of a set: what was said and how people labelled it. */
export interface Labelled {
  readonly text: string;
  readonly labels: readonly string[];
}

export interface Sets {
  readonly crosswoz: readonly Labelled[];
  readonly cped: readonly Labelled[];
  readonly cold: readonly Labelled[];
}

export type Split = 'rest' | 'development';

const files = { crosswoz: 'crosswoz/val.jsonl', cped: 'cped/valid.csv', cold: 'cold/dev.csv' } as const;

/**
 * The sets below a folder, or a sentence that says what is missing. The first half (of the dialogues) is for development.
 */
export function readSets(folder: string, split: Split): Sets | string {
  const missing = Object.values(files).find((file) => !fs.existsSync(path.join(folder, file)));
  if (missing !== undefined) {
    return (
      `${path.resolve(folder)}: ${Object.values(files).join(', ')} are expected here, found no ${missing}; they are not part of this ` +
      'repository: give the folder with --data DIR or THREERINGS_BENCH_DATA'
    );
  }
  const text = (file: string) => fs.readFileSync(path.join(folder, file), 'utf8').replace(/^\ufeff/, '');
  return {
    crosswoz: part(crosswoz(text(files.crosswoz)), split),
    cped: part(cped(text(files.cped)), split),
    cold: part(cold(text(files.cold)), split),
  };
}

/** `dialogues`: the utterances that belong together. */
function part(dialogues: readonly (readonly Labelled[])[], split: Split): readonly Labelled[] {
  const cut = Math.floor(dialogues.length / 2);
  return (split === 'development' ? dialogues.slice(0, cut) : dialogues.slice(cut)).flat();
}

function crosswoz(text: string): readonly (readonly Labelled[])[] {
  return text
    .trim()
    .split('\n')
    .map((line) => {
      const { messages } = JSON.parse(line) as { readonly messages: readonly [string, string, string[], string[]][] };
      return messages.map(([, said, labels]) => ({ text: said, labels }));
    });
}

function cped(text: string): readonly (readonly Labelled[])[] {
  const [head = [], ...rows] = csv(text);
  const at = (name: string) => head.indexOf(name);
  const [dialogue, act, emotion, utterance] = [at('Dialogue_ID'), at('DA'), at('Emotion'), at('Utterance')];
  const byDialogue = new Map<string, Labelled[]>();
  for (const row of rows) {
    const id = row[dialogue] ?? '';
    const list = byDialogue.get(id) ?? [];
    list.push({ text: row[utterance] ?? '', labels: [row[act] ?? '', row[emotion] ?? ''] });
    byDialogue.set(id, list);
  }
  return [...byDialogue.values()];
}

function cold(text: string): readonly (readonly Labelled[])[] {
  const [head = [], ...rows] = csv(text);
  return rows.map((row) => [{ text: row[head.indexOf('TEXT')] ?? '', labels: [row[head.indexOf('label')] === '1' ? 'offensive' : ''] }]);
}

/** Rows of comma-separated values with quoted cells. */
function csv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (const [, quoted, plain = '', end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    row.push(quoted?.replaceAll('""', '"') ?? plain);
    if (end === ',') continue;
    if (row.length > 1 || row[0] !== '') rows.push(row);
    row = [];
  }
  return rows;
}
