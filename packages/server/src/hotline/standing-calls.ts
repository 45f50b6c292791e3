import type { Hotline } from '@threerings/core/hotline/state';
import type { StandingCall } from '../channels/voice-embedded/found-calls.ts';

/** Calls that the hotline has not let go of: those that are not closed, and callers who are asked to rate a call that may be. */
export function standingCalls({ calls, surveys }: Pick<Hotline, 'calls' | 'surveys'>): StandingCall[] {
  const open = [...calls.values()].map(({ id, interaction, recording }) => ({
    interaction: id,
    over: interaction.ended !== undefined && !surveys.has(id),
    agent: interaction.talk?.agent,
    recording,
  }));
  const asked = [...surveys.keys()].filter((interaction) => !calls.has(interaction));
  return [...open, ...asked.map((interaction) => ({ interaction, over: false }))];
}
