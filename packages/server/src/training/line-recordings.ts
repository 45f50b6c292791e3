import { createHash } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type CallerLine, callerLines } from '@threerings/core/training/lines';
import type { TrainingScript } from '@threerings/core/training/script';

/**
 * Lines of scripted callers that people recorded, in `<script>/<line>.<words>.wav` of a folder; `<words>` is taken from what the line says,
 * so that a line that was changed is not heard with its old words, and one that only got another place is heard there. `<line>.wav`, placed by
 * hand, counts whatever it says.
 */
export class LineRecordings {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Ids of lines that can be heard as they are now. */
  audible(script: TrainingScript): ReadonlySet<string> {
    const files = this.#filesOf(script.script);
    return new Set(callerLines(script).flatMap((each) => (heard(files, each) === undefined ? [] : [each.line])));
  }

  standing(script: TrainingScript): readonly (CallerLine & { readonly standing: 'recorded' | 'stale' | 'missing' })[] {
    const files = this.#filesOf(script.script);
    return callerLines(script).map((each) => {
      const before = files.some((name) => name.startsWith(`${each.line}.`)) ? 'stale' : 'missing';
      return { ...each, standing: heard(files, each) === undefined ? before : 'recorded' };
    });
  }

  /** The file of a line as it is now, or undefined. */
  fileOf(script: TrainingScript, line: string): string | undefined {
    const known = callerLines(script).find((each) => each.line === line);
    const name = known && heard(this.#filesOf(script.script), known);
    return name === undefined ? undefined : path.join(this.#folderOf(script.script), name);
  }

  /** Takes the place of every recording of this line before. False: the script has no such line. */
  async keep(script: TrainingScript, line: string, wav: Buffer): Promise<boolean> {
    const known = callerLines(script).find((each) => each.line === line);
    if (known === undefined) return false;
    const folder = this.#folderOf(script.script);
    await mkdir(folder, { recursive: true });
    const others = callerLines(script).filter((each) => each.line !== line);
    const before = this.#filesOf(script.script).filter(
      (name) => name.startsWith(`${line}.`) && others.every((other) => !name.endsWith(`.${wordsOf(other)}.wav`)),
    );
    const file = nameOf(known);
    // Whole or not at all: a page may be playing it.
    await writeFile(path.join(folder, `${file}.part`), wav);
    await rename(path.join(folder, `${file}.part`), path.join(folder, file));
    for (const name of before) if (name !== file) await rm(path.join(folder, name), { force: true });
    return true;
  }

  #folderOf(script: string): string {
    return path.join(this.#folder, path.basename(script));
  }

  #filesOf(script: string): readonly string[] {
    const folder = this.#folderOf(script);
    return existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.wav')) : [];
  }
}

function heard(files: readonly string[], line: CallerLine): string | undefined {
  const own = [nameOf(line), `${line.line}.wav`].find((name) => files.includes(name));
  return own ?? files.find((name) => name.endsWith(`.${wordsOf(line)}.wav`));
}

function nameOf(line: CallerLine): string {
  return `${line.line}.${wordsOf(line)}.wav`;
}

function wordsOf({ says }: CallerLine): string {
  return createHash('sha256').update(says).digest('hex').slice(0, 12);
}
