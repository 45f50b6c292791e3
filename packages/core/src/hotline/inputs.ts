import type { Bilingual } from '@threerings/norms/problem';
import type { Instant } from '@threerings/norms/trace';
import type { RequiredBriefing } from '../briefings/required.ts';
import type { Refusal } from '../errors/refusal.ts';
import type { KnowledgeAct } from '../knowledge/use.ts';
import type { OutageNotice } from '../outages/notice.ts';
import type { OutboundOrder } from '../outbound/order.ts';
import type { CallerPromise } from '../promises/state.ts';
import type { RoutedStaff } from '../routing/layout.ts';
import type { Settings } from '../settings/defaults.ts';
import type { NewEvent, PersonalValue } from '../timeline/event.ts';
import type { TransferFailure } from '../transfer/lifecycle.ts';
import type { ActingAct } from '../wire/acting.ts';
import type { ChatAct } from '../wire/chat.ts';
import type { AskReason, DeskCommand } from '../wire/desk.ts';
import type { HotlinePlan } from '../wire/hotline-plan.ts';
import type { LeaderCommand } from '../wire/monitoring.ts';
import type { ChatTold, FileSent, WordsChecked } from './chat-inputs.ts';
import type { Effect, PromptName, SoundName } from './effects.ts';
import type { LiveFlow } from './in-flow.ts';

/** What a norm wants explained before a desk command goes on; found by the norm engine, not here. */
export interface NormAsk {
  readonly norm: string;
  readonly cites: readonly string[];
  readonly message: Bilingual;
  readonly missing: readonly Bilingual[];
}

/** Everything that can reach a hotline. `at` is when it became true, ms UTC. */
/** The entry of the blocklist that a calling number stands in, and what its callers are offered after they were told. */
export interface BlockedBy {
  readonly entry: string;
  readonly offer: 'end' | 'message';
}

export type HotlineInput = { readonly at: Instant } & (
  | {
      readonly kind: 'caller-arrived';
      readonly interaction: string;
      readonly channel: 'phone' | 'web-call';
      readonly called: string;
      readonly number?: string | undefined;
      readonly trunk?: string | undefined;
      readonly language?: string | undefined;
      readonly queue?: string | undefined;
      /** 工号 of whom the caller wants to speak to */
      readonly asksFor?: string | undefined;
      /** 工号 of who spoke to this caller first, lately; found by the shell */
      readonly firstReceiver?: string | undefined;
      /** the number is on the blocklist; found by the shell */
      readonly blocked?: BlockedBy | undefined;
    }
  /** the caller can hear and be heard; `early`: before the line is answered, which `caller-line-answered` tells */
  | { readonly kind: 'caller-connected'; readonly interaction: string; readonly early?: boolean | undefined }
  /** the line of a caller who was connected early is answered */
  | { readonly kind: 'caller-line-answered'; readonly interaction: string }
  | { readonly kind: 'caller-left'; readonly interaction: string; readonly cause: string }
  /** the caller's line failed, or the medium lost the call */
  | { readonly kind: 'caller-lost'; readonly interaction: string; readonly cause: string }
  /** the server connected to a medium that has this call already: what the medium does for it now */
  | {
      readonly kind: 'caller-found';
      readonly interaction: string;
      /** the caller can hear and be heard */
      readonly connected: boolean;
      readonly playing?: SoundName | undefined;
      /** caller and agent hear each other */
      readonly bridged: boolean;
      /** the agent is not heard */
      readonly muted: boolean;
      readonly recording?: { readonly recording: string; readonly startedAt: Instant; readonly paused: boolean } | undefined;
      /** lines to the outside that were dialled for the caller's sake */
      readonly lines?: readonly { readonly line: string; readonly answered: boolean }[] | undefined;
    }
  /** whom an agent calls: it rings there, it is answered, or it came to nothing; `failed` = the line did not come about */
  | { readonly kind: 'callee-rings'; readonly interaction: string }
  | { readonly kind: 'callee-answers'; readonly interaction: string }
  | {
      readonly kind: 'callee-failed';
      readonly interaction: string;
      readonly outcome: 'busy' | 'no-answer' | 'rejected' | 'invalid' | 'failed';
    }
  /** who was called outside for the caller's sake answers, or is gone: without an answer, or hanging up (`declined`) */
  | { readonly kind: 'outside-answers'; readonly interaction: string; readonly line: string }
  | { readonly kind: 'outside-left'; readonly interaction: string; readonly line: string; readonly outcome: TransferFailure }
  | { readonly kind: 'caller-digit'; readonly interaction: string; readonly digit: string }
  /** the answer to a lookup of a call flow; without a `result` there was none, in time */
  | { readonly kind: 'looked-up'; readonly interaction: string; readonly step: string; readonly result?: string | undefined }
  /** the web page: leave a number to be called back */
  | { readonly kind: 'caller-asks-callback'; readonly interaction: string; readonly number: string }
  | {
      readonly kind: 'prompt-ended';
      readonly interaction: string;
      readonly prompt: PromptName;
      readonly playedMs: number;
      readonly interrupted: boolean;
    }
  | { readonly kind: 'recording-started'; readonly interaction: string; readonly recording: string }
  | { readonly kind: 'recording-stopped'; readonly interaction: string; readonly recording: string; readonly durationMs: number }
  | { readonly kind: 'line-degraded'; readonly interaction: string; readonly loss: number; readonly jitterMs: number }
  | { readonly kind: 'line-restored'; readonly interaction: string }
  /** the agent's phone can ring and carry sound, or no longer */
  | { readonly kind: 'agent-phone'; readonly agent: string; readonly connected: boolean }
  /** queues, settings or people were changed: who waits keeps the place, who talks goes on */
  | {
      readonly kind: 'configured';
      readonly staff: readonly RoutedStaff[];
      readonly plan: HotlinePlan;
      readonly settings: Settings;
      /** absent = as before */
      readonly flows?: readonly LiveFlow[] | undefined;
    }
  /** an outage began, changed or is over: all that go on */
  | { readonly kind: 'outages'; readonly outages: readonly OutageNotice[] }
  /** what must be read was published, changed or taken back: all of it */
  | { readonly kind: 'briefings'; readonly briefings: readonly RequiredBriefing[] }
  /** somebody has read a version of an item of news; the shell knows that it is meant for them */
  | { readonly kind: 'bulletin-read'; readonly agent: string; readonly bulletin: string; readonly version: number }
  | { readonly kind: 'effect-failed'; readonly effect: Effect; readonly refused: string }
  | { readonly kind: 'desk'; readonly agent: string; readonly command: DeskCommand; readonly asks: readonly NormAsk[] }
  /** a customer who writes */
  | { readonly kind: 'chat'; readonly interaction: string; readonly told: ChatTold }
  /** an agent, or a leader, at the page of chats */
  | { readonly kind: 'chat-desk'; readonly agent: string; readonly act: ChatAct | FileSent | WordsChecked }
  /** an agent calls somebody; the shell looked up what it knows of whom */
  | { readonly kind: 'place-call'; readonly agent: string; readonly order: OutboundOrder }
  /** what an agent did with knowledge, as the server found it */
  | { readonly kind: 'knowledge'; readonly agent: string; readonly interaction: string; readonly act: KnowledgeAct }
  /** an agent acts for the customer of a call or chat; `stops`: what norms in force forbid of it, found by the norm engine */
  | {
      readonly kind: 'acting';
      readonly agent: string;
      readonly interaction: string;
      readonly act: ActingAct;
      readonly stops?: readonly NormAsk[] | undefined;
    }
  /** who may ask this is the shell's to know */
  | { readonly kind: 'leader'; readonly leader: string; readonly command: LeaderCommand }
  /** `nextWakeUp` of this interaction is due */
  | { readonly kind: 'wake'; readonly interaction: string }
  /** the server was away from `since` until `at`: nobody watched the telephony and the desk of this call */
  | { readonly kind: 'unwatched'; readonly interaction: string; readonly since: Instant }
);

/** An event and the stream that it belongs to. */
export interface Planned {
  readonly stream: string;
  readonly interaction?: string | undefined;
  readonly event: NewEvent;
}

export type HotlineAnswer = { readonly ok: true } | Refusal | AskReason;

/** What a hotline needs from outside to decide. */
export interface HotlineWorld {
  /** unique, for example a UUIDv7 */
  newId(): string;
  /** how long an agent waits for the caller to hang up first, ms; from the pack, else the setting */
  readonly hangUpWaitMs: number;
  /** keyed digest of a text: equal texts have equal digests, and without the key nobody can try texts out */
  digest(text: string): string;
  /** somebody writes down what is said; absent = nobody does, and every call says so */
  readonly recogniser?: boolean | undefined;
  /** a promise that is not settled, as it stands; absent = none is known */
  promise?(promise: string): CallerPromise | undefined;
  /** the interaction in which it was made */
  promisedIn?(promise: string): string | undefined;
  /** somebody measures who speaks and when; absent = nobody does, and every call says so */
  readonly measures?: boolean | undefined;
}

export function callerSubject(interaction: string): string {
  return `customer-${interaction}`;
}

export function callerNumber(interaction: string, value: string): PersonalValue {
  return { subject: callerSubject(interaction), value };
}
