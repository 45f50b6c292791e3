import { isUtf8 } from 'node:buffer';
import { namesInZip } from './zip-names.ts';

/** What a file is, by its bytes; its name has no say. */
export interface Content {
  /** media type under which it is given out */
  readonly type: string;
  readonly family: 'image' | 'document' | 'text' | 'audio' | 'video';
  /** ending that a name of it has, with its dot */
  readonly ending: string;
}

const starts = (bytes: Buffer, at: number, ...of: readonly number[]) => of.every((byte, i) => bytes[at + i] === byte);
const says = (bytes: Buffer, at: number, ascii: string) => bytes.toString('latin1', at, at + ascii.length) === ascii;

/**
 * Everything that is taken, and how it is known (the first bytes as the formats' own specifications give them). HTML, SVG, XML, scripts,
 * programs and documents with macros are none of these.
 */
const kinds: readonly (Content & { readonly is: (bytes: Buffer) => boolean })[] = [
  {
    ...{ type: 'image/png', family: 'image', ending: '.png' },
    is: (bytes) => starts(bytes, 0, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a) && says(bytes, 12, 'IHDR'),
  },
  { type: 'image/jpeg', family: 'image', ending: '.jpg', is: (bytes) => starts(bytes, 0, 0xff, 0xd8, 0xff) },
  { type: 'image/gif', family: 'image', ending: '.gif', is: (bytes) => says(bytes, 0, 'GIF87a') || says(bytes, 0, 'GIF89a') },
  { type: 'image/webp', family: 'image', ending: '.webp', is: (bytes) => says(bytes, 0, 'RIFF') && says(bytes, 8, 'WEBPVP8') },
  { type: 'application/pdf', family: 'document', ending: '.pdf', is: (bytes) => says(bytes, 0, '%PDF-') },
  office('application/vnd.openxmlformats-officedocument.wordprocessingml.document', '.docx', 'word/document.xml'),
  office('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', '.xlsx', 'xl/workbook.xml'),
  office('application/vnd.openxmlformats-officedocument.presentationml.presentation', '.pptx', 'ppt/presentation.xml'),
  { type: 'audio/amr', family: 'audio', ending: '.amr', is: (bytes) => says(bytes, 0, '#!AMR\n') },
  { type: 'audio/wav', family: 'audio', ending: '.wav', is: (bytes) => says(bytes, 0, 'RIFF') && says(bytes, 8, 'WAVEfmt ') },
  { type: 'audio/mpeg', family: 'audio', ending: '.mp3', is: (bytes) => says(bytes, 0, 'ID3') || starts(bytes, 0, 0xff, 0xfb) },
  {
    type: 'video/mp4',
    family: 'video',
    ending: '.mp4',
    is: (bytes) => /^ftyp(isom|iso\d|mp4\d|avc1|M4[AV] |qt {2})$/.test(bytes.toString('latin1', 4, 12)),
  },
  { type: 'text/plain; charset=utf-8', family: 'text', ending: '.txt', is: isPlainText },
];

function office(type: string, ending: string, main: string): (typeof kinds)[number] {
  const is = (bytes: Buffer) => {
    const names = namesInZip(bytes);
    return (
      names?.includes('[Content_Types].xml') === true && names.includes(main) && !names.some((name) => /vbaproject|activex/i.test(name))
    );
  };
  return { type, family: 'document', ending, is };
}

/** Undefined: it is nothing that is taken here. */
export function contentOf(bytes: Buffer): Content | undefined {
  const found = kinds.find(({ is }) => is(bytes));
  return found && { type: found.type, family: found.family, ending: found.ending };
}

export function contentOfType(type: string): Content | undefined {
  const found = kinds.find((kind) => kind.type === type);
  return found && { type: found.type, family: found.family, ending: found.ending };
}

/** Words in UTF-8, and nothing that a browser or a shell would take for a page, a drawing or a program. */
function isPlainText(bytes: Buffer): boolean {
  if (bytes.length === 0 || !isUtf8(bytes)) return false;
  const text = bytes.toString('utf8').replace(/^\uFEFF/, '');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  if (/[\u0000-\u0008\u000B\u000E-\u001F\u007F]/.test(text)) return false;
  return !/^\s*(?:<|#!|%!|MZ)/.test(text) && !/<(?:script|svg|html|iframe|object|embed)\b/i.test(text);
}
