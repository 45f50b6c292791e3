import type { Instant } from '@threerings/norms/trace';
import { fact } from '../timeline/decider.ts';
import type { NewEvent } from '../timeline/event.ts';
import { ideographs } from '../timeline/ideographs.ts';
import { windowOf } from './delivery.ts';
import type { Chat } from './state.ts';

/** What the hotline itself says to a customer whose page is another house's: they see no place in the queue and no stars to press. */
export type AutomaticWords =
  | { readonly kind: 'place'; readonly ahead: number }
  | { readonly kind: 'nobody' }
  | { readonly kind: 'idle'; readonly endMs: number }
  | { readonly kind: 'ended'; readonly rate: boolean };

/** Messages of the channel that are left to the agent: while somebody is still to answer, and afterwards. */
const kept: Readonly<Record<AutomaticWords['kind'], number>> = { place: 3, nobody: 3, idle: 1, ended: 0 };

const prefix = 'auto-';

/** A message that the hotline said by itself: nobody owes it when it does not arrive. */
export function isAutomatic(message: string): boolean {
  return message.startsWith(prefix);
}

/**
 * The words as a message to the customer, each once; none on the house's own pages, which show it, and none that the channel's window
 * does not allow or that would take from what the agent may still write.
 */
export function automaticWords(
  chat: Chat,
  words: AutomaticWords,
  { at, subject }: { readonly at: Instant; readonly subject: string },
): NewEvent[] {
  const window = windowOf(chat);
  if (window === undefined || at >= window.until || window.left <= kept[words.kind]) return [];
  const message = `${prefix}${words.kind}-${chat.id}-${words.kind === 'idle' ? chat.received : 0}`;
  if (chat.messages.includes(message)) return [];
  const value = textOf(words, chat.language === 'en');
  const fields = { chars: ideographs(value), ordinal: chat.sent, kind: 'text', message, parts: 1 };
  return [fact('chat.sent', at, fields, { by: 'system', personal: { text: { subject, value } } })];
}

function textOf(words: AutomaticWords, english: boolean): string {
  switch (words.kind) {
    case 'place':
      return english
        ? `Thank you for waiting: ${words.ahead} before you. You can write your question now; we answer in turn.`
        : `您好，您前面还有 ${words.ahead} 位。您可以先把问题写下，坐席会按顺序答复。`;
    case 'nobody':
      return english
        ? 'Nobody is here to answer now. Write your question and your telephone number, and we reply once somebody is.'
        : '您好，现在没有坐席在线。请写下您的问题和电话，有人上线后答复您。';
    case 'idle': {
      const minutes = Math.max(1, Math.round(words.endMs / 60_000));
      return english
        ? `We have not heard from you. Without a message the chat ends in ${minutes} minutes.`
        : `您有一会儿没有说话了。${minutes} 分钟内没有新消息，会话将自动结束。`;
    }
    case 'ended': {
      const over = english ? 'This chat is over. Thank you for writing.' : '本次会话已结束，感谢您的咨询。';
      const rate = english ? ' How was it? Reply 5 (content), 3 (so-so) or 1 (not content).' : '请您评价：回复 5 满意，3 一般，1 不满意。';
      return words.rate ? over + rate : over;
    }
  }
}

/** The grade that a customer gives by writing a digit after the end; undefined: it is a message. */
export function gradeIn(text: string): number | undefined {
  const digit = /^[1-5]$/.exec(text.normalize('NFKC').trim())?.[0];
  return digit === undefined ? undefined : Number(digit);
}
