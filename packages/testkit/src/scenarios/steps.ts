import type { ActingAct } from '@threerings/core/wire/acting';
import type { ChatAct } from '@threerings/core/wire/chat';
import type { DeskCommand, PromiseChange } from '@threerings/core/wire/desk';
import type { markAnswer } from '@threerings/core/wire/knowledge';
import type { OutboundPurpose } from '@threerings/core/wire/outbound';
import type { EmergencyChange, EmergencyPlan } from '@threerings/core/wire/registers';
import type { NewTicket, TicketChange } from '@threerings/core/wire/tickets';
import type { z } from 'zod';
import type { Expectation } from './expectations.ts';

type Bare<Command> = Command extends DeskCommand ? Omit<Command, 'interaction' | 'leg'> : never;
type PromiseCommand = Extract<DeskCommand, { readonly kind: 'promise-callback' }>;
/** A promise is told with the time until it is due; when that is, the driver's clock says. `proposal`: it confirms what lies on the desk. */
type PromiseAct = Omit<PromiseCommand, 'interaction' | 'dueAt' | 'proposal'> & { readonly inMs: number; readonly proposal?: boolean };
/** What an agent does at the desk; the driver knows in which call. */
export type DeskAct = Bare<Exclude<DeskCommand, { readonly kind: 'promise-callback' | 'verify-identity' }>> | PromiseAct;

type BareChat<Act> = Act extends ChatAct ? Omit<Act, 'interaction' | 'message' | 'dueAt'> : never;
/** What an agent does in chats; the driver knows in which, and numbers the messages. A promise is told with the time until it is due. */
export type ChatDeskAct =
  | BareChat<Exclude<ChatAct, { readonly kind: 'promise' }>>
  | (BareChat<Extract<ChatAct, { readonly kind: 'promise' }>> & { readonly inMs: number });

type MarkAnswer = z.infer<typeof markAnswer>;

type BareActing<Act> = Act extends ActingAct ? Omit<Act, 'proxy' | 'digest' | 'consent'> : never;
/**
 * What an agent does for a customer; the driver knows operation, plan and consent as they stand on the page. `by`: by hand, with the
 * consent, or with operation and consent, of the customer's conversation before. A callback is told with the time until it is due.
 */
export type ActingDeskAct = BareActing<ActingAct> & {
  readonly callInMs?: number;
  readonly by?: 'consent-of-before' | 'operation-of-before';
};

type BareChange<Change, Due extends string = 'dueAt'> = Change extends unknown ? Omit<Change, Due> : never;
/**
 * What somebody does with what outlives a call: tickets, and what the house knows. `inMs`: until it is due. A change is of the newest
 * ticket of the customer.
 */
export type MatterAct =
  | ({ readonly does: 'writes-ticket'; readonly department?: string; readonly inMs?: number } & Pick<NewTicket, 'kind' | 'title'> &
      Partial<Pick<NewTicket, 'about' | 'demand' | 'category' | 'contact' | 'secret'>>)
  | { readonly does: 'changes-ticket'; readonly change: BareChange<TicketChange>; readonly inMs?: number }
  /** the newest promise that is open */
  | { readonly does: 'changes-promise'; readonly change: BareChange<PromiseChange, 'due'>; readonly inMs?: number | undefined }
  /** types these words and finds nothing */
  | { readonly does: 'finds-nothing'; readonly words: string }
  | { readonly does: 'opens-article'; readonly words: string; readonly article: string }
  /** tells the caller whose matter it is */
  | { readonly does: 'refers'; readonly body: string; readonly number?: string }
  | { readonly does: 'marks-answer'; readonly outcome: MarkAnswer['outcome']; readonly article?: string };

/** What somebody does who writes. `again`: the page sends the message before once more, because it heard no acknowledgement. */
export type VisitorAct =
  | { readonly does: 'opens-chat'; readonly queue?: string | undefined; readonly name?: string | undefined }
  | { readonly does: 'writes'; readonly text: string; readonly again?: boolean | undefined }
  /** in another house's app; it is that house which brings it */
  | { readonly does: 'writes-over'; readonly channel: 'wecom'; readonly text: string; readonly again?: boolean | undefined }
  | { readonly does: 'sends-file'; readonly name: string; readonly as: 'image' | 'file'; readonly again?: boolean | undefined }
  | { readonly does: 'reads' | 'leaves-chat' }
  | { readonly does: 'asks-reply'; readonly contact: string; readonly text: string }
  | { readonly does: 'rates'; readonly score: number };

/** What a leader does on the board; whose call it is stands beside. */
export type LeaderAct =
  | { readonly kind: 'monitor'; readonly mode: 'listen' | 'whisper' | 'barge' }
  | { readonly kind: 'stop-monitoring' | 'take-over' }
  | { readonly kind: 'set-state'; readonly state: 'ready' | 'busy' }
  /** to the caller of the agent who asks for the leader */
  | { readonly kind: 'answer-request'; readonly takes: boolean }
  /** to the newest request for support of the agent */
  | { readonly kind: 'answer-support'; readonly comes: boolean }
  /** without a limit: not now */
  | { readonly kind: 'answer-rest'; readonly limitMs?: number | undefined };

/** What somebody does for the whole house, in no call: what must be read, emergencies, outages. */
export type HouseAct =
  /** news that everybody must read; published anew, it is another version */
  | { readonly does: 'publishes'; readonly bulletin: string; readonly title: string; readonly lastsMs: number }
  /** the version in force */
  | { readonly does: 'reads'; readonly bulletin: string }
  | { readonly does: 'writes-plan'; readonly plan: EmergencyPlan }
  /** the newest emergency in a call of this caller */
  | { readonly does: 'works-emergency'; readonly of: string; readonly change: EmergencyChange }
  | { readonly does: 'opens-outage'; readonly outage: string; readonly title: string; readonly restoredInMs?: number | undefined }
  /** this caller is to be told when it is over */
  | { readonly does: 'notes-caller'; readonly outage: string; readonly of: string }
  | { readonly does: 'restores'; readonly outage: string; readonly tell: 'sms' | 'call'; readonly owners: readonly string[] };

/** What the desk answers: done, asked for a reason (by this norm, or by the hang-up guard), or refused with this code. */
export type DeskAnswered = 'done' | { readonly asks: string } | { readonly refuses: string };

/** `opens-desk`: the page is open and its phone can ring. `loses-socket`: page and phone are gone. `comes-back`: it is loaded again. */
export type PageAct = 'opens-desk' | 'loses-socket' | 'comes-back';

export type CallerAct =
  | { readonly does: 'dials'; readonly called?: string | undefined }
  | { readonly does: 'hangs-up' | 'line-drops' }
  /** somebody whom we call */
  | { readonly does: 'rings' | 'picks-up' }
  | { readonly does: 'refuses'; readonly status: number }
  /** whom the caller is transferred to outside of the house */
  | { readonly does: 'outside-answers' | 'outside-hangs-up' }
  | { readonly does: 'outside-refuses'; readonly status: number }
  | { readonly does: 'presses'; readonly key: string }
  | { readonly does: 'says'; readonly text: string };

/** `voice-crashes`: the process dies with its calls and is started again. `server-is-killed`: the calls live on and are adopted. */
export type Fault = 'voice-crashes' | 'server-is-killed';

/** Whom an agent calls: back as promised, again after the line dropped, or by number. */
export interface DialAct {
  readonly whom: string;
  readonly by: 'promise' | 'redial' | 'number';
  readonly purpose: OutboundPurpose;
  readonly note?: string | undefined;
  readonly override?: string | undefined;
  /** typed instead of the caller's own number */
  readonly number?: string | undefined;
}

/** One step of a scenario. Plain data. */
export type Step =
  | { readonly kind: 'desk'; readonly agent: string; readonly act: DeskAct; readonly answered: DeskAnswered }
  | { readonly kind: 'dial'; readonly agent: string; readonly caller: string; readonly act: DialAct; readonly answered: DeskAnswered }
  /** as a leader, on the call that this agent has now, or on the agent */
  | { readonly kind: 'leader'; readonly agent: string; readonly of: string; readonly act: LeaderAct; readonly answered: DeskAnswered }
  | { readonly kind: 'page'; readonly agent: string; readonly does: PageAct }
  | { readonly kind: 'agent-says'; readonly agent: string; readonly text: string }
  | { readonly kind: 'caller'; readonly caller: string; readonly act: CallerAct }
  | { readonly kind: 'visitor'; readonly caller: string; readonly act: VisitorAct }
  /** in the chat of this visitor; without one an act that is about no chat */
  | {
      readonly kind: 'chats';
      readonly agent: string;
      readonly act: ChatDeskAct;
      readonly of?: string | undefined;
      readonly answered: DeskAnswered;
    }
  /** for this customer, in the call or chat with the agent */
  | {
      readonly kind: 'acting';
      readonly agent: string;
      readonly caller: string;
      readonly act: ActingDeskAct;
      readonly answered: DeskAnswered;
    }
  /** about this customer's newest call or chat */
  | {
      readonly kind: 'matter';
      readonly agent: string;
      readonly caller: string;
      readonly act: MatterAct;
      readonly answered: DeskAnswered;
    }
  | { readonly kind: 'house'; readonly agent: string; readonly act: HouseAct; readonly answered: DeskAnswered }
  | { readonly kind: 'fault'; readonly fault: Fault }
  /** nothing but time, ms; `asleep`: the machine sleeps meanwhile, and what was due is late */
  | { readonly kind: 'pause'; readonly ms: number; readonly asleep?: boolean | undefined }
  /** time until this holds; a failure after `mostMs` */
  | { readonly kind: 'until'; readonly expectation: Expectation; readonly mostMs: number }
  | { readonly kind: 'check'; readonly expectations: readonly Expectation[] };

/** How long saying a text takes, ms: 200 characters a minute, at least half a second. */
export function spokenMs(text: string): number {
  return Math.max(500, text.length * 300);
}

/** The step as a sentence, for reports of failures. */
export function told(step: Step): string {
  switch (step.kind) {
    case 'desk':
      return `${step.agent} at the desk: ${step.act.kind}`;
    case 'dial':
      return `${step.agent} calls ${step.caller}`;
    case 'leader':
      return `${step.agent} as a leader on ${step.of}: ${step.act.kind}`;
    case 'page':
      return `${step.agent} ${step.does}`;
    case 'agent-says':
      return `${step.agent} says “${step.text}”`;
    case 'caller':
    case 'visitor':
      return `${step.caller} ${step.act.does}`;
    case 'chats':
      return `${step.agent} in the chat of ${step.of ?? 'nobody'}: ${step.act.kind}`;
    case 'acting':
      return `${step.agent} for ${step.caller}: ${step.act.kind}`;
    case 'matter':
      return `${step.agent} on the matter of ${step.caller}: ${step.act.does}`;
    case 'house':
      return `${step.agent} in the house: ${step.act.does}`;
    case 'fault':
      return step.fault;
    case 'pause':
      return `${step.ms} ms pass${step.asleep === true ? ', asleep' : ''}`;
    case 'until':
      return `until ${step.expectation.says}`;
    case 'check':
      return `check of ${step.expectations.length}`;
  }
}
