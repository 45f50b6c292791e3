import { notHeldBy } from '../chats/lifecycle.ts';
import { decideConversation } from '../conversation/lifecycle.ts';
import { refuse } from '../errors/refusal.ts';
import { type KnowledgeAct, knowledgeEvent } from '../knowledge/use.ts';
import { recordInChat } from './chats.ts';
import type { HotlineAnswer } from './inputs.ts';
import type { Turn } from './turn.ts';

const done = { ok: true } as const;

/** What an agent reads while with a caller or in a chat, and until that is closed; refused to who never had the caller. */
export function knowledgeUsed(turn: Turn, agent: string, interaction: string, act: KnowledgeAct): HotlineAnswer {
  const chat = turn.hotline.chats.get(interaction);
  if (chat !== undefined) {
    const refusal = notHeldBy(chat, agent);
    if (refusal !== undefined) return refusal;
    recordInChat(turn, chat.id, [knowledgeEvent(act, turn.at)]);
    return done;
  }
  const call = turn.call(interaction);
  if (call === undefined) return refuse('call.unknown');
  return turn.decide(call, decideConversation({ kind: 'use-knowledge', act, agent, at: turn.at }, call.conversation)) ?? done;
}
