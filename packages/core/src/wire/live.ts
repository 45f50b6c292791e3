import { z } from 'zod';
import { boardView } from './board.ts';
import { chatsView } from './chat.ts';
import { deskView } from './desk.ts';
import { wireEvent, wireVerdict } from './events.ts';
import { listName } from './lists.ts';

/**
 * The live socket of the console (`/live`), one JSON object a message. A client that sees a gap in `cursor` asks for the
 * topic again (`subscribe`) and gets a fresh view: views are whole and small; nothing is lost by a lost socket.
 */
export const toServer = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('subscribe'), topic: z.enum(['desk', 'board', 'chats']) }),
  z.object({ kind: z.literal('subscribe-interaction'), interaction: z.string() }),
  /** the lists that this page shows now: it is told when something in them changed; what it may not read is left out */
  z.object({ kind: z.literal('follow-lists'), lists: z.array(listName).max(20) }),
  z.object({ kind: z.literal('unsubscribe'), topic: z.string() }),
  /** asks for a new media connection of this agent's browser phone; the answer is `phone-offer` */
  z.object({ kind: z.literal('phone-connect') }),
  z.object({ kind: z.literal('phone-answer'), connection: z.string(), sdp: z.string().max(20_000) }),
  z.object({ kind: z.literal('ping'), at: z.number() }),
]);
export type ToServer = z.infer<typeof toServer>;

export const push = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('hello'), now: z.number().int(), agent: z.string() }),
  z.object({ kind: z.literal('desk'), cursor: z.number().int(), view: deskView }),
  z.object({ kind: z.literal('board'), cursor: z.number().int(), view: boardView }),
  z.object({ kind: z.literal('chats'), cursor: z.number().int(), view: chatsView }),
  /** the customer of this chat is writing */
  z.object({ kind: z.literal('chat-typing'), interaction: z.string() }),
  /** new events and verdicts of one interaction for a page that shows it */
  z.object({
    kind: z.literal('interaction'),
    interaction: z.string(),
    cursor: z.number().int(),
    events: z.array(wireEvent),
    verdicts: z.array(wireVerdict),
  }),
  /** something in these lists changed: they are asked for again */
  z.object({ kind: z.literal('lists'), changed: z.array(listName) }),
  z.object({ kind: z.literal('phone-offer'), connection: z.string(), sdp: z.string() }),
  /** the page's answer was taken: only now does it use the offer's candidates */
  z.object({ kind: z.literal('phone-accepted'), connection: z.string() }),
  z.object({ kind: z.literal('phone-state'), connected: z.boolean(), cause: z.string().optional() }),
  z.object({ kind: z.literal('refused'), refused: z.string(), message: z.string() }),
  z.object({ kind: z.literal('signed-out'), reason: z.string() }),
  z.object({ kind: z.literal('pong'), at: z.number(), now: z.number().int() }),
]);
export type Push = z.infer<typeof push>;
