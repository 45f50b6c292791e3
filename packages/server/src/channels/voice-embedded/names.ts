import type { PromptName, SoundName } from '@threerings/core/hotline/effects';

/*
 * Ids in the voice process derive from ids of the hotline, so that a restarted server finds its calls again:
 * INVARIANT (derived ids): the caller's leg is the interaction itself; everything else is named after it.
 */

export const agentLeg = (agent: string) => `agent-${agent}`;
export const recordingOfCall = (interaction: string) => `rec-${interaction}`;
export const interactionOfRecording = (recording: string) => recording.replace(/^rec-/, '');
export const bridgeOf = (interaction: string) => `bridge-${interaction}`;
/** where an agent and a colleague speak while the caller hears music */
export const consultOf = (interaction: string) => `consult-${interaction}`;

/** the leg of somebody outside who is called for a caller's sake; the line is named by the hotline */
export const outsideLeg = (interaction: string, line: string) => `outside ${interaction} ${line}`;

/** Whom a leg to the outside is for, or undefined for any other leg. */
export function outsideOfLeg(leg: string): { readonly interaction: string; readonly line: string } | undefined {
  const [kind, interaction, line] = leg.split(' ');
  return kind === 'outside' && interaction !== undefined && line !== undefined ? { interaction, line } : undefined;
}

/** 工号 of an agent's leg, or undefined for a caller's. */
export function agentOfLeg(leg: string): string | undefined {
  return leg.startsWith('agent-') ? leg.slice('agent-'.length) : undefined;
}

/** `serial` tells two players of the same sound in one call apart. */
export const playerOf = (interaction: string, sound: SoundName, serial: number) => `player ${interaction} ${sound} ${serial}`;

/** What an agent hears who calls somebody, until that person answers. */
export const ringingTone = 'ringing-tone';
export const ringingToneOf = (interaction: string, serial: number) => `ringing ${interaction} ${serial}`;

/** The call for which this player rings, or undefined for any other player. */
export function ringsFor(player: string): string | undefined {
  const [kind, interaction] = player.split(' ');
  return kind === 'ringing' ? interaction : undefined;
}

export function soundOfPlayer(player: string): { readonly interaction: string; readonly sound: SoundName } | undefined {
  const [kind, interaction, sound] = player.split(' ');
  return kind === 'player' && interaction !== undefined && sound !== undefined ? { interaction, sound: sound as SoundName } : undefined;
}

/** Prompts have an end, music has none. */
export function isPrompt(sound: SoundName): sound is PromptName {
  return sound !== 'hold-music' && sound !== 'queue-music';
}
