import { addWorkingTime } from '@threerings/norms/match/calendar';
import { type AutomaticWords, automaticWords, isAutomatic } from '../chats/automatic-words.ts';
import { deliveryRules } from '../chats/delivery.ts';
import { type ChatCommand, decideChat, isOver } from '../chats/lifecycle.ts';
import { nextInChat } from '../chats/policies.ts';
import { goesBefore, isSeated, placesIn, seatFor } from '../chats/seats.ts';
import { type Chat, newChat } from '../chats/state.ts';
import { isRefusal, type Refusal, refuse } from '../errors/refusal.ts';
import { decidePromise } from '../promises/lifecycle.ts';
import { noPromise } from '../promises/state.ts';
import { chosenQueue } from '../routing/admission.ts';
import { mainQueueOf, queueNamed } from '../routing/plan.ts';
import { fact } from '../timeline/decider.ts';
import { type NewEvent, streamOfInteraction } from '../timeline/event.ts';
import type { ChatTold } from './chat-inputs.ts';
import { callerNumber, callerSubject, type HotlineAnswer } from './inputs.ts';
import { type Hotline, withChat, withChatEvent } from './state.ts';
import type { Turn } from './turn.ts';

const done = { ok: true } as const;

/** What a chat's customer does. A chat that is unknown was closed long ago, or never was. */
export function chatTold(turn: Turn, interaction: string, told: ChatTold): HotlineAnswer {
  if (told.kind === 'opens') return opens(turn, interaction, told);
  const chat = turn.hotline.chats.get(interaction);
  if (chat === undefined) return refuse('chat.unknown');
  const { at } = turn;
  const subject = callerSubject(interaction);
  switch (told.kind) {
    case 'writes': {
      if (told.text.trim() === '') return refuse('chat.empty');
      const { message, as, attachment, text: value, writtenAt } = told;
      return decided(turn, chat, { kind: 'write', message, as, attachment, text: { subject, value }, writtenAt, at });
    }
    case 'delivered':
      return decided(turn, chat, { kind: 'delivered', message: told.message, at });
    case 'undelivered':
      return undelivered(turn, chat, told);
    case 'reads':
      return decided(turn, chat, { kind: 'read', by: 'customer', message: told.message, at });
    case 'leaves':
      return decided(turn, chat, { kind: 'end', by: 'customer', at });
    case 'asks-reply':
      return asksReply(turn, chat, told);
    case 'rates':
      return decided(turn, chat, { kind: 'rate', score: told.score, resolved: told.resolved, at });
  }
}

function opens(turn: Turn, interaction: string, told: Extract<ChatTold, { kind: 'opens' }>): HotlineAnswer {
  const { plan, chats } = turn.hotline;
  if (chats.has(interaction)) return done;
  const { channel, thread, language } = told;
  const name = told.name === undefined ? undefined : { subject: callerSubject(interaction), value: told.name };
  const queue = chosenQueue(plan, { queue: told.queue, language }) ?? mainQueueOf(plan);
  return decided(turn, newChat(interaction), { kind: 'open', channel, thread, queue, language, name, at: turn.at });
}

/** The hotline promises a reply and lets the customer go; owner and first receiver are the leaders. */
function asksReply(turn: Turn, chat: Chat, { contact, message, text }: Extract<ChatTold, { kind: 'asks-reply' }>): HotlineAnswer {
  if (isOver(chat)) return refuse('chat.over');
  if (contact.trim() === '') return refuse('chat.no-contact');
  const { at } = turn;
  const subject = callerSubject(chat.id);
  if (text !== undefined && text.trim() !== '') {
    const refused = decided(turn, chat, { kind: 'write', message, as: 'text', text: { subject, value: text }, at });
    if ('refused' in refused) return refused;
  }
  const promise = `reply-${chat.id}`;
  const about = text === undefined ? {} : { about: { subject, value: text } };
  const number = callerNumber(chat.id, contact);
  const owner = chat.agent ?? 'leader';
  const due = replyDue(turn.hotline, at);
  const made = decidePromise(
    { kind: 'make', what: 'reply', promise, due, owner, by: 'system', channel: chat.channel, number, at, ...about },
    noPromise,
  );
  if (isRefusal(made)) return made;
  for (const event of made) turn.planned.push({ stream: `promise-${promise}`, interaction: chat.id, event });
  const known = turn.hotline.chats.get(chat.id) ?? chat;
  turn.hotline = withChat(turn.hotline, { ...known, promised: true });
  return decided(turn, known, { kind: 'end', by: 'customer', at });
}

/**
 * A message that its channel gives up is still owed: the hotline promises a reply by another way, once a chat, to be kept by who has
 * it. Number and channel are theirs to choose.
 */
function undelivered(turn: Turn, chat: Chat, told: Extract<ChatTold, { kind: 'undelivered' }>): HotlineAnswer {
  const { message, reason, final, text } = told;
  const answer = decided(turn, chat, { kind: 'undelivered', message, reason, final, at: turn.at });
  if (isAutomatic(message)) return answer;
  const isFirst = chat.undelivered.every(isAutomatic) && turn.hotline.chats.get(chat.id)?.undelivered.includes(message) === true;
  if (!isFirst) return answer;
  const promise = `undelivered-${chat.id}`;
  const about = text === undefined ? {} : { about: { subject: callerSubject(chat.id), value: text } };
  const due = replyDue(turn.hotline, turn.at);
  const owner = chat.agent ?? 'leader';
  const made = decidePromise(
    { kind: 'make', what: 'reply', promise, due, owner, by: 'system', channel: chat.channel, at: turn.at, ...about },
    noPromise,
  );
  if (isRefusal(made)) return made;
  for (const event of made) turn.planned.push({ stream: `promise-${promise}`, interaction: chat.id, event });
  return answer;
}

/** When a message that is left now is to be answered: so much working time from now. */
export function replyDue({ calendar, settings }: Pick<Hotline, 'calendar' | 'settings'>, at: number): number {
  return addWorkingTime(calendar, at, settings.chatReplyMs) ?? at + settings.chatReplyMs;
}

/** Records what a chat makes of a command, or hands its refusal on. */
export function decided(turn: Turn, chat: Chat, command: ChatCommand): { readonly ok: true } | Refusal {
  const decision = decideChat(command, chat);
  if (isRefusal(decision)) return decision;
  recordInChat(turn, chat.id, decision);
  return done;
}

/** Somebody to give a chat to, or a chat to be given: what is looked at again after these. */
const reseating: readonly string[] = ['chat.queued', 'chat.transferred', 'chat.ended'];

export function recordInChat(turn: Turn, interaction: string, events: readonly NewEvent[]): void {
  for (const event of events) {
    turn.planned.push({ stream: streamOfInteraction(interaction), interaction, event });
    turn.hotline = withChatEvent(turn.hotline, interaction, event);
    if (reseating.includes(event.type)) turn.routingDue = true;
  }
}

/** Gives waiting chats to agents with room: by priority of the queue, then by the wait. */
export function seatWaiting(turn: Turn): void {
  const { plan } = turn.hotline;
  const priority = (chat: Chat) => queueNamed(plan, chat.queue)?.priority ?? 0;
  const waiting = [...turn.hotline.chats.values()]
    .filter(({ phase }) => phase === 'waiting')
    .sort((one, other) => priority(other) - priority(one) || (goesBefore(one, other) ? -1 : 1));
  for (const chat of waiting) {
    const agent = agentFor(turn.hotline, chat);
    if (agent !== undefined) decided(turn, chat, { kind: 'assign', agent, at: turn.at });
    else saysWhileWaiting(turn, chat);
  }
}

/** What a page of the house would show, to a customer who has none. */
export function saysItself(turn: Turn, interaction: string, words: AutomaticWords): void {
  const chat = turn.hotline.chats.get(interaction);
  if (chat !== undefined) recordInChat(turn, chat.id, automaticWords(chat, words, { at: turn.at, subject: callerSubject(chat.id) }));
}

function saysWhileWaiting(turn: Turn, chat: Chat): void {
  if (deliveryRules(chat.channel) === undefined) return;
  const { plan, seats, router, chats } = turn.hotline;
  const staffed = isSeated(queueNamed(plan, chat.queue) ?? {}, { seats, staff: router.layout.staff });
  const place = placesIn(chats, chat.queue).get(chat.id) ?? 1;
  saysItself(turn, chat.id, staffed ? { kind: 'place', ahead: place - 1 } : { kind: 'nobody' });
}

/** After the end of a chat in which somebody answered, its customer is asked how it was. */
export function saysItIsOver(turn: Turn, interaction: string): void {
  const chat = turn.hotline.chats.get(interaction);
  if (chat?.phase === 'ended') saysItself(turn, interaction, { kind: 'ended', rate: chat.sent > 0 });
}

function agentFor({ plan, chats, seats, settings, router }: Hotline, chat: Chat, without: readonly string[] = []): string | undefined {
  const seating = { seats, chats, staff: router.layout.staff, capacity: settings.chatCapacity };
  return seatFor(queueNamed(plan, chat.queue) ?? {}, seating, without);
}

/** Does what is due in a chat. INVARIANT (time goes on): afterwards the same is not due at this instant any more. */
export function chatDue(turn: Turn, interaction: string): void {
  const { settings } = turn.hotline;
  for (let chat = turn.hotline.chats.get(interaction); chat !== undefined; chat = turn.hotline.chats.get(interaction)) {
    const coming = nextInChat(chat, settings);
    if (coming === undefined || coming.at > turn.at) return;
    const { at } = turn;
    switch (coming.due) {
      case 'hand-on':
        handOn(turn, chat);
        break;
      case 'silence': {
        const alert = `chat-silent-${chat.id}-${chat.received}`;
        recordInChat(turn, chat.id, [fact('alert.raised', at, { alert, kind: 'chat-silent', to: 'leader', agent: chat.agent })]);
        break;
      }
      case 'idle':
        recordInChat(turn, chat.id, [fact('chat.idle', at, { idle: at - Math.max(chat.lastAt, chat.heldSince) })]);
        saysItself(turn, chat.id, { kind: 'idle', endMs: settings.chatIdleEndMs });
        break;
      case 'idle-end':
        decided(turn, chat, { kind: 'end', by: 'system', at });
        saysItIsOver(turn, chat.id);
        break;
      case 'close':
        decided(turn, chat, { kind: 'close', at });
        break;
    }
  }
}

/** On to somebody who was not asked yet; with nobody there it stays, and is tried again after the same time. */
function handOn(turn: Turn, chat: Chat): void {
  const held = chat.agent === undefined ? chat.passedOver : [...chat.passedOver, chat.agent];
  const to = agentFor(turn.hotline, chat, held);
  if (to === undefined) turn.hotline = withChat(turn.hotline, { ...chat, handOnTriedAt: turn.at });
  else decided(turn, chat, { kind: 'hand-on', to, at: turn.at });
}
