import type { TrainingScript } from '@threerings/core/training/script';
import type { NormBook } from '../norm-packs/norm-book.ts';
import type { Database } from '../store/database.ts';
import { packNamedIn, scriptTexts, trainingFolder } from './delivered-scripts.ts';
import { LineRecordings } from './line-recordings.ts';
import { type ReadScript, readScript } from './script-text.ts';
import type { TrainingPacks } from './training-norms.ts';
import { ownScripts } from './training-read-model.ts';

/** A script that can be practised, and its text. */
export interface Shelved {
  readonly script: TrainingScript;
  readonly text: string;
  /** the hotline's own */
  readonly own: boolean;
}

interface ShelfParts {
  readonly db: Database;
  readonly packs: TrainingPacks;
  readonly book: () => NormBook;
  /** folder of lines of callers that people recorded */
  readonly recordings: string;
}

/** Scripts that are delivered and those of the hotline, which take the place of delivered ones of the same name. */
export class ScriptShelf {
  readonly recordings: LineRecordings;
  readonly #parts: ShelfParts;
  #delivered: Promise<readonly string[]> | undefined;
  readonly #read = new Map<string, { readonly book: NormBook; readonly read: ReadScript }>();

  constructor(parts: ShelfParts) {
    this.#parts = parts;
    this.recordings = new LineRecordings(parts.recordings);
  }

  /** In the order of their scenarios. What does not check by the norms in force is left out: it could not be practised. */
  async all(): Promise<readonly Shelved[]> {
    this.#delivered ??= scriptTexts(trainingFolder).then((found) => found.map(({ text }) => text));
    const shelved = new Map<string, Shelved>();
    for (const text of await this.#delivered) await this.#shelve(shelved, text, false);
    for (const { text } of await ownScripts(this.#parts.db)) await this.#shelve(shelved, text, true);
    return [...shelved.values()].sort((one, other) => one.script.scenario.localeCompare(other.script.scenario, 'en', { numeric: true }));
  }

  async find(script: string): Promise<Shelved | undefined> {
    return (await this.all()).find((each) => each.script.script === script);
  }

  /** The script of a text; undefined where it does not check any more. */
  async read(text: string): Promise<TrainingScript | undefined> {
    const read = await this.check('script', text);
    return read.ok ? read.script : undefined;
  }

  async check(file: string, text: string): Promise<ReadScript> {
    const { packs, book } = this.#parts;
    const inForce = book();
    const known = this.#read.get(text);
    if (known?.book === inForce) return known.read;
    await packs.read([packNamedIn(text)].filter((name) => name !== undefined));
    const read = readScript(file, text, (pack) => packs.known(inForce, pack));
    if (read.ok) this.#read.set(text, { book: inForce, read });
    return read;
  }

  async #shelve(shelved: Map<string, Shelved>, text: string, own: boolean): Promise<void> {
    const script = await this.read(text);
    if (script !== undefined) shelved.set(script.script, { script, text, own });
  }
}
