import type { Instant } from '@threerings/norms/trace';
import { refuse } from '../errors/refusal.ts';
import { type KnowledgeAct, knowledgeEvent } from '../knowledge/use.ts';
import { type Decision, fact, type Happened, textOf } from '../timeline/decider.ts';
import type { NewEvent, PersonalValue } from '../timeline/event.ts';
import type { CallRecord } from '../wire/desk.ts';
import type { HotlinePlan } from '../wire/hotline-plan.ts';
import { setMatter } from './matters.ts';
import { savedRecord } from './saved-record.ts';

/** What the desk may still say about a call. Plain data; a fold of the call's events. */
export interface Conversation {
  readonly answered: boolean;
  readonly closed: boolean;
  /** everybody who has had the caller: they may write to the record */
  readonly handlers: readonly string[];
  readonly record?: { readonly id: string; readonly savedAt?: Instant | undefined; readonly missing: readonly string[] } | undefined;
  readonly emergency: boolean;
  readonly flags: readonly string[];
  /** 事项, as it was set last */
  readonly matter?: string | undefined;
}

type Flag = 'complaint' | 'escalation' | 'leader-asked' | 'dissatisfied' | 'vip' | 'unclear' | 'unsafe-to-call';

export type ConversationCommand = { readonly at: Instant; readonly agent: string } & (
  | {
      readonly kind: 'save-record';
      /** id for the record when none was begun */
      readonly record: string;
      readonly content: CallRecord;
      /** whose data the content is */
      readonly subject: string;
      readonly number?: PersonalValue | undefined;
    }
  | {
      readonly kind: 'mark-consent';
      readonly consent: string;
      readonly about: 'hold' | 'transfer' | 'callback' | 'recording';
      readonly given: boolean;
    }
  /** an attestation, never evidence: norms that depend on it become unknown (stated by agent) */
  | { readonly kind: 'tick'; readonly norm: string; readonly part?: string | undefined }
  | { readonly kind: 'mark-emergency'; readonly emergency: string; readonly about: string }
  | { readonly kind: 'unmark-emergency' }
  /** `alert`: told to the leader under this id, with the ticket that the caller is not content with */
  | {
      readonly kind: 'flag';
      readonly flag: Flag;
      readonly alert?: { readonly alert: string; readonly ticket?: string | undefined } | undefined;
    }
  | { readonly kind: 'use-knowledge'; readonly act: KnowledgeAct }
  | { readonly kind: 'set-matter'; readonly matter: string; readonly plan: Pick<HotlinePlan, 'matters'> }
  /** goes on although a norm asked to stop, and says why */
  | { readonly kind: 'override-stop'; readonly norm: string; readonly reason: string }
);

export const noConversation: Conversation = { answered: false, closed: false, handlers: [], emergency: false, flags: [] };

export function decideConversation(command: ConversationCommand, state: Conversation): Decision {
  if (!state.answered) return refuse('call.not-talking');
  if (state.closed) return refuse('record.closed');
  if (!state.handlers.includes(command.agent)) return refuse('call.not-yours');
  const { at } = command;
  switch (command.kind) {
    case 'save-record':
      return saveRecord(command, state);
    case 'mark-consent':
      return [fact('consent.marked', at, { consent: command.consent, about: command.about, given: command.given })];
    case 'tick':
      return [fact('duty.ticked', at, { norm: command.norm, part: command.part })];
    case 'mark-emergency': {
      if (state.emergency) return [];
      const raised = fact('emergency.raised', at, { emergency: command.emergency, kind: command.about.slice(0, 200) });
      return [fact('flag.set', at, { flag: 'emergency' }), raised];
    }
    case 'unmark-emergency':
      return state.emergency ? [fact('flag.set', at, { flag: 'not-an-emergency' })] : [];
    case 'flag':
      return state.flags.includes(command.flag) ? [] : flagOf(command);
    case 'use-knowledge':
      return [knowledgeEvent(command.act, at)];
    case 'set-matter':
      return setMatter(command.plan, command.matter, state.matter, at);
    case 'override-stop': {
      const reason = command.reason.trim();
      return reason === '' ? refuse('stop.no-reason') : [fact('stop.overridden', at, { norm: command.norm, reason })];
    }
  }
}

function saveRecord(command: Extract<ConversationCommand, { kind: 'save-record' }>, state: Conversation): Decision {
  return savedRecord({ ...command, record: state.record?.id ?? command.record, opened: state.record !== undefined });
}

function flagOf({ flag, alert, agent, at }: Extract<ConversationCommand, { readonly kind: 'flag' }>): NewEvent[] {
  const set = fact('flag.set', at, { flag });
  if (alert === undefined) return [set];
  return [set, fact('alert.raised', at, { alert: alert.alert, kind: flag, to: 'leader', agent, about: alert.ticket })];
}

export function evolveConversation(state: Conversation, event: Happened): Conversation {
  switch (event.type) {
    case 'call.answered':
    case 'transfer.completed': {
      const agent = textOf(event, 'agent');
      if (agent === undefined || event.by === 'customer') return state;
      return { ...state, answered: true, handlers: state.handlers.includes(agent) ? state.handlers : [...state.handlers, agent] };
    }
    case 'record.opened':
      return { ...state, record: { id: textOf(event, 'record') ?? '', missing: [] } };
    case 'record.saved': {
      const missing = event.fields['missing'];
      return {
        ...state,
        record: { id: textOf(event, 'record') ?? '', savedAt: event.occurredAt, missing: typeof missing === 'object' ? missing : [] },
      };
    }
    case 'matter.set':
      return { ...state, matter: textOf(event, 'matter') };
    case 'flag.set':
      return flagged(state, textOf(event, 'flag') ?? '');
    case 'interaction.closed':
      return { ...state, closed: true };
    default:
      return state;
  }
}

function flagged(state: Conversation, flag: string): Conversation {
  if (flag === 'not-an-emergency') return { ...state, emergency: false, flags: state.flags.filter((one) => one !== 'emergency') };
  return {
    ...state,
    emergency: state.emergency || flag === 'emergency',
    flags: state.flags.includes(flag) ? state.flags : [...state.flags, flag],
  };
}
