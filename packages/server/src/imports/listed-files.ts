import { open, stat } from 'node:fs/promises';
import path from 'node:path';
import { transcriptEndings } from './call-file.ts';
import type { ListedCall } from './call-list.ts';
import { faulty, type Imported, shown } from './fault.ts';
import { type WavInfo, wavInfo } from './wav-info.ts';

/** Folders that a list's files are looked for in; a folder that was not given holds nothing. */
export interface CallFolders {
  readonly recordings?: string | undefined;
  readonly transcripts?: string | undefined;
}

/** The recording of a listed call: named in the list, or after the call's own id. Undefined = there is none. */
export function recordingOf(call: ListedCall, { recordings }: CallFolders): Promise<string | undefined> {
  return firstFile(recordings, namesOf([call.recording, call.reference], ['.wav']));
}

/** The transcript of a listed call: named in the list, or after its recording or its own id. */
export function transcriptOf(call: ListedCall, { transcripts }: CallFolders): Promise<string | undefined> {
  const recording = call.recording?.replace(/\.[^./\\]*$/, '');
  return firstFile(transcripts, namesOf([call.transcript, recording, call.reference], transcriptEndings));
}

function namesOf(given: readonly (string | undefined)[], endings: readonly string[]): readonly string[] {
  return given.flatMap((name) => {
    if (name === undefined) return [];
    return endings.some((ending) => name.toLowerCase().endsWith(ending)) ? [name] : endings.map((ending) => `${name}${ending}`);
  });
}

/** A list may hold whole paths of the old system: then the last part counts. Nothing outside the folder is ever opened. */
async function firstFile(folder: string | undefined, names: readonly string[]): Promise<string | undefined> {
  if (folder === undefined) return undefined;
  const root = path.resolve(folder);
  const places = names.flatMap((name) => [name, name.split(/[\\/]/).at(-1) ?? '']).map((name) => path.resolve(root, name));
  for (const place of new Set(places)) {
    const inside = place.startsWith(root + path.sep) && !place.includes('\0');
    if (inside && (await stat(place).catch(() => undefined))?.isFile()) return place;
  }
  return undefined;
}

/** The length and form of a WAV file, from its head. */
export async function readWav(file: string): Promise<Imported<WavInfo>> {
  const refuse = (found: string) =>
    faulty({ file, line: 1, column: 1, expected: 'a WAV file (PCM, A-law or µ-law, one or two channels)', found });
  const head = await readHead(file).catch((error: unknown) => String(error));
  if (typeof head === 'string') return refuse(head);
  const info = wavInfo(head.bytes, head.size);
  return info === undefined ? refuse(shown(head.bytes.toString('latin1', 0, 12).replace(/[^ -~]/g, '.'))) : { ok: true, value: info };
}

async function readHead(file: string): Promise<{ readonly bytes: Buffer; readonly size: number }> {
  const handle = await open(file);
  try {
    const { size } = await handle.stat();
    const bytes = Buffer.alloc(Math.min(4096, size));
    await handle.read(bytes, 0, bytes.length, 0);
    return { bytes, size };
  } finally {
    await handle.close();
  }
}
