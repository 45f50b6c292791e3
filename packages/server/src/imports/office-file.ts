import { type Zippable, zipSync } from 'fflate';
import type { ImportFault } from './fault.ts';
import { type ZipFault, type ZipLimits, zipParts } from './zip-parts.ts';

/** A Word file or workbook made anew of the parts that its reader needs: the reader never sees more than was let through here. */
export function soundOffice(bytes: Uint8Array, wanted: (name: string) => boolean, limits: ZipLimits): Buffer | ZipFault {
  const parts = zipParts(bytes, wanted, limits);
  if ('zipFault' in parts) return parts;
  const files: Zippable = {};
  for (const [name, part] of parts) {
    if (/\.(xml|rels)$/i.test(name) && declaresTypes(part)) return { zipFault: 'markup', part: name, found: 'a document type' };
    files[name] = [part, { level: 0 }];
  }
  return Buffer.from(zipSync(files));
}

/** Office programs write no document type; whoever does wants entities to grow, or other files to be read. */
function declaresTypes(part: Uint8Array): boolean {
  const text = Buffer.from(part.buffer, part.byteOffset, part.byteLength);
  // UTF-16 would hide the word from the search, and is written by no office program either
  return (
    text.includes('<!DOCTYPE') ||
    text.includes('<!ENTITY') ||
    (text[0] === 0xff && text[1] === 0xfe) ||
    (text[0] === 0xfe && text[1] === 0xff)
  );
}

/** What is wrong with a Word file or workbook as a whole. */
export function officeFault(file: string, bytes: Uint8Array, fault: ZipFault, expected: string): ImportFault {
  const compound = bytes[0] === 0xd0 && bytes[1] === 0xcf && bytes[2] === 0x11 && bytes[3] === 0xe0;
  const where = fault.part === undefined ? '' : ` in ${fault.part}`;
  const found = compound ? 'a file of the old kind (.doc, .xls), or one with a password' : `${fault.found}${where}`;
  return { file, line: 1, column: 1, expected, found };
}
