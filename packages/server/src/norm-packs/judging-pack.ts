import path from 'node:path';
import { vocabulary } from '@threerings/core/timeline/vocabulary';
import { explainVerdict } from '@threerings/norms/explain/verdict';
import type { LoadedPack } from '@threerings/norms/pack';
import type { Bilingual, Tongue } from '@threerings/norms/problem';
import type { Program } from '@threerings/norms/program';
import { buildLexicon } from '@threerings/norms/syntax/lexicon';
import type { Instant, TraceEvent, Verdict } from '@threerings/norms/trace';
import { readCalendar } from './calendar-file.ts';
import { type Clause, readCatalogue } from './catalogue.ts';
import { programOf } from './live-pack.ts';
import { type KnownPacks, type PackRead, readPack, readPackTexts, type StoredBases } from './read-pack.ts';

/** A pack that judges files: its program over the hotline's time, and the words for what it says. */
export interface JudgingPack extends Extract<PackRead, { ok: true }> {
  readonly folder: string;
  readonly program: Program;
  readonly clauses: ReadonlyMap<string, Clause>;
}

export type OpenedPack =
  | { readonly ok: true; readonly judging: JudgingPack }
  | { readonly ok: false; readonly problems: readonly string[] };

/** Opens the pack in a folder with the catalogue and the calendar of `packsFolder`. Problems are lines in `language`. */
export async function openPack(
  folder: string,
  packsFolder: string,
  language: Tongue = 'zh',
  known: KnownPacks = new Map(),
): Promise<OpenedPack> {
  return opened(folder, packsFolder, (clauses) => readPack(folder, clauses, language, known, packsFolder));
}

/** The same for texts that are no files; `folder` of the result is empty. */
export async function openPackTexts(
  texts: Parameters<typeof readPackTexts>[0],
  packsFolder: string,
  language: Tongue = 'zh',
  stored?: StoredBases,
): Promise<OpenedPack> {
  return opened('', packsFolder, (clauses) => readPackTexts(texts, packsFolder, clauses, language, stored));
}

async function opened(
  folder: string,
  packsFolder: string,
  readWith: (clauses: ReadonlySet<string>) => Promise<PackRead>,
): Promise<OpenedPack> {
  const clauses = await readCatalogue(path.join(packsFolder, 'catalogue'));
  const read = await readWith(new Set(clauses.keys()));
  if (!read.ok) return read;
  const calendar = await readCalendar(path.join(packsFolder, 'calendar/cn.json'));
  return { ok: true, judging: { ...read, folder, clauses, program: programOf([read.pack], calendar.table) } };
}

const lexicon = buildLexicon(vocabulary);

/** What sentences about one norm of a pack are made with. */
export function phrasebookOf(pack: LoadedPack, norm: string) {
  return { lexicon, families: pack.families, labels: pack.english.get(norm)?.labels };
}

/** How a verdict of this pack came about, in both languages; instants are told after `scopeStart`. */
export function explained(pack: LoadedPack, verdict: Verdict, events: readonly TraceEvent[], scopeStart: Instant): Bilingual {
  const norm = pack.norms.find(({ id }) => id === verdict.norm);
  if (norm === undefined) throw new Error(`the pack judged by a norm that it does not hold: ${verdict.norm}`);
  return explainVerdict({ verdict, norm, events, scopeStart }, phrasebookOf(pack, norm.id));
}
