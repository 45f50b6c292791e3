import type { HotlineInput } from '@threerings/core/hotline/inputs';
import type { LegSnapshot, VoiceSnapshot } from '@threerings/voice/port';
import { agentLeg, recordingOfCall, soundOfPlayer } from './names.ts';
import { linesFound } from './outside-lines.ts';

/** A call that the hotline has not closed yet, as the hotline holds it to be. */
export interface StandingCall {
  readonly interaction: string;
  /** the caller has gone; the agent may still write it up */
  readonly over: boolean;
  readonly agent?: string | undefined;
  /** begun, and not known to have stopped */
  readonly recording?: string | undefined;
}

/** What the voice process does for this call, for the hotline to hold against what it wants. */
export function foundCall(
  { interaction, agent }: StandingCall,
  { state, early }: LegSnapshot,
  { legs, bridges, players, recordings }: VoiceSnapshot,
  at: number,
): Extract<HotlineInput, { kind: 'caller-found' }> {
  const player = players.find(({ leg }) => leg === interaction)?.player;
  const recorded = recordings.find(({ recording }) => recording === recordingOfCall(interaction));
  const agents = agent === undefined ? undefined : agentLeg(agent);
  return {
    kind: 'caller-found',
    interaction,
    connected: state === 'answered' || early === true,
    playing: player === undefined ? undefined : soundOfPlayer(player)?.sound,
    bridged: bridges.some((bridge) => bridge.legs.includes(interaction) && agents !== undefined && bridge.legs.includes(agents)),
    muted: legs.find(({ leg }) => leg === agents)?.muted ?? false,
    lines: linesFound(legs, interaction),
    recording: recorded && { recording: recorded.recording, startedAt: recorded.startedAt, paused: recorded.paused },
    at,
  };
}
