import type { Instant } from '@threerings/norms/trace';
import { type Happened, textOf } from '../timeline/decider.ts';

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
  /** who has it has read or written something in it */
  readonly lookedAt: boolean;
  /** the wait for a reply of which the leader was told */
  readonly alertedOf?: Instant | undefined;
  /** the customer was told that the chat ends when nothing more is said */
  readonly idle: boolean;
  /** a reply was promised by the hotline itself */
  readonly promised: boolean;
  readonly rated: boolean;
  readonly ended?: { readonly at: Instant; readonly outcome: string } | undefined;
  /** handing it on was due and nobody had room; known to this process only */
  readonly handOnTriedAt?: Instant | undefined;
}

/** A page repeats at most what it has not heard acknowledged, which is far less. */
export const rememberedMessages = 300;

export function newChat(id: string): Chat {
  return {
    ...{ id, phase: 'none', channel: '', queue: '', openedAt: 0, heldSince: 0, handlers: [], passedOver: [] },
    ...{ received: 0, sent: 0, messages: [], lastAt: 0, lookedAt: false, idle: false, promised: false, rated: false },
  };
}

/** The chat after one more of its events. */
export function evolveChat(chat: Chat, event: Happened): Chat {
  const at = event.occurredAt;
  switch (event.type) {
    case 'chat.opened': {
      const [channel, queue] = [textOf(event, 'channel') ?? '', textOf(event, 'queue') ?? ''];
      return { ...chat, phase: 'waiting', channel, queue, language: textOf(event, 'language'), openedAt: at, lastAt: at };
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
      return { ...withMessage(chat, event), received: chat.received + 1, unansweredSince: chat.unansweredSince ?? at, idle: false };
    case 'chat.sent':
      return { ...withMessage(chat, event), sent: chat.sent + 1, unansweredSince: undefined, lookedAt: true, idle: false };
    case 'chat.read':
      return event.by === 'customer' ? chat : { ...chat, lookedAt: true };
    case 'alert.raised':
      return textOf(event, 'kind') === 'chat-silent' ? { ...chat, alertedOf: chat.unansweredSince } : chat;
    case 'chat.idle':
      return { ...chat, idle: true };
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
