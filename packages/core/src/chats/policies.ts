import type { Instant } from '@threerings/norms/trace';
import type { Settings } from '../settings/defaults.ts';
import type { Chat } from './state.ts';

/** What time alone brings about in a chat. */
export type ChatDue = 'hand-on' | 'silence' | 'idle' | 'idle-end' | 'close';

export interface ComingInChat {
  readonly at: Instant;
  readonly due: ChatDue;
}

/**
 * The next thing that time alone brings about: a chat that its agent does not look at goes on to somebody else, the leader
 * hears of a customer who waits too long, a customer who says no more is told so and then let go, and an ended chat is
 * closed. Folded from the state, so that a restart loses none.
 */
export function nextInChat(chat: Chat, settings: Settings): ComingInChat | undefined {
  if (chat.phase === 'ended' && chat.ended !== undefined) {
    // What its channel still has to bring is settled first: nobody would hear of it afterwards.
    return chat.underWay.length > 0 ? undefined : { at: chat.ended.at + settings.chatAfterMs, due: 'close' };
  }
  if (chat.phase !== 'talking') return undefined;
  const coming = chat.unansweredSince === undefined ? [whileIdle(chat, settings)] : whileUnanswered(chat, chat.unansweredSince, settings);
  return coming.reduce<ComingInChat | undefined>((first, one) => (first === undefined || one.at < first.at ? one : first), undefined);
}

function whileIdle({ lastAt, heldSince, idle }: Chat, { chatIdleMs, chatIdleEndMs }: Settings): ComingInChat {
  const quietSince = Math.max(lastAt, heldSince);
  return idle ? { at: quietSince + chatIdleMs + chatIdleEndMs, due: 'idle-end' } : { at: quietSince + chatIdleMs, due: 'idle' };
}

/** Who takes a chat over has the whole time again. */
function whileUnanswered(chat: Chat, since: Instant, { chatReassignMs, chatSilenceMs }: Settings): readonly ComingInChat[] {
  const { heldSince, lookedAt, alertedOf, handOnTriedAt } = chat;
  const begins = Math.max(since, heldSince);
  const handOn: ComingInChat = { at: Math.max(begins, handOnTriedAt ?? 0) + chatReassignMs, due: 'hand-on' };
  return [...(lookedAt ? [] : [handOn]), ...(alertedOf === since ? [] : [{ at: begins + chatSilenceMs, due: 'silence' } as const])];
}
