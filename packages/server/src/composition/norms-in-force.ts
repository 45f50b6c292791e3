import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { shippedSettings } from '@threerings/core/settings/defaults';
import { type HotlineCalendar, readCalendar } from '../norm-packs/calendar-file.ts';
import { type Clause, readCatalogue } from '../norm-packs/catalogue.ts';
import { NormBook } from '../norm-packs/norm-book.ts';
import { type PackRules, packRules } from '../norm-packs/pack-rules.ts';
import { readPack } from '../norm-packs/read-pack.ts';
import { StartRefused } from '../store/start-refused.ts';

/** The folder of packs, at the root of the repository: `src/composition` and `dist/composition` lie equally deep. */
export const packsFolder = fileURLToPath(new URL('../../../../packs/', import.meta.url));

/** The norms that this hotline runs, and what pages and call controls ask about them. */
export interface NormsInForce {
  readonly book: NormBook;
  readonly rules: PackRules;
  readonly calendar: HotlineCalendar;
  readonly clauses: ReadonlyMap<string, Clause>;
}

/** Reads the pack of this hotline. A pack that does not check keeps the server from starting: nothing is judged by half a pack. */
export async function readNorms(name = '12333'): Promise<NormsInForce> {
  const clauses = await readCatalogue(path.join(packsFolder, 'catalogue'));
  const read = await readPack(path.join(packsFolder, name), new Set(clauses.keys()));
  if (!read.ok)
    throw new StartRefused('pack.invalid', `the norm pack ${name} does not check (${read.problems.length} problems): ${read.problems[0]}`);
  const calendar = await readCalendar(path.join(packsFolder, 'calendar/cn.json'));
  return { book: new NormBook(read.pack), rules: packRules(read.pack, shippedSettings), calendar, clauses };
}
