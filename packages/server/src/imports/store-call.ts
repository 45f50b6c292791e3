import { speak } from '@threerings/core/errors/refusal';
import { type NewEvent, streamOfInteraction } from '@threerings/core/timeline/event';
import { eventsOfImportedCall, type ImportedCall } from '@threerings/core/timeline/transcript-import';
import { judge } from '@threerings/norms/judge';
import type { Program } from '@threerings/norms/program';
import type { Verdict } from '@threerings/norms/trace';
import { v7 as uuidv7 } from 'uuid';
import { noteRecording } from '../interactions/recordings-read-model.ts';
import { verdictRequest } from '../observance/verdict-request.ts';
import { type AppendRequest, mostEventsAtOnce } from '../store/append-request.ts';
import type { Database } from '../store/database.ts';
import { EventStore } from '../store/event-store.ts';
import { projectInteractions } from '../store/interaction-rows.ts';
import { type AppendRefusal, speakStream } from '../store/stream-refusals.ts';
import { Vault } from '../store/vault.ts';
import { fileOfImported } from './keep-recording.ts';
import { recordedCall } from './recorded-call.ts';

/** Where imported calls are stored. */
export function importStore(db: Database, masterKey: Buffer, now: () => number): EventStore {
  return new EventStore({ db, vault: new Vault(masterKey), now, projectors: [projectInteractions] });
}

/** An imported call as it would be stored, with the verdicts of the pack in force. */
export interface JudgedCall {
  readonly interaction: string;
  readonly events: readonly NewEvent[];
  readonly verdicts: readonly Verdict[];
}

/** Places and judges an imported call without storing it; a call that the recorder refuses comes as the reason. */
export function judgedCall(call: ImportedCall, program: Program, now: number): JudgedCall | { readonly refused: string } {
  const { interaction } = call;
  const events = eventsOfImportedCall(call).map((event) => ({ ...event, id: uuidv7() }));
  const recorded = recordedCall(interaction, events, now);
  return 'refused' in recorded ? recorded : { interaction, events, verdicts: judge(program, recorded.events) };
}

/** What is known of the recording that was kept for a call. */
export interface KeptRecording {
  readonly startedAt: number;
  readonly durationMs: number;
}

/**
 * Stores events, verdicts and recording row of a call in one transaction. `already there`: somebody stored the same call
 * in the meantime, and nothing was added.
 */
export async function storeCall(
  store: EventStore,
  call: JudgedCall,
  recording: KeptRecording | undefined,
): Promise<'stored' | 'already there' | { readonly refused: string }> {
  const answer = await store.appendTogether([...timelineRequests(call, recording), ...verdictRequests(call)]);
  if (Array.isArray(answer)) return 'stored';
  return answer.refused === 'stream.conflict' ? 'already there' : { refused: sentenceOf(answer) };
}

function timelineRequests({ interaction, events }: JudgedCall, recording: KeptRecording | undefined): readonly AppendRequest[] {
  const requests: AppendRequest[] = [];
  for (let from = 0; from < events.length; from += mostEventsAtOnce) {
    requests.push({
      stream: streamOfInteraction(interaction),
      interaction,
      origin: 'import',
      events: events.slice(from, from + mostEventsAtOnce),
      ...(from === 0 ? { after: 0 } : {}),
      ...(from === 0 && recording !== undefined
        ? {
            within: (tx) =>
              noteRecording(tx, { recording: `import-${interaction}`, interaction, file: fileOfImported(interaction), ...recording }),
          }
        : {}),
    });
  }
  return requests;
}

function verdictRequests({ interaction, verdicts }: JudgedCall): readonly AppendRequest[] {
  return verdicts.length === 0 ? [] : [verdictRequest(interaction, 'import', { settled: verdicts, revised: [] })];
}

function sentenceOf(refusal: AppendRefusal): string {
  return isStreamRefusal(refusal) ? speakStream(refusal, 'en') : speak(refusal, 'en').message;
}

function isStreamRefusal(refusal: AppendRefusal): refusal is Extract<AppendRefusal, { refused: `stream.${string}` | 'store.busy' }> {
  return refusal.refused.startsWith('stream.') || refusal.refused === 'store.busy';
}
