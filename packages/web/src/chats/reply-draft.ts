import type { UsedReply } from './quick-replies.tsx';

/** The words in the box, and the stored reply that was put into them. */
export interface Draft {
  readonly text: string;
  readonly used?: (UsedReply & { readonly sentence?: string }) | undefined;
}

const longest = 2000;

/** True for the stroke that asks for stored replies: "/" into an empty box, as any keyboard writes it. */
export function opensReplies(before: string, typed: string): boolean {
  return before === '' && (typed === '/' || typed === '／' || typed === '、');
}

/** A sentence goes behind what is written already, on a line of its own. A stored reply takes the place of one before it. */
export function withSentence(draft: Draft, sentence: string, used?: UsedReply): Draft {
  const kept = draft.text.trimEnd();
  const text = (kept === '' ? sentence : `${kept}\n${sentence}`).slice(0, longest);
  return { text, used: used === undefined ? draft.used : { ...used, sentence } };
}

/** The stored reply that these words still contain; changed by hand they are the agent's own. */
export function replyIn({ text, used }: Draft): UsedReply | undefined {
  if (used === undefined || !text.includes(used.sentence ?? '')) return undefined;
  return { reply: used.reply, version: used.version };
}
