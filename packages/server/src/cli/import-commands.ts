import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { printTimeline } from '@threerings/core/timeline/jsonl';
import type { TranscriptRow } from '@threerings/core/timeline/transcript-import';
import { file, yesNo } from '../config/kinds.ts';
import { option } from '../config/option.ts';
import type { Config } from '../config.ts';
import { readTranscribedCall, type TranscribedCall } from '../imports/call-file.ts';
import { interactionOfFile } from '../imports/import-ids.ts';
import { storedAmong } from '../imports/imported-calls-read-model.ts';
import { readBytes } from '../imports/input-files.ts';
import { importStore, judgedCall, storeCall } from '../imports/store-call.ts';
import { readTranscript } from '../imports/transcript-file.ts';
import { openPack } from '../norm-packs/judging-pack.ts';
import { auditInDatabase } from '../people/audit-read-model.ts';
import { StartRefused } from '../store/start-refused.ts';
import { command, type Ended, exit, type RegisteredCommand, type Terminal } from './command.ts';
import { importCallsCommand, type WithStore } from './import-commands-calls.ts';
import { transcribedCall, transcriptOptions } from './import-commands-options.ts';
import { importTableCommands } from './import-commands-tables.ts';
import { packOption, show } from './norm-commands-judge.ts';

/** Bringing calls of other systems in, and timelines out. */
export function importCommands(withStore: WithStore, packsFolder: string): readonly RegisteredCommand[] {
  return [
    timelineImportCommand(withStore, packsFolder),
    timelineExportCommand(withStore),
    importCallsCommand(withStore, packsFolder),
    ...importTableCommands(withStore, packsFolder),
  ];
}

const outOption = option(file, {
  help: 'file to write, whole or not at all; for several FILEs a folder',
  fallback: undefined,
  shown: 'standard output',
});

function timelineImportCommand(withStore: WithStore, packsFolder: string): RegisteredCommand {
  return command({
    name: 'timeline import',
    summary: 'turns transcripts into timelines, or stores one as a call and judges it',
    options: {
      ...transcriptOptions,
      out: outOption,
      store: option(yesNo, { help: 'stores the call, with its verdicts, in place of printing it', fallback: false }),
      pack: packOption(packsFolder),
    },
    operands: [{ name: 'FILE', help: 'transcript (.tsv, .csv, .json, .xlsx)', required: true, many: true }],
    takesSettings: true,
    async run({ options, operands, config, terminal }) {
      const known = transcribedCall(options);
      if (typeof known === 'string') return usage(known);
      const [first = ''] = operands;
      if (!options.store) return printCalls(operands, known, options.out, terminal);
      if (operands.length > 1) return usage('--store: expected one FILE: many calls are stored by threerings import calls');
      if (options.startedAt === undefined) return usage('--store: expected --started-at beside it: a stored call has its instant');
      if (options.out !== undefined) return usage('--out: expected without --store');
      return storeTranscript(withStore, { packsFolder, pack: options.pack, config, terminal }, first, known);
    },
  });
}

const usage = (message: string): Ended => ({ exit: exit.usage, message });

async function printCalls(files: readonly string[], known: TranscribedCall, out: string | undefined, terminal: Terminal): Promise<Ended> {
  const several = files.length > 1;
  if (several && out === undefined) return usage('--out: expected a folder for the timelines of several FILEs');
  let faulty = false;
  for (const transcript of files) {
    const bytes = await readBytes(transcript);
    const call = bytes.ok ? await readTranscribedCall(transcript, bytes.value, known) : bytes;
    if (call.ok) await put(printTimeline(call.value.events), targetOf(transcript, several, out), terminal);
    else {
      faulty = true;
      show(call.faults, terminal);
    }
  }
  return { exit: faulty ? exit.usage : exit.done };
}

function targetOf(transcript: string, several: boolean, out: string | undefined): string | undefined {
  return several && out !== undefined ? path.join(out, `${path.parse(transcript).name}.jsonl`) : out;
}

/** Standard output, or a file that is complete or not there. */
async function put(text: string, target: string | undefined, terminal: Terminal): Promise<void> {
  if (target === undefined) {
    terminal.print(text.trimEnd());
    return;
  }
  const draft = `${target}.${process.pid}.new`;
  try {
    await mkdir(path.dirname(target), { recursive: true });
    await writeFile(draft, text, { flag: 'wx', flush: true });
    await rename(draft, target);
  } catch (error) {
    await rm(draft, { force: true });
    throw new StartRefused('file.refused', `--out: cannot write ${target} (${error instanceof Error ? error.message : String(error)})`);
  }
  terminal.note(target);
}

interface Storing {
  readonly packsFolder: string;
  readonly pack: string;
  readonly config: Config;
  readonly terminal: Terminal;
}

async function storeTranscript(
  withStore: WithStore,
  { packsFolder, pack, config, terminal }: Storing,
  transcript: string,
  known: TranscribedCall,
): Promise<Ended> {
  const bytes = await readBytes(transcript);
  const rows = bytes.ok ? await readTranscript(transcript, bytes.value) : bytes;
  if (!bytes.ok || !rows.ok) {
    show(rows.ok ? [] : rows.faults, terminal);
    return { exit: exit.usage };
  }
  if (lastWord(known, rows.value) > Date.now())
    return usage('--started-at: expected a call that is over, found one that ends in the future');
  const opened = await openPack(pack, packsFolder);
  if (!opened.ok) return usage(opened.problems.join('\n'));
  const interaction = interactionOfFile(bytes.value, known.startedAt);
  const imported = { ...known, interaction, direction: 'in', called: '', rows: rows.value } as const;
  const judged = judgedCall(imported, opened.judging.program, Date.now());
  if ('refused' in judged) return usage(`${transcript}: ${judged.refused}`);
  return withStore(config, async ({ db, masterKey }) => {
    const there = (await storedAmong(db, [interaction])).size > 0;
    const stored = there ? 'already there' : await storeCall(importStore(db, masterKey, Date.now), judged, undefined);
    if (typeof stored === 'object') return { exit: exit.failed, message: stored.refused };
    terminal.print(interaction);
    terminal.note(stored === 'stored' ? `stored with ${judged.verdicts.length} verdicts` : 'already there: nothing was added');
    return { exit: exit.done };
  });
}

function lastWord({ startedAt, answeredAt }: TranscribedCall, rows: readonly TranscriptRow[]): number {
  return rows.reduce((last, { endMs }) => Math.max(last, startedAt + endMs), answeredAt ?? startedAt);
}

function timelineExportCommand(withStore: WithStore): RegisteredCommand {
  return command({
    name: 'timeline export',
    summary: 'writes the timeline of a call as JSON lines; judged again, it gives the verdicts that are stored',
    options: {
      out: outOption,
      withTexts: option(yesNo, { help: 'with what was said: without it phrase norms of the export are unknown', fallback: false }),
    },
    operands: [{ name: 'INTERACTION', help: 'id of the call', required: true }],
    takesSettings: true,
    run: ({ options, operands: [interaction = ''], config, terminal }) =>
      withStore(config, async ({ db, masterKey }) => {
        const store = importStore(db, masterKey, Date.now);
        const events = await store.loadInteraction(interaction);
        if (events.length === 0) return usage(`expected the id of a stored call, found "${interaction.slice(0, 60)}"`);
        if (options.withTexts) {
          const facts = { by: 'command line' };
          await auditInDatabase(db).record({ at: Date.now(), action: 'timeline.exported', about: interaction, facts });
        }
        await put(printTimeline(options.withTexts ? await store.withTexts(events) : events), options.out, terminal);
        return { exit: exit.done };
      }),
  });
}
