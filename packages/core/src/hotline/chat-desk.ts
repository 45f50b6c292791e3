import { isOver, notHeldBy } from '../chats/lifecycle.ts';
import { chatsByAgent, takesChats } from '../chats/seats.ts';
import type { Chat } from '../chats/state.ts';
import { setMatter } from '../conversation/matters.ts';
import { savedRecord } from '../conversation/saved-record.ts';
import { isRefusal, refuse } from '../errors/refusal.ts';
import { decidePromise } from '../promises/lifecycle.ts';
import { noPromise } from '../promises/state.ts';
import { fact } from '../timeline/decider.ts';
import type { ChatAct } from '../wire/chat.ts';
import type { FileSent, WordsChecked } from './chat-inputs.ts';
import { decided, recordInChat, saysItIsOver } from './chats.ts';
import { callerSubject, type HotlineAnswer } from './inputs.ts';
import { withPresenceEvent } from './state.ts';
import type { Turn } from './turn.ts';

type Do<Kind extends ChatAct['kind']> = Extract<ChatAct, { readonly kind: Kind }>;
const done = { ok: true } as const;

/** Carries out what an agent asks of chats, or says why not. A refusal changes nothing. */
export function chatAsked(turn: Turn, agent: string, act: ChatAct | FileSent | WordsChecked): HotlineAnswer {
  if (act.kind === 'seat') return seat(turn, agent, act);
  const chat = turn.hotline.chats.get(act.interaction);
  if (chat === undefined) return refuse('chat.unknown');
  const { at } = turn;
  switch (act.kind) {
    case 'send':
      return send(turn, chat, agent, act);
    case 'send-file': {
      const { message, attachment, as, name: value } = act;
      return decided(turn, chat, { kind: 'send', agent, message, attachment, as, text: { subject: callerSubject(chat.id), value }, at });
    }
    case 'words-checked':
      return wordsChecked(turn, chat, agent, act);
    case 'read':
      return decided(turn, chat, { kind: 'read', by: 'agent', agent, message: act.message, at });
    case 'typing':
      return notHeldBy(chat, agent) ?? done;
    case 'end': {
      const answer = decided(turn, chat, { kind: 'end', by: 'agent', agent, at });
      if ('ok' in answer && chat.phase === 'talking') saysItIsOver(turn, chat.id);
      return answer;
    }
    case 'close':
      return decided(turn, chat, { kind: 'close', agent, at });
    case 'hand-over':
      return handOver(turn, chat, agent, act);
    case 'whisper':
      return whisper(turn, chat, act);
    case 'promise':
      return promise(turn, chat, agent, act);
    case 'save-record':
      return saveRecord(turn, chat, agent, act);
    case 'set-matter':
      return matter(turn, chat, agent, act);
    default:
      return note(turn, chat, agent, act);
  }
}

/** Opens or closes the seat: chats that one has stay. */
function seat(turn: Turn, agent: string, { open, reason }: Do<'seat'>): HotlineAnswer {
  const presence = turn.hotline.people.get(agent)?.presence.state ?? 'offline';
  if (presence === 'offline') return open ? refuse('presence.signed-out') : done;
  if ((turn.hotline.seats.get(agent)?.open ?? false) === open) return done;
  const event = fact('chat.seat-changed', turn.at, { agent, open, reason }, { by: 'agent' });
  turn.planned.push({ stream: `presence-${agent}`, event });
  turn.hotline = withPresenceEvent(turn.hotline, agent, event);
  turn.routingDue = true;
  return done;
}

function send(turn: Turn, chat: Chat, agent: string, { message, text, typos, quickReply }: Do<'send'>): HotlineAnswer {
  if (text.trim() === '') return refuse('chat.empty');
  const known = chat.messages.includes(message);
  const { at } = turn;
  const used = quickReply === undefined || known ? [] : [fact('quick-reply.used', at, { ...quickReply })];
  const refusal = known ? undefined : notHeldBy(chat, agent);
  if (refusal !== undefined) return refusal;
  recordInChat(turn, chat.id, used);
  const value = { subject: callerSubject(chat.id), value: text };
  return decided(turn, chat, { kind: 'send', agent, message, text: value, as: 'text', typos, at });
}

/** Told before the message itself; a message that stands already was checked already. */
function wordsChecked(turn: Turn, chat: Chat, agent: string, { message, findings, outcome, reason }: WordsChecked): HotlineAnswer {
  if (chat.messages.includes(message)) return done;
  const refusal = notHeldBy(chat, agent);
  if (refusal !== undefined) return refusal;
  const personal = reason === undefined || reason === '' ? {} : { reason: { subject: callerSubject(chat.id), value: reason } };
  recordInChat(turn, chat.id, [fact('chat.checked', turn.at, { message, findings, outcome }, { by: 'agent', personal })]);
  return done;
}

/** To a colleague who has room, with a summary: the customer says nothing twice. */
function handOver(turn: Turn, chat: Chat, agent: string, { to, reason, brief }: Do<'hand-over'>): HotlineAnswer {
  const { seats, chats, settings, router } = turn.hotline;
  const works = router.layout.personOf.has(to);
  const room = settings.chatCapacity - (chatsByAgent(chats).get(to) ?? 0);
  if (!works || !takesChats(seats.get(to)) || room <= 0) return refuse('chat.no-room', { agent: to });
  const summary = { subject: callerSubject(chat.id), value: brief };
  return decided(turn, chat, { kind: 'hand-over', agent, to, reason, brief: summary, at: turn.at });
}

/** A leader's word to who has the chat; the customer never sees it. */
function whisper(turn: Turn, chat: Chat, { text }: Do<'whisper'>): HotlineAnswer {
  if (isOver(chat) || chat.agent === undefined) return refuse('chat.over');
  const personal = { text: { subject: callerSubject(chat.id), value: text } };
  recordInChat(turn, chat.id, [fact('chat.whispered', turn.at, { agent: chat.agent }, { personal })]);
  return done;
}

function promise(turn: Turn, chat: Chat, agent: string, { what, dueAt: due, about, number }: Do<'promise'>): HotlineAnswer {
  if (!chat.handlers.includes(agent)) return refuse('chat.not-yours');
  const subject = callerSubject(chat.id);
  const id = turn.world.newId();
  const to = number === undefined ? {} : { number: { subject, value: number } };
  const said = about.trim() === '' ? {} : { about: { subject, value: about } };
  const from = { first: agent, agent, channel: chat.channel };
  const made = decidePromise({ kind: 'make', what, promise: id, due, owner: agent, at: turn.at, ...from, ...to, ...said }, noPromise);
  if (isRefusal(made)) return made;
  for (const event of made) turn.planned.push({ stream: `promise-${id}`, interaction: chat.id, event });
  return done;
}

/** Who has had the chat writes to its record, until it is closed. */
function saveRecord(turn: Turn, chat: Chat, agent: string, { record: content }: Do<'save-record'>): HotlineAnswer {
  if (!chat.handlers.includes(agent)) return refuse('chat.not-yours');
  const [record, subject] = [`record-${chat.id}`, callerSubject(chat.id)];
  const decision = savedRecord({ at: turn.at, record, opened: chat.recorded, content, subject });
  if (isRefusal(decision)) return decision;
  recordInChat(turn, chat.id, decision);
  return done;
}

function matter(turn: Turn, chat: Chat, agent: string, { matter: chosen }: Do<'set-matter'>): HotlineAnswer {
  if (!chat.handlers.includes(agent)) return refuse('chat.not-yours');
  const decision = setMatter(turn.hotline.plan, chosen, chat.matter, turn.at);
  if (isRefusal(decision)) return decision;
  recordInChat(turn, chat.id, decision);
  return done;
}

type Note = Do<'mark-answer' | 'verify-identity' | 'add-contact' | 'rename-contact'>;

/** What the agent notes down about the customer or the answer, also just after the end. */
function note(turn: Turn, chat: Chat, agent: string, act: Note): HotlineAnswer {
  if (!chat.handlers.includes(agent)) return refuse('chat.not-yours');
  recordInChat(turn, chat.id, [noted(turn, chat, act)]);
  return done;
}

function noted({ at }: Turn, chat: Chat, act: Note) {
  switch (act.kind) {
    case 'mark-answer':
      return fact('answer.marked', at, { outcome: act.outcome, reason: act.reason });
    case 'verify-identity': {
      const personal = { customer: { subject: `customer-${act.customer}`, value: act.customer } };
      return fact('identity.verified', at, { method: act.method, result: act.result }, { personal });
    }
    case 'add-contact': {
      const by = act.state === 'accepted' ? 'customer' : 'agent';
      return fact('contact.added', at, { state: act.state }, { by, personal: contact(chat, act.contact) });
    }
    case 'rename-contact':
      return fact('contact.renamed', at, { pattern: act.pattern }, { by: 'agent', personal: contact(chat, act.contact) });
  }
}

function contact(chat: Chat, value: string) {
  return { contact: { subject: callerSubject(chat.id), value } };
}
