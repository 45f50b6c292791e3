import { type Refusal, refuse } from '@threerings/core/errors/refusal';
import type { Standing } from '@threerings/core/knowledge/entry';

/** A stored reply as it stands now; undefined: there is none in force. */
export type ReplyBook = (
  reply: string,
) => Promise<{ readonly title: string; readonly version: number; readonly standing: Standing } | undefined>;

/**
 * Why a stored reply goes to nobody: it was withdrawn, changed since the agent took it, or is out of date. Undefined = it may. Words in
 * it that nobody of the house should write are found like those of any other message.
 */
export async function refusedReply(
  book: ReplyBook,
  used: { readonly reply: string; readonly version: number },
): Promise<Refusal | undefined> {
  const found = await book(used.reply);
  if (found === undefined || found.standing === 'unpublished') return refuse('chat.reply-gone');
  const { title, version, standing } = found;
  if (version !== used.version) return refuse('chat.reply-changed', { title });
  return standing === 'expired' || standing === 'not-yet' ? refuse('chat.reply-expired', { title }) : undefined;
}
