import { judge } from '@threerings/norms/judge';
import type { Tongue } from '@threerings/norms/problem';
import { programPart } from '@threerings/norms/program';
import type { TraceEvent, Verdict } from '@threerings/norms/trace';
import { choice, folder, yesNo } from '../config/kinds.ts';
import { option } from '../config/option.ts';
import { callFileEndings, type FileCall, readCallFile, type TranscribedCall } from '../imports/call-file.ts';
import type { ImportFault } from '../imports/fault.ts';
import { inputFiles, readBytes } from '../imports/input-files.ts';
import { explained, type JudgingPack, openPack } from '../norm-packs/judging-pack.ts';
import { command, type Ended, exit, finding, type RegisteredCommand, type Terminal } from './command.ts';
import { transcribedCall, transcriptOptions } from './import-commands-options.ts';

export const packOption = (packsFolder: string) =>
  option(folder, { help: 'folder of the norm pack', fallback: `${packsFolder}12333`, shown: 'the shipped pack 12333' });

export const languageOption = option(choice('zh', 'en'), { help: 'language of sentences', fallback: 'zh' });

/** Judges files: what a hotline does with the calls of its old system before it trusts this one. */
export function judgeCommand(packsFolder: string): RegisteredCommand {
  return command({
    name: 'judge',
    summary: 'judges timelines, transcripts and told timelines by the norms of a pack',
    options: {
      pack: packOption(packsFolder),
      json: option(yesNo, { help: 'one JSON object a verdict, instants in ms UTC', fallback: false }),
      together: option(yesNo, { help: 'the files are calls of one case: its norms are judged over all of them', fallback: false }),
      strict: option(yesNo, { help: 'exit code 1 when a finding is broken', fallback: false }),
      language: languageOption,
      ...transcriptOptions,
    },
    operands: [{ name: 'FILE|DIR', help: `files ending in ${callFileEndings.join(', ')}, or folders of them`, required: true, many: true }],
    takesSettings: false,
    async run({ options, operands, terminal }) {
      const known = transcribedCall(options);
      if (typeof known === 'string') return { exit: exit.usage, message: known };
      const opened = await openPack(options.pack, packsFolder, options.language);
      if (!opened.ok) return { exit: exit.usage, message: opened.problems.join('\n') };
      const counts = new Counts();
      const { together } = options;
      const { judging } = opened;
      const single = together ? { ...judging, program: programPart(judging.program, (scope) => scope !== 'case') } : judging;
      const calls: FileCall[] = [];
      for (const given of operands) {
        for await (const read of filesOf(given, known, terminal)) {
          if (read === undefined) counts.faulty += 1;
          else for (const line of judgedLines(single, read, options, counts)) terminal.print(line);
          calls.push(...(read?.calls ?? []));
        }
      }
      if (together && calls.length > 0) {
        const ofCases = { ...judging, program: programPart(judging.program, (scope) => scope === 'case') };
        for (const line of judgedLines(ofCases, { file: `${calls.length} calls together`, calls: [asOneCase(calls)] }, options, counts))
          terminal.print(line);
      }
      terminal.note(counts.inWords());
      return endedBy(counts, options.strict);
    },
  });
}

/** The calls of one case as one timeline; ids and numbers of different files may be the same. */
function asOneCase(calls: readonly FileCall[]): FileCall {
  const events = calls
    .flatMap((call, index) => call.events.map((event) => ({ ...event, id: `${index + 1}:${event.id}` })))
    .sort((one, other) => one.occurredAt - other.occurredAt || one.seq - other.seq)
    .map((event, index) => ({ ...event, seq: index + 1 }));
  return { begins: Math.min(...calls.map(({ begins }) => begins)), events };
}

function endedBy({ faulty, brokenFindings }: Counts, strict: boolean): Ended {
  if (faulty > 0) return { exit: exit.usage };
  return { exit: strict && brokenFindings > 0 ? exit.no : exit.done };
}

export interface ReadFile {
  readonly file: string;
  readonly calls: readonly FileCall[];
}

/** The calls of a file, or of every file of a folder; undefined for a file with faults, which are shown. */
export async function* filesOf(given: string, known: TranscribedCall, terminal: Terminal): AsyncGenerator<ReadFile | undefined> {
  const files = await inputFiles(given, callFileEndings);
  if (!files.ok) {
    show(files.faults, terminal);
    yield undefined;
    return;
  }
  for (const file of files.value) {
    const bytes = await readBytes(file);
    const calls = bytes.ok ? await readCallFile(file, bytes.value, known) : bytes;
    if (!calls.ok) show(calls.faults, terminal);
    yield calls.ok ? { file, calls: calls.value } : undefined;
  }
}

export function show(faults: readonly ImportFault[], terminal: Terminal): void {
  for (const fault of faults) terminal.note(finding(fault, fault.expected, fault.found));
}

class Counts {
  faulty = 0;
  calls = 0;
  brokenFindings = 0;
  readonly #values = new Map<string, number>();

  add({ value, nature }: Verdict): void {
    this.#values.set(value, (this.#values.get(value) ?? 0) + 1);
    if (value === 'broken' && nature === 'finding') this.brokenFindings += 1;
  }

  inWords(): string {
    const values = ['kept', 'broken', 'unknown', 'moot'].map((value) => `${this.#values.get(value) ?? 0} ${value}`).join(', ');
    return `${this.calls} calls judged: ${values}${this.faulty > 0 ? `; ${this.faulty} files with faults` : ''}`;
  }
}

interface Form {
  readonly json: boolean;
  readonly language: Tongue;
}

function judgedLines({ pack, program }: JudgingPack, { file, calls }: ReadFile, form: Form, counts: Counts): readonly string[] {
  return calls.flatMap((call) => {
    const verdicts = judge(program, call.events);
    counts.calls += 1;
    for (const verdict of verdicts) counts.add(verdict);
    const place = { file, ...(call.name === undefined ? {} : { case: call.name }) };
    if (form.json) return verdicts.map((verdict) => verdictLine(place, verdict, pack, call));
    return [
      `${file}${call.name === undefined ? '' : ` · ${call.name}`}`,
      ...verdicts.map((verdict) => tableRow(pack, verdict, call, form.language)),
    ];
  });
}

type Place = { readonly file: string; readonly case?: string | undefined };

/** Keys always stand in this order; what a verdict does not have is left out. */
function verdictLine(place: Place, verdict: Verdict, pack: JudgingPack['pack'], { events, begins }: FileCall): string {
  const { norm, key, value, at, anchor, reason, missing, who, inChargeThen, inChargeDue, nature, cites, witnesses, packVersion } = verdict;
  const judged = { norm, key, value, at, anchor, reason, missing, who, inChargeThen, inChargeDue, nature, cites, witnesses };
  const { zh, en } = explained(pack, verdict, events, begins);
  return JSON.stringify({ ...place, ...judged, pack: verdict.pack, packVersion, explanation: { zh, en } });
}

function tableRow(pack: JudgingPack['pack'], verdict: Verdict, { events, begins }: FileCall, language: Tongue): string {
  const { value, norm, who } = verdict;
  const columns = [
    value.padEnd(7),
    norm.padEnd(24),
    (who ?? '–').padEnd(6),
    explained(pack, verdict, events as readonly TraceEvent[], begins)[language],
  ];
  return `  ${columns.join('  ')}`;
}
