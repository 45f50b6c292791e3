import type { TimelineEvent } from '@threerings/core/timeline/event';
import { readTrace } from '@threerings/core/timeline/jsonl';
import { readToldTimelines } from '@threerings/core/timeline/told-timeline';
import { eventsOfImportedCall } from '@threerings/core/timeline/transcript-import';
import type { Instant, TraceEvent } from '@threerings/norms/trace';
import { faulty, type Imported, type ImportFault } from './fault.ts';
import { interactionOfFile } from './import-ids.ts';
import { recordedCall } from './recorded-call.ts';
import { readText } from './text-file.ts';
import { readTranscript } from './transcript-file.ts';

/** Names of files that tell of calls. */
export const callFileEndings = ['.jsonl', '.timeline', '.tsv', '.csv', '.json', '.xlsx'] as const;
export const transcriptEndings = ['.tsv', '.csv', '.json', '.xlsx'] as const;

/** What a transcript leaves open. Instants in ms UTC. */
export interface TranscribedCall {
  /** zero of the transcript's times */
  readonly startedAt: Instant;
  readonly ringingAt?: Instant | undefined;
  readonly answeredAt?: Instant | undefined;
  readonly agent?: string | undefined;
}

/** One call of a file, ready to be judged. */
export interface FileCall {
  /** name of the case, where a file tells of several */
  readonly name?: string | undefined;
  /** explanations count from here */
  readonly begins: Instant;
  readonly events: readonly TraceEvent[];
}

/** Reads the calls of a file by its ending: a timeline (.jsonl), told timelines (.timeline), or a transcript (the others). */
export async function readCallFile(file: string, bytes: Uint8Array, known: TranscribedCall): Promise<Imported<readonly FileCall[]>> {
  if (!/\.(jsonl|timeline)$/i.test(file)) {
    const call = await readTranscribedCall(file, bytes, known);
    return call.ok ? { ok: true, value: [{ begins: known.startedAt, events: call.value.events }] } : call;
  }
  const text = readText(file, bytes);
  if (!text.ok) return text;
  return /\.timeline$/i.test(file) ? toldCalls(file, text.value) : exportedCall(file, text.value);
}

function toldCalls(file: string, text: string): Imported<readonly FileCall[]> {
  const told = readToldTimelines(text);
  if ('faults' in told) return faulty(...inFile(file, told.faults));
  return { ok: true, value: told.cases.map(({ norm, name, begins, events }) => ({ name: `${norm}: ${name}`, begins, events })) };
}

function exportedCall(file: string, text: string): Imported<readonly FileCall[]> {
  const read = readTrace(text);
  if ('faults' in read) return faulty(...inFile(file, read.faults));
  const [first] = read.events;
  if (first === undefined) return faulty({ file, line: 1, column: 1, expected: 'at least one event', found: 'none' });
  return { ok: true, value: [{ begins: first.occurredAt, events: read.events }] };
}

function inFile(file: string, faults: readonly Omit<ImportFault, 'file'>[]): readonly ImportFault[] {
  return faults.map((fault) => ({ file, ...fault }));
}

/** The timeline of the call that a transcript tells of; what a transcript cannot tell is declared as gaps. */
export async function readTranscribedCall(
  file: string,
  bytes: Uint8Array,
  known: TranscribedCall,
): Promise<Imported<{ readonly interaction: string; readonly events: readonly TimelineEvent[] }>> {
  const rows = await readTranscript(file, bytes);
  if (!rows.ok) return rows;
  const interaction = interactionOfFile(bytes, known.startedAt);
  const events = eventsOfImportedCall({ ...known, interaction, direction: 'in', called: '', rows: rows.value });
  const recorded = recordedCall(interaction, events);
  if ('refused' in recorded) return faulty({ file, line: 1, column: 1, expected: 'a call in order', found: recorded.refused });
  return { ok: true, value: { interaction, events: recorded.events } };
}
