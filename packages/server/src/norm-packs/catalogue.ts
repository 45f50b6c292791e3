import { readFile } from 'node:fs/promises';
import path from 'node:path';

/** One clause of a written norm document: its id, the merged norm, and its gist in both languages. */
export interface Clause {
  readonly clause: string;
  readonly norm: string;
  readonly kind: string;
  readonly zh: string;
  readonly en: string;
  /** title of the document */
  readonly document: string;
  /** a clause of a published standard, not of the hotline documents that were read clause by clause */
  readonly standard: boolean;
}

/** The clause catalogue that ships, by clause id: the hotline documents and the standards. */
export async function readCatalogue(folder: string): Promise<ReadonlyMap<string, Clause>> {
  const rows = async (name: string) =>
    (await readFile(path.join(folder, name), 'utf8'))
      .trimEnd()
      .split('\n')
      .slice(1)
      .map((line) => line.split('\t'));
  const titles = new Map((await rows('sources.tsv')).map(([source = '', title = '']) => [source, title]));
  const clausesIn = async (name: string, standard: boolean) =>
    (await rows(name)).map(([clause = '', norm = '', kind = '', zh = '', en = '']): [string, Clause] => [
      clause,
      { clause, norm, kind, zh, en, document: titles.get(clause.slice(0, clause.indexOf('-'))) ?? '', standard },
    ]);
  return new Map([...(await clausesIn('clauses.tsv', false)), ...(await clausesIn('standards.tsv', true))]);
}
