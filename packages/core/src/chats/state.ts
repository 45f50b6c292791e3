import type { Instant } from '@threerings/norms/trace';
import { type Happened, numberOf, textOf } from '../timeline/decider.ts';

/** One conversation in writing, from its opening to its closing. Plain data; a fold of its events. */
export interface Chat {
  readonly id: string;
  readonly phase: 'none' | 'waiting' | 'talking' | 'ended' | 'closed';
  /** `web`, `wechat`, `wecom`, `qq` */
  readonly channel: string;
  readonly queue: string;
  readonly language?: string | undefined;
  readonly openedAt: Instant;
  /** 工号 of who has it, also after its end */
  readonly agent?: string | undefined;
  /** that agent has it since */
  readonly heldSince: Instant;
  /** everybody who has had it */
  readonly handlers: readonly string[];
  /** agents from whom it was taken because they did not look at it */
  readonly passedOver: readonly string[];
  /** messages of the customer and of the house so far */
  readonly received: number;
  readonly sent: number;
  /** ids of the newest messages, oldest first, at most `rememberedMessages` */
  readonly messages: readonly string[];
  /** since when the customer waits for a reply: the oldest message that nobody answered */
  readonly unansweredSince?: Instant | undefined;
  /** newest message of either side */
  readonly lastAt: Instant;
  /** newest message of the customer, and what the house has sent since, as the channel counts it */
  readonly customerAt: Instant;
  readonly partsSince: number;
  /** messages that the channel has taken over and not settled yet, that it could not deliver so far, that it gave up; newest ones */
  readonly underWay: readonly string[];
  readonly delayed: readonly string[];
  readonly undelivered: readonly string[];
  /** who has it has read or written something in it */
  readonly lookedAt: boolean;
  /** the wait for a reply of which the leader was told */
  readonly alertedOf?: Instant | undefined;
  /** the customer was told that the chat ends when nothing more is said */
  readonly idle: boolean;
  /** a reply was promised by the hotline itself */
  readonly promised: boolean;
  readonly rated: boolean;
  /** something was noted down of it */
  readonly recorded: boolean;
  /** 事项, as it was set last */
  readonly matter?: string | undefined;
  readonly ended?: { readonly at: Instant; readonly outcome: string } | undefined;
  /** handing it on was due and nobody had room; known to this process only */
  readonly handOnTriedAt?: Instant | undefined;
}

/** A page repeats at most what it has not heard acknowledged, which is far less. */
export const rememberedMessages = 300;

export function newChat(id: string): Chat {
  return {
    ...{ id, phase: 'none', channel: '', queue: '', openedAt: 0, heldSince: 0, handlers: [], passedOver: [] },
    ...{ received: 0, sent: 0, messages: [], lastAt: 0, lookedAt: false, idle: false, promised: false, rated: false, recorded: false },
    ...{ customerAt: 0, partsSince: 0, underWay: [], delayed: [], undelivered: [] },
  };
}

/** The chat after one more of its events. */
export function evolveChat(chat: Chat, event: Happened): Chat {
  const at = event.occurredAt;
  switch (event.type) {
    case 'chat.opened': {
      const [channel, queue] = [textOf(event, 'channel') ?? '', textOf(event, 'queue') ?? ''];
      const language = textOf(event, 'language');
      return { ...chat, phase: 'waiting', channel, queue, language, openedAt: at, lastAt: at, customerAt: at };
    }
    case 'chat.queued':
      return { ...chat, queue: textOf(event, 'queue') ?? chat.queue };
    case 'chat.accepted':
      return { ...held(chat, textOf(event, 'agent'), at), phase: 'talking' };
    case 'chat.transferred': {
      const left = event.by === 'system' && chat.agent !== undefined ? [...chat.passedOver, chat.agent] : chat.passedOver;
      return { ...held(chat, textOf(event, 'agent'), at), passedOver: left };
    }
    case 'chat.received':
      return {
        ...withMessage(chat, event),
        ...{ received: chat.received + 1, unansweredSince: chat.unansweredSince ?? at, idle: false },
        ...windowAfter(chat, numberOf(event, 'writtenAt') ?? at),
      };
    case 'chat.sent':
      // What the hotline says by itself answers nobody, and begins no new silence.
      if (event.by === 'system') return { ...withMessage(chat, event), lastAt: chat.lastAt, ...takenOver(chat, event) };
      return {
        ...withMessage(chat, event),
        ...{ sent: chat.sent + 1, unansweredSince: undefined, lookedAt: true, idle: false },
        ...takenOver(chat, event),
      };
    case 'chat.delivered':
    case 'chat.undelivered':
      return { ...chat, ...settled(chat, event) };
    case 'chat.read':
      return event.by === 'customer' ? chat : { ...chat, lookedAt: true };
    case 'alert.raised':
      return textOf(event, 'kind') === 'chat-silent' ? { ...chat, alertedOf: chat.unansweredSince } : chat;
    case 'chat.idle':
      return { ...chat, idle: true };
    case 'record.opened':
      return { ...chat, recorded: true };
    case 'matter.set':
      return { ...chat, matter: textOf(event, 'matter') };
    case 'survey.answered':
      return { ...chat, rated: true };
    case 'chat.ended':
      return { ...chat, phase: 'ended', ended: { at, outcome: textOf(event, 'outcome') ?? '' } };
    case 'interaction.closed':
      return { ...chat, phase: 'closed' };
    default:
      return chat;
  }
}

function held(chat: Chat, agent: string | undefined, at: Instant): Chat {
  const handlers = agent === undefined || chat.handlers.includes(agent) ? chat.handlers : [...chat.handlers, agent];
  return { ...chat, agent, heldSince: at, handlers, lookedAt: false, handOnTriedAt: undefined };
}

function withMessage(chat: Chat, event: Happened): Chat {
  const id = textOf(event, 'message');
  const messages = id === undefined ? chat.messages : [...chat.messages, id].slice(-rememberedMessages);
  return { ...chat, messages, lastAt: event.occurredAt };
}

/** A message that was written before the newest one opens no window again. */
function windowAfter(chat: Chat, writtenAt: Instant): Partial<Chat> {
  return writtenAt < chat.customerAt ? {} : { customerAt: writtenAt, partsSince: 0 };
}

/** `parts` stands in messages that somebody else delivers. */
function takenOver(chat: Chat, event: Happened): Partial<Chat> {
  const [parts, message] = [numberOf(event, 'parts'), textOf(event, 'message')];
  if (parts === undefined || message === undefined) return {};
  return { partsSince: chat.partsSince + parts, underWay: including(chat.underWay, message) };
}

function settled({ underWay, delayed, undelivered }: Chat, event: Happened): Partial<Chat> {
  const message = textOf(event, 'message') ?? '';
  const others = (list: readonly string[]) => list.filter((one) => one !== message);
  if (event.type === 'chat.delivered') return { underWay: others(underWay), delayed: others(delayed) };
  if (event.fields['final'] !== true) return { delayed: including(delayed, message) };
  return { underWay: others(underWay), delayed: others(delayed), undelivered: including(undelivered, message) };
}

function including(list: readonly string[], message: string): readonly string[] {
  return list.includes(message) ? list : [...list, message].slice(-rememberedMessages);
}
