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
  perform(effect: ChannelEffect): Promise<ChannelAnswer>;
  /** Interactions that the medium still knows, for reconciling after this process was restarted. */
  running(): Promise<readonly string[]>;
  stop(): Promise<void>;
}

export interface ChannelSink {
  /** Resolves when the events are committed: only then may the channel tell anybody. */
  report(interaction: string, events: readonly NewEvent[]): Promise<void>;
  /** No event of these sources with occurredAt ≤ mark will follow for this interaction. Never goes back. */
  watermark(interaction: string, marks: Readonly<Partial<Record<Source, Instant>>>): void;
}

/** What the hotline wants done in the medium. Ids are the hotline's. */
export type ChannelEffect = { readonly interaction: string } & (
  | { readonly kind: 'announce'; readonly prompt: string }
  | { readonly kind: 'connect'; readonly agent: string }
  | { readonly kind: 'hold'; readonly hold: string; readonly music: string }
  | { readonly kind: 'resume'; readonly hold: string }
  | { readonly kind: 'mute'; readonly on: boolean }
  | { readonly kind: 'speak-over'; readonly on: boolean }
  | { readonly kind: 'record'; readonly recording: string }
  | { readonly kind: 'stop-recording'; readonly recording: string }
  | { readonly kind: 'end'; readonly cause: string }
);

export type ChannelAnswer = { readonly ok: true } | { readonly ok: false; readonly refused: string; readonly message: string };
