import type { Instant } from '@threerings/norms/trace';
import type { PersonalValue } from '../timeline/event.ts';

/** What can be wanted of a call. `at` is the instant at which it was wanted or became true, ms UTC. */
export type InteractionCommand = { readonly at: Instant } & (
  | {
      readonly kind: 'arrive';
      readonly channel: 'phone' | 'web-call';
      readonly direction: 'in' | 'out';
      readonly called: string;
      readonly queue?: string | undefined;
      readonly language?: string | undefined;
      readonly trunk?: string | undefined;
      readonly number?: PersonalValue | undefined;
      /** the agent whom the caller wants to speak to */
      readonly asksFor?: string | undefined;
      /** 拨测: shown, and counted nowhere */
      readonly test?: boolean | undefined;
    }
  | ({ readonly kind: 'queue' } & QueueEntry)
  /** on to another queue, with the time waited so far */
  | ({ readonly kind: 'divert' } & QueueEntry)
  | {
      readonly kind: 'offer-to-agent';
      readonly agent: string;
      readonly leg: string;
      readonly epoch?: number | undefined;
      readonly reason?: string | undefined;
    }
  /** the agent's device says that it rings */
  | { readonly kind: 'acknowledge-ringing'; readonly leg: string }
  | { readonly kind: 'answer'; readonly agent: string; readonly leg: string }
  | { readonly kind: 'decline'; readonly agent: string; readonly leg: string; readonly reason: string }
  /** the ring ends without an answer: nobody came, the hotline took it back, or the device could not be reached */
  | { readonly kind: 'stop-ringing'; readonly leg: string; readonly because: 'no-answer' | 'cancelled' | 'failed' }
  | { readonly kind: 'caller-left'; readonly leg: string; readonly cause?: string | undefined }
  | { readonly kind: 'release'; readonly agent: string; readonly cause?: string | undefined }
  /** the agent's part is over: the caller was handed to somebody outside of the house */
  | { readonly kind: 'hand-out'; readonly agent: string }
  | { readonly kind: 'drop'; readonly leg: string; readonly side: 'customer' | 'agent' | 'trunk' | 'unknown'; readonly cause: string }
  /** the hotline itself ends the call, for example after it promised a callback */
  | { readonly kind: 'dismiss'; readonly because: 'callback' | 'overflow' | 'nobody' }
  /** an agent calls somebody: first `prepared`, then dialled */
  | DialCommand
  | { readonly kind: 'callee-rings' }
  | { readonly kind: 'callee-answers' }
  /** agent and callee hear each other */
  | { readonly kind: 'join'; readonly leg: string }
  | { readonly kind: 'callee-failed'; readonly outcome: DialFailure }
  /** the agent gives up while it rings */
  | { readonly kind: 'give-up-dialling'; readonly agent: string }
  | { readonly kind: 'settle-outbound'; readonly agent: string; readonly outcome: string; readonly message?: boolean | undefined }
  | { readonly kind: 'extend-wrap-up'; readonly agent: string; readonly reason: string }
  /** without `agent` the hotline ends it: that of the agent named by `of`, else the last one's */
  | { readonly kind: 'finish-wrap-up'; readonly agent?: string | undefined; readonly of?: string | undefined }
);

/** `reason`: `named` and `first-receiver` go with `prefers`; `overflow` and `night` say why it is this queue. */
export interface QueueEntry {
  readonly queue: string;
  readonly position?: number | undefined;
  readonly priority?: number | undefined;
  readonly prefers?: string | undefined;
  readonly reason?: string | undefined;
}

/** `called`: the number that the callee sees, or `-`. Everything personal stands in `number`, `who` and `note`. */
export interface DialCommand {
  readonly kind: 'dial';
  readonly agent: string;
  readonly called: string;
  readonly number: PersonalValue;
  readonly purpose: string;
  readonly promise?: string | undefined;
  readonly attempt?: number | undefined;
  /** what was written before: whom, and the points as their numbers */
  readonly prepared?:
    | { readonly who: PersonalValue; readonly points: readonly string[]; readonly note?: PersonalValue | undefined }
    | undefined;
  readonly case?: string | undefined;
  readonly interaction: string;
}

/** `failed`: nobody was tried, the line itself did not come about. */
export type DialFailure = 'busy' | 'no-answer' | 'rejected' | 'invalid' | 'failed';

export type CommandOf<Kind extends InteractionCommand['kind']> = Extract<InteractionCommand, { readonly kind: Kind }>;
