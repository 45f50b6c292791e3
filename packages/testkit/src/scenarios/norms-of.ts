import path from 'node:path';
import { NormsInForce, readNorms } from '@threerings/server/composition/norms-in-force';
import { readCalendar } from '@threerings/server/norm-packs/calendar-file';
import { readCatalogue } from '@threerings/server/norm-packs/catalogue';
import { readPack } from '@threerings/server/norm-packs/read-pack';

const packs = path.resolve(import.meta.dirname, '../../../../packs');
const known = new Map<string, Promise<NormsInForce>>();

/** The norms by which a scenario is judged: those of its pack, else of the hotline. Read once. */
export function normsOf(pack = ''): Promise<NormsInForce> {
  const read = known.get(pack) ?? (pack === '' ? readNorms() : readOther(pack));
  known.set(pack, read);
  return read;
}

async function readOther(name: string): Promise<NormsInForce> {
  const clauses = await readCatalogue(path.join(packs, 'catalogue'));
  const read = await readPack(path.join(packs, name), new Set(clauses.keys()));
  if (!read.ok) throw new Error(`the norm pack ${name} does not check: ${read.problems[0]}`);
  return new NormsInForce(read.pack, await readCalendar(path.join(packs, 'calendar/cn.json')), clauses);
}
