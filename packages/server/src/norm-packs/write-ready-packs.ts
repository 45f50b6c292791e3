// Run once when the product is built: reads the pack of the hotline and writes what came of it beside this program.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { readCatalogue } from './catalogue.ts';
import { readyFile, readyPacks } from './packs-read-before.ts';
import { readPack } from './read-pack.ts';

const packsFolder = fileURLToPath(new URL('../../../../packs/', import.meta.url));
const clauses = await readCatalogue(path.join(packsFolder, 'catalogue'));
const read = await readPack(path.join(packsFolder, '12333'), new Set(clauses.keys()));
// A pack with a mistake is told of by those who read it.
if (read.ok) writeFileSync(readyFile, readyPacks());
