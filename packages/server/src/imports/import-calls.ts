import type { ImportedCall, TranscriptRow } from '@threerings/core/timeline/transcript-import';
import type { Program } from '@threerings/norms/program';
import type { EventStore } from '../store/event-store.ts';
import type { ListedCall } from './call-list.ts';
import type { ImportFault } from './fault.ts';
import { readBytes } from './input-files.ts';
import { dropRecording, keepRecording } from './keep-recording.ts';
import { type CallFolders, readWav, recordingOf, transcriptOf } from './listed-files.ts';
import { type StereoSides, soundOfRecording } from './sound-of-recording.ts';
import { judgedCall, storeCall } from './store-call.ts';
import { readTranscript } from './transcript-file.ts';

export interface ImportParts {
  /** the call list, for messages */
  readonly file: string;
  readonly folders: CallFolders;
  /** what transcripts count their times from, where the answer is known */
  readonly transcriptsFrom: 'answer' | 'start';
  /** on which channel of a stereo recording the caller is */
  readonly stereo: StereoSides;
  readonly program: Program;
  readonly store: EventStore;
  /** data folder: recordings are kept below its `recordings/import` */
  readonly data: string;
  /** true: nothing is written */
  readonly dryRun: boolean;
  /** ms UTC */
  readonly now: () => number;
}

export interface CallOutcome {
  readonly outcome: 'imported' | 'already there' | 'faulty';
  readonly recording?: string | undefined;
  readonly transcript?: string | undefined;
  readonly faults: readonly ImportFault[];
  /** files that the list names and that are not there: the call is imported without them */
  readonly missing: readonly ImportFault[];
}

/** Imports one listed call with its files in one transaction, or tells what is wrong with it. */
export async function importCall(parts: ImportParts, listed: ListedCall, interaction: string): Promise<CallOutcome> {
  const files = await filesOf(parts, listed);
  const faults = [...files.faults, ...futureFault(parts, listed)];
  const outcome = { recording: files.recording, transcript: files.transcript, missing: files.missing };
  if (faults.length > 0) return { ...outcome, outcome: 'faulty', faults };
  const kept =
    files.durationMs === undefined ? undefined : { startedAt: recordedSince(listed, files.durationMs), durationMs: files.durationMs };
  const sound =
    files.recording === undefined || kept === undefined ? undefined : await soundOfRecording(files.recording, parts.stereo, kept.startedAt);
  const call = { ...importedCall(parts, listed, interaction, files.rows), sound };
  const judged = judgedCall(call, parts.program, parts.now());
  if ('refused' in judged) return { ...outcome, outcome: 'faulty', faults: [rowFault(parts, listed, judged.refused)] };
  if (parts.dryRun) return { ...outcome, outcome: 'imported', faults: [] };
  if (files.recording !== undefined) await keepRecording(parts.data, interaction, files.recording);
  const stored = await storeCall(parts.store, judged, kept);
  if (stored === 'stored') return { ...outcome, outcome: 'imported', faults: [] };
  if (stored === 'already there') return { ...outcome, outcome: 'already there', faults: [] };
  await dropRecording(parts.data, interaction);
  return { ...outcome, outcome: 'faulty', faults: [rowFault(parts, listed, stored.refused)] };
}

interface FilesOfCall {
  readonly recording: string | undefined;
  readonly durationMs: number | undefined;
  readonly transcript: string | undefined;
  readonly rows: readonly TranscriptRow[] | undefined;
  readonly faults: readonly ImportFault[];
  readonly missing: readonly ImportFault[];
}

async function filesOf({ file, folders }: ImportParts, listed: ListedCall): Promise<FilesOfCall> {
  const recording = await recordingOf(listed, folders);
  const transcript = await transcriptOf(listed, folders);
  const wav = recording === undefined ? undefined : await readWav(recording);
  const bytes = transcript === undefined ? undefined : await readBytes(transcript);
  const rows = bytes?.ok ? await readTranscript(transcript ?? '', bytes.value) : bytes;
  const missing = (name: 'recording' | 'transcript', folder: string | undefined, found: string | undefined): readonly ImportFault[] => {
    const wanted = listed[name];
    if (wanted === undefined || folder === undefined || found !== undefined) return [];
    return [{ file, line: listed.line, column: listed.columns[name], expected: `the ${name} ${wanted} in ${folder}`, found: 'none' }];
  };
  return {
    recording,
    transcript,
    durationMs: wav?.ok ? wav.value.durationMs : undefined,
    rows: rows?.ok ? rows.value : undefined,
    faults: [...(wav?.ok === false ? wav.faults : []), ...(rows?.ok === false ? rows.faults : [])],
    missing: [...missing('recording', folders.recordings, recording), ...missing('transcript', folders.transcripts, transcript)],
  };
}

/** The recorder would move instants of the future to now. */
function futureFault({ file, now }: ImportParts, { line, columns, startedAt, endedAt }: ListedCall): readonly ImportFault[] {
  const last = Math.max(startedAt, endedAt ?? startedAt);
  if (last <= now()) return [];
  return [{ file, line, column: columns.startedAt, expected: 'a call that is over (see --zone)', found: new Date(last).toISOString() }];
}

function rowFault({ file }: ImportParts, { line, columns }: ListedCall, refused: string): ImportFault {
  return { file, line, column: columns.startedAt, expected: 'a call in order', found: refused };
}

function importedCall(parts: ImportParts, listed: ListedCall, interaction: string, rows: ImportedCall['rows']): ImportedCall {
  const { startedAt, ringingAt, answeredAt, answered, endedAt, endedBy, direction, agent, queue, caller } = listed;
  const zero = parts.transcriptsFrom === 'answer' && answeredAt !== undefined ? answeredAt - startedAt : 0;
  return {
    interaction,
    startedAt,
    ringingAt,
    answeredAt,
    answered,
    endedAt,
    endedBy,
    direction,
    called: listed.called ?? '',
    agent,
    queue,
    customerNumber: caller,
    rows: rows?.map((row) => ({ ...row, startMs: row.startMs + zero, endMs: row.endMs + zero })),
  };
}

/** A file no longer than the talk began with it; a longer one holds the waiting too. A second is left for rounded lists. */
function recordedSince({ startedAt, answeredAt, endedAt }: ListedCall, durationMs: number): number {
  if (answeredAt === undefined) return startedAt;
  return endedAt === undefined || durationMs <= endedAt - answeredAt + 1000 ? answeredAt : startedAt;
}
