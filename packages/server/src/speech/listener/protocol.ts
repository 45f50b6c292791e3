import type { Side } from '@threerings/core/acoustics/conversation';
import type { NewEvent } from '@threerings/core/timeline/event';
import type { Instant, Source } from '@threerings/norms/trace';
import type { RecogniserSettings } from '../recognisers/make-recogniser.ts';

/** Sources that the listener observes. */
export type HeardSource = Extract<Source, 'audio' | 'speech.agent' | 'speech.customer'>;

/** What the server asks of the process that listens to calls. */
export type ListenerCommand =
  /** who writes down what is said, in calls that begin after it; absent = nobody */
  | { readonly kind: 'configure'; readonly recogniser?: RecogniserSettings | undefined }
  | {
      readonly kind: 'listen';
      readonly call: string;
      /** no event of this call may bear an earlier instant */
      readonly notBefore: Instant;
      /** as the call's events name them */
      readonly legs: { readonly agent: string; readonly customer: string };
      /** whose words they are, in the vault */
      readonly subjects: { readonly agent: string; readonly customer: string };
      /** the caller was told that words may be kept */
      readonly transcribe: boolean;
    }
  /** waits at `socket` for the sound of one side */
  | { readonly kind: 'open'; readonly call: string; readonly side: Side; readonly socket: string }
  | { readonly kind: 'close'; readonly call: string; readonly side: Side }
  /** the parties hear each other, or no longer */
  | { readonly kind: 'meet'; readonly call: string; readonly on: boolean }
  /** the call is over: what is still to be told is told, then `ended` */
  | { readonly kind: 'end'; readonly call: string };

export type Marks = Readonly<Partial<Record<HeardSource, Instant>>>;

export type ListenerReport =
  | { readonly kind: 'opened'; readonly call: string; readonly side: Side; readonly socket: string; readonly ok: boolean }
  /** the first sound of the call was heard: from this instant on sources tell */
  | {
      readonly kind: 'hears';
      readonly call: string;
      readonly since: Instant;
      readonly engines: Readonly<Partial<Record<HeardSource, string>>>;
    }
  /** what became true, in order for each source, and up to where each has told everything */
  | { readonly kind: 'heard'; readonly call: string; readonly events: readonly NewEvent[]; readonly marks: Marks }
  /** a source cannot tell from this instant on, or can again */
  | {
      readonly kind: 'lost';
      readonly call: string;
      readonly source: HeardSource;
      readonly at: Instant;
      readonly reason: 'engine-down' | 'no-audio';
    }
  | { readonly kind: 'found'; readonly call: string; readonly source: HeardSource; readonly at: Instant }
  /** the sound of a side came to its end although nobody closed it */
  | { readonly kind: 'deaf'; readonly call: string; readonly side: Side }
  | { readonly kind: 'ended'; readonly call: string };
