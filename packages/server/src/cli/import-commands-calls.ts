import path from 'node:path';
import { choice, folder, text, yesNo } from '../config/kinds.ts';
import { option } from '../config/option.ts';
import type { Config } from '../config.ts';
import { type CallList, type ListedCall, readCallList } from '../imports/call-list.ts';
import { mostFaults } from '../imports/fault.ts';
import { type CallOutcome, type ImportParts, importCall } from '../imports/import-calls.ts';
import { interactionOfListed } from '../imports/import-ids.ts';
import { storedAmong } from '../imports/imported-calls-read-model.ts';
import { readBytes } from '../imports/input-files.ts';
import { importStore } from '../imports/store-call.ts';
import { openPack } from '../norm-packs/judging-pack.ts';
import type { Database } from '../store/database.ts';
import { command, type Ended, exit, finding, type RegisteredCommand, type Terminal } from './command.ts';
import { zoneOption } from './import-commands-options.ts';
import { packOption, show } from './norm-commands-judge.ts';

/** What commands that store calls work with. */
export interface StoreForImports {
  readonly db: Database;
  /** of the database; holds a password: never log it */
  readonly url: string;
  readonly masterKey: Buffer;
  /** true once somebody asked the command to stop */
  stopped(): boolean;
}

/** Opens the database beside a running server, or alone, and closes it when `work` has settled. */
export type WithStore = (config: Config, work: (store: StoreForImports) => Promise<Ended>) => Promise<Ended>;

/** Calls in flight together: their transactions share commits. */
const together = 8;
const progressEvery = 100;

export function importCallsCommand(withStore: WithStore, packsFolder: string): RegisteredCommand {
  return command({
    name: 'import calls',
    summary: 'imports the calls of an old system from its call list, with recordings and transcripts, and judges them',
    options: {
      recordings: option(folder, { help: 'folder of WAV files', fallback: undefined, shown: 'none' }),
      transcripts: option(folder, { help: 'folder of transcripts', fallback: undefined, shown: 'none' }),
      transcriptsFrom: option(choice('answer', 'start'), { help: 'what the times of transcripts count from', fallback: 'answer' }),
      stereo: option(choice('unknown', 'caller-left', 'agent-left'), {
        help: 'on which channel of stereo recordings the caller is: then silence and overlap are measured in them',
        fallback: 'unknown',
      }),
      zone: zoneOption,
      system: option(text(64), { help: 'name of the old system: the same reference of another system is another call', fallback: 'pbx' }),
      pack: packOption(packsFolder),
      dryRun: option(yesNo, { help: 'only says what would happen', fallback: false }),
    },
    operands: [{ name: 'LIST', help: 'call list (.csv, .tsv, .txt, .xlsx; UTF-8 or GB18030)', required: true }],
    takesSettings: true,
    async run({ options, operands: [file = ''], config, terminal }) {
      const bytes = await readBytes(file);
      const list = bytes.ok ? await readCallList(file, bytes.value, options.zone) : bytes;
      if (!list.ok) {
        show(list.faults, terminal);
        return { exit: exit.usage };
      }
      const opened = await openPack(options.pack, packsFolder);
      if (!opened.ok) return { exit: exit.usage, message: opened.problems.join('\n') };
      return withStore(config, async (store) => {
        const parts: ImportParts = {
          file,
          folders: options,
          transcriptsFrom: options.transcriptsFrom,
          stereo: options.stereo,
          program: opened.judging.program,
          store: importStore(store.db, store.masterKey, Date.now),
          data: config.data,
          dryRun: options.dryRun,
          now: Date.now,
        };
        return new ImportRun(parts, store, terminal).run(list.value, options.system);
      });
    },
  });
}

/** One import from its first call to its counts. */
class ImportRun {
  readonly #parts: ImportParts;
  readonly #store: StoreForImports;
  readonly #terminal: Terminal;
  readonly #counts = { imported: 0, there: 0, faulty: 0, withoutRecording: 0, withoutTranscript: 0 };
  #shown = 0;

  constructor(parts: ImportParts, store: StoreForImports, terminal: Terminal) {
    this.#parts = parts;
    this.#store = store;
    this.#terminal = terminal;
  }

  async run({ calls, faults, faultyRows }: CallList, system: string): Promise<Ended> {
    this.#counts.faulty = faultyRows;
    for (const fault of faults) this.#tell(finding(fault, fault.expected, fault.found));
    const named = calls.map((call) => ({ call, interaction: interactionOfListed(this.#store.masterKey, system, call) }));
    const seen = new Set(
      await storedAmong(
        this.#store.db,
        named.map(({ interaction }) => interaction),
      ),
    );
    const fresh = named.filter(({ interaction }) => {
      if (seen.has(interaction)) return false;
      seen.add(interaction);
      return true;
    });
    this.#counts.there = named.length - fresh.length;
    let done = 0;
    for (; done < fresh.length && !this.#store.stopped(); done += together) {
      const some = fresh.slice(done, done + together);
      const outcomes = await Promise.all(some.map(({ call, interaction }) => importCall(this.#parts, call, interaction)));
      for (const [index, outcome] of outcomes.entries()) this.#count(some[index]?.call, outcome);
      if (Math.floor((done + together) / progressEvery) > Math.floor(done / progressEvery)) {
        this.#terminal.note(`${Math.min(done + together, fresh.length)} of ${fresh.length} calls`);
      }
    }
    return this.#end(Math.max(0, fresh.length - done));
  }

  #count(call: ListedCall | undefined, { outcome, recording, transcript, faults, missing }: CallOutcome): void {
    for (const fault of [...faults, ...missing]) this.#tell(finding(fault, fault.expected, fault.found));
    if (outcome === 'faulty') this.#counts.faulty += 1;
    if (outcome === 'already there') this.#counts.there += 1;
    if (outcome !== 'imported' || call === undefined) return;
    this.#counts.imported += 1;
    if (recording === undefined) this.#counts.withoutRecording += 1;
    if (transcript === undefined) this.#counts.withoutTranscript += 1;
    if (this.#parts.dryRun) this.#terminal.print(planned(call, recording, transcript));
  }

  /** A list that is wrong throughout must not flood the screen. */
  #tell(line: string): void {
    this.#shown += 1;
    if (this.#shown <= mostFaults) this.#terminal.note(line);
  }

  #end(left: number): Ended {
    const { imported, there, faulty, withoutRecording, withoutTranscript } = this.#counts;
    if (this.#shown > mostFaults) this.#terminal.note(`${this.#shown - mostFaults} further findings are not shown`);
    const verb = this.#parts.dryRun ? 'would be imported' : 'imported';
    this.#terminal.print(
      `${imported} ${verb}, ${there} already there, ${faulty} faulty, ${withoutRecording} without recording, ${withoutTranscript} without transcript`,
    );
    if (left > 0) return { exit: exit.failed, message: `stopped with ${left} calls to go: run it again, what is there is passed over` };
    return { exit: faulty > 0 ? exit.usage : exit.done };
  }
}

function planned({ line, startedAt, agent }: ListedCall, recording: string | undefined, transcript: string | undefined): string {
  const withFile = (name: string, file: string | undefined) => (file === undefined ? '' : `, ${name} ${path.basename(file)}`);
  return `line ${line}: ${new Date(startedAt).toISOString()}, agent ${agent ?? 'unknown'}${withFile('recording', recording)}${withFile('transcript', transcript)}`;
}
