import type { Instant } from '@threerings/norms/trace';
import { type Happened, numberOf, textOf } from '../timeline/decider.ts';

/** What reports count of one conversation in writing. All lengths in ms. */
export interface ChatFact {
  readonly at: Instant;
  readonly queue: string | undefined;
  /** who accepted it first */
  readonly agent: string | undefined;
  /** `abandoned`: over before anybody accepted it */
  readonly outcome: 'answered' | 'abandoned';
  /** from the first message of the customer – or from asking, where the agent wrote first – to the first answer of a person */
  readonly firstReplyMs: number | undefined;
  /** the longest time that the customer waited for an answer, the end of the chat included */
  readonly silenceMs: number;
  readonly transfers: number;
  readonly invited: boolean;
  /** 1–5 */
  readonly score: number | undefined;
}

interface Folding extends ChatFact {
  /** since when the customer waits for an answer */
  readonly waitingSince: Instant | undefined;
}

/** The events that matter to `chatFactOf`: nothing else need be read. */
export const countedChatEvents = [
  'chat.opened',
  'chat.queued',
  'chat.accepted',
  'chat.transferred',
  'chat.received',
  'chat.sent',
  'chat.ended',
  'survey.offered',
  'survey.answered',
] as const;

/** Folds the events of a chat in their order; undefined for what is no chat. */
export function chatFactOf(events: readonly Happened[]): ChatFact | undefined {
  const [first] = events;
  if (first?.type !== 'chat.opened') return undefined;
  const began: Folding = {
    ...{ at: first.occurredAt, queue: textOf(first, 'queue'), agent: undefined, outcome: 'abandoned', firstReplyMs: undefined },
    ...{ silenceMs: 0, transfers: 0, invited: false, score: undefined, waitingSince: undefined },
  };
  const { waitingSince: _, ...fact } = events.slice(1).reduce(after, began);
  return fact;
}

function after(chat: Folding, event: Happened): Folding {
  const at = event.occurredAt;
  switch (event.type) {
    case 'chat.queued':
      return { ...chat, queue: chat.queue ?? textOf(event, 'queue') };
    case 'chat.accepted':
      return { ...chat, outcome: 'answered', agent: chat.agent ?? textOf(event, 'agent') };
    case 'chat.transferred':
      return { ...chat, transfers: chat.transfers + 1 };
    case 'chat.received':
      return { ...chat, waitingSince: chat.waitingSince ?? at };
    case 'chat.sent':
      return event.by === 'agent' ? { ...waited(chat, at), firstReplyMs: chat.firstReplyMs ?? at - (chat.waitingSince ?? chat.at) } : chat;
    case 'chat.ended':
      return waited(chat, at);
    case 'survey.offered':
      return { ...chat, invited: true };
    case 'survey.answered':
      return { ...chat, invited: true, score: numberOf(event, 'score') };
    default:
      return chat;
  }
}

function waited(chat: Folding, at: Instant): Folding {
  const { waitingSince } = chat;
  return waitingSince === undefined ? chat : { ...chat, silenceMs: Math.max(chat.silenceMs, at - waitingSince), waitingSince: undefined };
}
