import type { VoiceRefusal } from '../port.ts';

/** Why a command was not carried out; undefined in its place means that it was. */
export interface Refusal {
  readonly refused: VoiceRefusal;
  /** what was found, what is needed */
  readonly message: string;
}

export function refusal(refused: VoiceRefusal, message: string): Refusal {
  return { refused, message };
}
