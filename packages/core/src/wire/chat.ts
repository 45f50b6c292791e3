import { z } from 'zod';
import { promiseKinds } from '../timeline/promise-kinds.ts';
import { callRecord } from './desk.ts';
import { bilingual } from './events.ts';

/** Conversations in writing. The visitor's page: `POST /api/chat/chats` → token, then the socket `/chat-live?token=…&after=…`. */

/** Longest message, characters. */
export const longestMessage = 2000;
const text = z.string().min(1).max(longestMessage);
/** chosen by who writes it: the same id is the same message */
const messageId = z.string().uuid();

export const startChatBody = z.object({
  language: z.enum(['zh', 'en']),
  queue: z.string().max(64).optional(),
  name: z.string().max(60).optional(),
});
export const startedChat = z.object({ chat: z.string(), token: z.string() });

/** What a visitor is told before a chat begins. */
export const chatDoor = z.object({
  hotline: z.object({ name: z.string(), number: z.string() }),
  /** within the hours of the queue */
  open: z.boolean(),
  /** somebody takes chats */
  staffed: z.boolean(),
  waiting: z.number().int(),
  /** a message left in writing now is answered by then */
  replyBy: z.number().int().optional(),
  /** largest file that is taken, MB */
  mostFileMegabytes: z.number().int().optional(),
});
export type ChatDoor = z.infer<typeof chatDoor>;

/** What a message is, besides its text; of a file the text is its name. */
export const messageKind = z.enum(['text', 'image', 'file', 'voice', 'card']);

export const chatMessage = z.object({
  /** number in the chat: a page that comes back names the last one it has */
  seq: z.number().int(),
  message: z.string(),
  from: z.enum(['customer', 'agent', 'system']),
  as: messageKind,
  text: z.string().optional(),
  /** id of the file that it is */
  attachment: z.string().optional(),
  at: z.number().int(),
});
export type ChatMessage = z.infer<typeof chatMessage>;

/** A file goes as the whole body of a request (`application/octet-stream`); this says what it is. The id of the message is that of the file. */
export const sentFile = z.object({ message: messageId, name: z.string().min(1).max(300) });

export const visitorState = z.enum(['waiting', 'nobody', 'closed', 'talking', 'ended']);

export const visitorPush = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('state'),
    state: visitorState,
    position: z.number().int().optional(),
    /** 工号 of who has the chat */
    agent: z.string().optional(),
    /** the chat ends soon when nothing more is said */
    idle: z.boolean(),
    outcome: z.string().optional(),
    mayRate: z.boolean(),
    promises: z.array(z.object({ kind: z.string(), dueAt: z.number().int() })),
  }),
  z.object({ kind: z.literal('messages'), messages: z.array(chatMessage) }),
  /** stored: will not be lost, need not be sent again */
  z.object({ kind: z.literal('taken'), message: z.string() }),
  /** the agent has seen everything up to this message */
  z.object({ kind: z.literal('seen'), message: z.string() }),
  z.object({ kind: z.literal('typing') }),
  z.object({ kind: z.literal('refused'), refused: z.string(), words: z.string(), message: z.string().optional() }),
]);
export type VisitorPush = z.infer<typeof visitorPush>;

export const visitorMessage = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('write'), message: messageId, text }),
  z.object({ kind: z.literal('typing') }),
  z.object({ kind: z.literal('read'), message: z.string().max(64) }),
  z.object({ kind: z.literal('leave') }),
  /** nobody is there, or the wait is too long: an answer later, to this number */
  z.object({ kind: z.literal('ask-reply'), contact: z.string().min(3).max(64), message: messageId, text: text.optional() }),
  z.object({ kind: z.literal('rate'), score: z.number().int().min(1).max(5), resolved: z.boolean().optional() }),
]);
export type VisitorMessage = z.infer<typeof visitorMessage>;

const inChat = { interaction: z.string().max(128) } as const;

/** What an agent can do with chats; a leader whispers. `POST /api/chats`. */
export const chatAct = z.discriminatedUnion('kind', [
  /** takes chats from now on, or no new ones */
  z.object({ kind: z.literal('seat'), open: z.boolean(), reason: z.string().max(200).optional() }),
  z.object({
    kind: z.literal('send'),
    ...inChat,
    message: messageId,
    text,
    /** wrong characters that the page found, where it looked */
    typos: z.number().int().min(0).max(1000).optional(),
    /** why it goes out although the check found something; empty where the pack wants no reason */
    despite: z.string().max(200).optional(),
    /** the stored reply that this was made of */
    quickReply: z.object({ reply: z.string().max(128), version: z.number().int(), stale: z.boolean().optional() }).optional(),
  }),
  z.object({ kind: z.literal('read'), ...inChat, message: z.string().max(64) }),
  z.object({ kind: z.literal('typing'), ...inChat }),
  z.object({ kind: z.literal('end'), ...inChat }),
  z.object({ kind: z.literal('close'), ...inChat }),
  z.object({
    kind: z.literal('hand-over'),
    ...inChat,
    to: z.string().min(1).max(64),
    reason: z.string().max(200).optional(),
    brief: z.string().min(1).max(1000),
  }),
  z.object({ kind: z.literal('whisper'), ...inChat, text }),
  z.object({
    kind: z.literal('promise'),
    ...inChat,
    what: z.enum(promiseKinds),
    dueAt: z.number().int(),
    about: z.string().max(500),
    number: z.string().max(64).optional(),
  }),
  /** also until the chat is closed; parts that are missing are said, not refused */
  z.object({ kind: z.literal('save-record'), ...inChat, record: callRecord }),
  /** 事项: one of the hotline's */
  z.object({ kind: z.literal('set-matter'), ...inChat, matter: z.string().min(1).max(40) }),
  z.object({
    kind: z.literal('mark-answer'),
    ...inChat,
    outcome: z.enum(['answered', 'not-found', 'refused', 'out-of-scope']),
    reason: z.string().max(200).optional(),
  }),
  z.object({
    kind: z.literal('verify-identity'),
    ...inChat,
    customer: z.string().min(1).max(64),
    method: z.enum(['asked', 'number-and-name', 'document', 'callback']),
    result: z.enum(['owner', 'authorised', 'unknown', 'refused']),
  }),
  z.object({ kind: z.literal('add-contact'), ...inChat, contact: z.string().min(1).max(128), state: z.enum(['requested', 'accepted']) }),
  /** `pattern`: the name follows the house's rule */
  z.object({ kind: z.literal('rename-contact'), ...inChat, contact: z.string().min(1).max(128), pattern: z.boolean() }),
]);
export type ChatAct = z.infer<typeof chatAct>;
/** `command` is chosen by the page and makes a repeated request harmless. */
export const chatRequest = z.object({ command: z.string().uuid(), do: chatAct });
export const chatActDone = z.object({ ok: z.literal(true) });

/** One chat in the list of who has it. */
export const chatRow = z.object({
  interaction: z.string(),
  channel: z.string(),
  queueName: bilingual.optional(),
  name: z.string().optional(),
  agent: z.string().optional(),
  /** `new` nobody has replied yet, `reply` the customer waits, `theirs` the customer's turn, `ended` over and not closed */
  state: z.enum(['waiting', 'new', 'reply', 'theirs', 'ended']),
  /** messages that this agent has not seen */
  unread: z.number().int(),
  last: z.object({ from: z.enum(['customer', 'agent', 'system']), text: z.string().optional(), at: z.number().int() }).optional(),
  since: z.number().int(),
  waitingSince: z.number().int().optional(),
  /** the nearest limit of this chat: of a norm, or the instant at which it goes to somebody else */
  clock: z
    .object({
      deadline: z.number().int(),
      about: z.enum(['norm', 'hand-on', 'silence']),
      title: bilingual.optional(),
      cites: z.array(z.string()),
    })
    .optional(),
  /** came from a colleague, with this summary */
  brief: z.string().optional(),
  reassigned: z.boolean(),
  /** as it was saved last; for who has the chat */
  record: z.object({ content: callRecord, savedAt: z.number().int() }).optional(),
  /** 事项 */
  matter: z.string().optional(),
  /** what the customer's channel still lets the house write: so many messages, until then */
  window: z.object({ until: z.number().int(), left: z.number().int() }).optional(),
});
export type ChatRow = z.infer<typeof chatRow>;

/** What an agent's chat page shows beside the open conversation. */
export const chatsView = z.object({
  agent: z.string(),
  seat: z.object({ open: z.boolean(), chats: z.number().int(), capacity: z.number().int() }),
  rows: z.array(chatRow),
  /** chats that nobody has, in the queues that this agent serves */
  waiting: z.number().int(),
  reassignMs: z.number().int(),
  /** who could take a chat over */
  colleagues: z.array(z.object({ agent: z.string(), room: z.number().int() })),
});
export type ChatsView = z.infer<typeof chatsView>;
