import type { Instant } from '@threerings/norms/trace';
import { isRefusal, type Refusal, refuse } from '../errors/refusal.ts';
import { type Decision, fact } from '../timeline/decider.ts';
import type { PersonalValue } from '../timeline/event.ts';
import { ideographs } from '../timeline/ideographs.ts';
import { deliveryRules, partsOf, windowOf } from './delivery.ts';
import type { Chat } from './state.ts';

export type ChatChannel = 'web' | 'wechat' | 'wecom' | 'qq';
export type MessageKind = 'text' | 'image' | 'file' | 'voice';

/** A message that somebody wrote. `message` is chosen by who sends it: the same id is the same message. */
export interface Written {
  readonly message: string;
  /** of a file its name */
  readonly text: PersonalValue;
  readonly as: MessageKind;
  /** id of the file, which lies elsewhere */
  readonly attachment?: string | undefined;
}

/** What can be wanted of a chat. `at` is when it was wanted or became true, ms UTC. */
export type ChatCommand = { readonly at: Instant } & (
  | {
      readonly kind: 'open';
      readonly channel: ChatChannel;
      /** the conversation as the channel names it */
      readonly thread: string;
      readonly queue: string;
      readonly language?: string | undefined;
      readonly name?: PersonalValue | undefined;
    }
  | { readonly kind: 'assign'; readonly agent: string }
  /** `writtenAt`: when the customer wrote it, where the channel says so and brings it later */
  | ({ readonly kind: 'write'; readonly writtenAt?: Instant | undefined } & Written)
  | ({ readonly kind: 'send'; readonly agent: string; readonly typos?: number | undefined } & Written)
  /** what became of a message that a channel delivers for the house; `final`: it is not tried again */
  | { readonly kind: 'delivered'; readonly message: string }
  | { readonly kind: 'undelivered'; readonly message: string; readonly reason: string; readonly final: boolean }
  | { readonly kind: 'read'; readonly by: 'customer' | 'agent'; readonly agent?: string | undefined; readonly message: string }
  | {
      readonly kind: 'hand-over';
      readonly agent: string;
      readonly to: string;
      readonly reason?: string | undefined;
      readonly brief?: PersonalValue | undefined;
    }
  /** the agent did not look at it: on to somebody else */
  | { readonly kind: 'hand-on'; readonly to: string }
  | { readonly kind: 'end'; readonly by: 'agent' | 'customer' | 'system'; readonly agent?: string | undefined }
  | { readonly kind: 'rate'; readonly score: number; readonly resolved?: boolean | undefined }
  | { readonly kind: 'close'; readonly agent?: string | undefined }
);

type Do<Kind extends ChatCommand['kind']> = Extract<ChatCommand, { readonly kind: Kind }>;

/** Messages that one chat takes of both sides together: beyond it somebody plays, or a machine writes. */
export const mostMessages = 3000;

/**
 * What a chat makes of a command. INVARIANT (one message, one event): a message whose id the chat remembers is answered as
 * before and leads to nothing.
 */
export function decideChat(command: ChatCommand, chat: Chat): Decision {
  switch (command.kind) {
    case 'open':
      return open(command, chat);
    case 'assign':
      if (chat.phase !== 'waiting') return refuse('chat.not-waiting');
      return [fact('chat.accepted', command.at, { agent: command.agent })];
    case 'write':
      return write(command, chat);
    case 'send':
      return send(command, chat);
    case 'delivered':
      return chat.underWay.includes(command.message) ? [fact('chat.delivered', command.at, { message: command.message })] : [];
    case 'undelivered':
      return undelivered(command, chat);
    case 'read':
      return read(command, chat);
    case 'hand-over':
      return handOver(command, chat);
    case 'hand-on':
      if (chat.phase !== 'talking') return [];
      return [fact('chat.transferred', command.at, { agent: command.to, reason: 'not-seen' }, { by: 'system' })];
    case 'end':
      return end(command, chat);
    case 'rate':
      return rate(command, chat);
    case 'close':
      return close(command, chat);
  }
}

function open({ at, channel, thread, queue, language, name }: Do<'open'>, chat: Chat): Decision {
  if (chat.phase !== 'none') return [];
  return [fact('chat.opened', at, { channel, queue, thread, language }, { personal: { name } }), fact('chat.queued', at, { queue })];
}

function write({ at, message, text, as, attachment, writtenAt }: Do<'write'>, chat: Chat): Decision {
  if (chat.messages.includes(message)) return [];
  if (isOver(chat)) return refuse('chat.over');
  if (chat.received + chat.sent >= mostMessages) return refuse('chat.too-long', { most: mostMessages });
  const fields = { chars: ideographs(text.value), ordinal: chat.received + 1, kind: as, message, writtenAt, attachment };
  return [fact('chat.received', at, fields, { personal: { text } })];
}

function send({ at, agent, message, text, as, attachment, typos }: Do<'send'>, chat: Chat): Decision {
  if (chat.messages.includes(message)) return [];
  const refusal = notHeldBy(chat, agent);
  if (refusal !== undefined) return refusal;
  if (chat.received + chat.sent >= mostMessages) return refuse('chat.too-long', { most: mostMessages });
  const brought = deliveryRules(chat.channel)?.files;
  if (attachment !== undefined && brought?.every((file) => file.as !== as) === true) return refuse('chat.no-files-there');
  const parts = partsToSend(chat, text.value, at);
  if (isRefusal(parts)) return parts;
  const fields = { chars: ideographs(text.value), ordinal: chat.sent + 1, kind: as, typos, message, parts, attachment };
  return [fact('chat.sent', at, fields, { by: 'agent', personal: { text } })];
}

/**
 * How many messages of the channel a text is. Refused while the channel lets the house write no more: the agent is told which way is
 * left before the customer waits for something that never comes.
 */
function partsToSend(chat: Chat, text: string, at: Instant): number | undefined | Refusal {
  const [rules, window] = [deliveryRules(chat.channel), windowOf(chat)];
  if (rules === undefined || window === undefined) return undefined;
  if (at >= window.until) return refuse('chat.window-closed', { hours: rules.windowMs / 3_600_000 });
  if (window.left === 0) return refuse('chat.window-used', { most: rules.mostMessages });
  const parts = partsOf(text, rules.mostBytes).length;
  return parts > window.left ? refuse('chat.window-short', { parts, left: window.left }) : parts;
}

/** A channel may take a message over and give it back later. */
function undelivered({ at, message, reason, final }: Do<'undelivered'>, chat: Chat): Decision {
  const known = chat.messages.includes(message) || chat.underWay.includes(message);
  const told = chat.undelivered.includes(message) || (!final && chat.delayed.includes(message));
  return !known || told ? [] : [fact('chat.undelivered', at, { message, reason, final })];
}

function read({ at, by, agent, message }: Do<'read'>, chat: Chat): Decision {
  if (isOver(chat)) return [];
  const refusal = by === 'agent' ? notHeldBy(chat, agent ?? '') : undefined;
  if (refusal !== undefined) return refusal;
  return chat.messages.includes(message) ? [fact('chat.read', at, { message }, { by })] : [];
}

function handOver({ at, agent, to, reason, brief }: Do<'hand-over'>, chat: Chat): Decision {
  const refusal = notHeldBy(chat, agent);
  if (refusal !== undefined) return refusal;
  if (to === agent) return [];
  return [fact('chat.transferred', at, { agent: to, reason }, { by: 'agent', personal: { brief } })];
}

function end({ at, by, agent }: Do<'end'>, chat: Chat): Decision {
  if (isOver(chat)) return [];
  const refusal = by === 'agent' ? notHeldBy(chat, agent ?? '') : undefined;
  if (refusal !== undefined) return refusal;
  const ended = fact('chat.ended', at, { outcome: by === 'system' ? 'timeout' : by }, { by });
  const offered = chat.sent === 0 ? [] : [fact('survey.offered', at, { survey: surveyOf(chat) }, { by: 'system' })];
  // Nobody has it: there is nothing to note down, and nothing to rate.
  const closed = chat.agent === undefined ? [fact('interaction.closed', at, { reason: 'finished' })] : [];
  return [ended, ...offered, ...closed];
}

function rate({ at, score, resolved }: Do<'rate'>, chat: Chat): Decision {
  if (chat.rated) return [];
  if (chat.phase !== 'ended' || chat.sent === 0) return refuse('chat.not-rated-now');
  return [fact('survey.answered', at, { survey: surveyOf(chat), score, resolved })];
}

function close({ at, agent }: Do<'close'>, chat: Chat): Decision {
  if (chat.phase === 'closed') return [];
  if (chat.phase !== 'ended') return refuse('chat.going-on');
  if (agent !== undefined && chat.agent !== agent) return refuse('chat.not-yours');
  if (chat.underWay.length > 0) return refuse('chat.under-way', { messages: chat.underWay.length });
  return [fact('interaction.closed', at, { reason: 'finished' })];
}

const surveyOf = (chat: Chat): string => `survey-${chat.id}`;

export function isOver({ phase }: Pick<Chat, 'phase'>): boolean {
  return phase === 'none' || phase === 'ended' || phase === 'closed';
}

/** Only who has the chat writes in it. */
export function notHeldBy(chat: Chat, agent: string) {
  if (isOver(chat)) return refuse('chat.over');
  return chat.phase === 'talking' && chat.agent === agent ? undefined : refuse('chat.not-yours');
}
