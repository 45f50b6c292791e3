import { copyFile, mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { StartRefused } from '../store/start-refused.ts';

/** File of an imported recording, relative to the data folder. */
export const fileOfImported = (interaction: string) => `recordings/import/${interaction}.wav`;

/**
 * Copies a recording into the data folder: complete or not there. The same call has the same file, so again is harmless.
 * @throws StartRefused `file.refused`: the disk is full, or a folder may not be read or written
 */
export async function keepRecording(data: string, interaction: string, source: string): Promise<void> {
  const target = path.join(data, fileOfImported(interaction));
  const draft = `${target}.${process.pid}.new`;
  try {
    await mkdir(path.dirname(target), { recursive: true });
    await copyFile(source, draft);
    await rename(draft, target);
  } catch (error) {
    await rm(draft, { force: true });
    throw new StartRefused(
      'file.refused',
      `${source}: cannot be kept as ${target} (${error instanceof Error ? error.message : String(error)})`,
    );
  }
}

export async function dropRecording(data: string, interaction: string): Promise<void> {
  await rm(path.join(data, fileOfImported(interaction)), { force: true });
}
