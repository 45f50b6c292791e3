import type { Instant } from '@threerings/norms/trace';
import { refuse } from '../errors/refusal.ts';
import type { Settings } from '../settings/defaults.ts';
import { fact } from '../timeline/decider.ts';
import { talksTo } from './in-call.ts';
import type { HotlineAnswer } from './inputs.ts';
import type { Call } from './state.ts';
import type { Turn } from './turn.ts';

/**
 * The agent stops the recording before a secret is said, or goes on with it. Nothing is written down from what is said meanwhile
 * either. A pause that nobody ends ends by itself (`settings.recordingPauseMs`), and with the agent who made it.
 * Refuses `call.not-talking`, `call.not-yours`, `recording.none`.
 */
export function pausesRecording(turn: Turn, call: Call, agent: string, on: boolean): HotlineAnswer {
  const refusal = talksTo(call, agent);
  if (refusal) return refusal;
  if (call.recording === undefined) return refuse('recording.none');
  if (!on) resumeRecording(turn, call, 'agent');
  else if (call.recordingPausedAt === undefined) {
    const { recording } = call;
    turn.record(call, [fact('recording.paused', turn.at, { recording, reason: 'secret' }, { by: 'agent' })]);
    turn.effect({ interaction: call.id, kind: 'pause-recording', recording, on: true });
  }
  return { ok: true };
}

/** Goes on with a recording that is paused. */
export function resumeRecording(turn: Turn, call: Call, by: 'agent' | 'system'): void {
  const { recording, recordingPausedAt } = call;
  if (recording === undefined || recordingPausedAt === undefined) return;
  turn.record(call, [fact('recording.resumed', turn.at, { recording }, { by })]);
  turn.effect({ interaction: call.id, kind: 'pause-recording', recording, on: false });
}

/** When a pause of this call ends by itself; undefined = it is not paused. */
export function pauseEnds({ recordingPausedAt }: Call, { recordingPauseMs }: Settings): Instant | undefined {
  return recordingPausedAt === undefined ? undefined : recordingPausedAt + recordingPauseMs;
}
