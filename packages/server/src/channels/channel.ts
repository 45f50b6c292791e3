import type { MediumEffect } from '@threerings/core/hotline/effects';
import type { HotlineInput } from '@threerings/core/hotline/inputs';
import type { NewEvent } from '@threerings/core/timeline/event';
import type { Instant, Source } from '@threerings/norms/trace';

/**
 * The port through which the outside reaches the hotline. A channel turns what its medium tells into timeline events and
 * carries out what the hotline decides. It decides nothing itself. Implementations: replay/, voice-embedded/.
 * All pass `channel-contract.ts`.
 */
export interface Channel {
  readonly name: string;
  /** Begins to report. The channel owes: per interaction, events in the order in which they became true for their source. */
  start(sink: ChannelSink): Promise<void>;
  /** Carries out an effect. Refusals are values; a refused effect never drops the caller. */
  perform(effect: MediumEffect): Promise<ChannelAnswer>;
  /** Interactions that the medium still knows, for reconciling after this process was restarted. */
  running(): Promise<readonly string[]>;
  stop(): Promise<void>;
}

export interface ChannelSink {
  /** What became true in the medium and wants a decision (a caller arrived, a leg ended). Resolves after its commit. */
  tell(input: HotlineInput): Promise<void>;
  /** Events that need no decision (a replayed timeline). Resolves when they are committed: only then may the channel tell anybody. */
  report(interaction: string, events: readonly NewEvent[]): Promise<void>;
  /** No event of these sources with occurredAt ≤ mark will follow for this interaction. Never goes back. */
  watermark(interaction: string, marks: Readonly<Partial<Record<Source, Instant>>>): void;
}

export type ChannelAnswer = { readonly ok: true } | { readonly ok: false; readonly refused: string; readonly message: string };
