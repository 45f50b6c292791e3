/** Entries of an office document are some dozens; more than this is a bomb or nothing of ours. */
const mostEntries = 4000;
const mostNameBytes = 512;

/** The names of the files in a ZIP archive, from its central directory (APPNOTE.TXT 4.3.12, 4.3.16); undefined: it is none, or is broken. Nothing is unpacked. */
export function namesInZip(bytes: Buffer): readonly string[] | undefined {
  if (bytes.length < 22 || bytes.readUInt32LE(0) !== 0x04034b50) return undefined;
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || end + 22 > bytes.length) return undefined;
  const count = bytes.readUInt16LE(end + 10);
  if (count > mostEntries) return undefined;
  let at = bytes.readUInt32LE(end + 16);
  const names: string[] = [];
  for (let n = 0; n < count; n += 1) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== 0x02014b50) return undefined;
    const [name, extra, comment] = [bytes.readUInt16LE(at + 28), bytes.readUInt16LE(at + 30), bytes.readUInt16LE(at + 32)];
    if (name > mostNameBytes || at + 46 + name > bytes.length) return undefined;
    names.push(bytes.toString('utf8', at + 46, at + 46 + name));
    at += 46 + name + extra + comment;
  }
  return names;
}
