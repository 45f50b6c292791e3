import { isSeated, placesIn } from '@threerings/core/chats/seats';
import type { Chat } from '@threerings/core/chats/state';
import type { ChatTold } from '@threerings/core/hotline/chat-inputs';
import { replyDue } from '@threerings/core/hotline/chats';
import type { Hotline } from '@threerings/core/hotline/state';
import { isOpen } from '@threerings/core/routing/admission';
import { mainQueueOf, queueNamed } from '@threerings/core/routing/plan';
import { numberOf, textOf } from '@threerings/core/timeline/decider';
import type { TimelineEvent } from '@threerings/core/timeline/event';
import type { ChatDoor, VisitorMessage, VisitorPush } from '@threerings/core/wire/chat';
import type { RefusalOnWire } from '@threerings/core/wire/refusal';
import type { Clock } from '../clock.ts';
import type { ChatGateway } from '../http/chat-socket.ts';
import { messagesIn } from './messages.ts';
import type { VisitorPage } from './visitor-page.ts';

export interface VisitorPagesParts {
  readonly clock: Clock;
  readonly hotlineName: ChatDoor['hotline'];
  /** largest file that a visitor can send, MB */
  readonly mostFileMegabytes: number;
  hotline(): Hotline;
  /** answers after the commit; undefined = done */
  tell(interaction: string, told: ChatTold, language: 'zh' | 'en'): Promise<RefusalOnWire | undefined>;
  /** everything stored of a chat, with its texts */
  load(interaction: string): Promise<readonly TimelineEvent[]>;
  /** the customer is writing */
  typing(agent: string, interaction: string): void;
}

interface Open {
  readonly page: VisitorPage;
  readonly language: 'zh' | 'en';
  /** number of the newest event that the page was sent */
  upTo: number;
  /** what came live while the stored events are being read */
  early: TimelineEvent[] | undefined;
  last: string;
  /** what was promised in this chat, by promise */
  readonly promises: Map<string, { readonly kind: string; readonly dueAt: number }>;
}

type State = Extract<VisitorPush, { kind: 'state' }>;

/** What all who wait in a queue are told from, looked up once for all of them. */
type Queues = Map<string, { readonly door: ChatDoor; readonly places: ReadonlyMap<string, number> }>;

/** A visitor who waits and whose page is gone is given up after this time, ms. */
const graceMs = 120_000;
/** Places in the queue are told at most so often, ms. */
const placesEveryMs = 500;

/**
 * What visitors see of their chats, and what they do. INVARIANT (each message once): a page is sent each message of its chat
 * once and in order, whatever lines are lost: it names the last number that it has, and gets what came after it.
 */
export class VisitorPages implements ChatGateway {
  readonly #parts: VisitorPagesParts;
  readonly #open = new Map<string, Open>();
  readonly #leaving = new Map<string, () => void>();
  #placesPlanned = false;

  constructor(parts: VisitorPagesParts) {
    this.#parts = parts;
  }

  door(queue: string | undefined): ChatDoor {
    const hotline = this.#parts.hotline();
    const plan = queueNamed(hotline.plan, queue) ?? queueNamed(hotline.plan, mainQueueOf(hotline.plan));
    const at = this.#parts.clock.now();
    const waiting = [...hotline.chats.values()].filter((chat) => chat.phase === 'waiting' && chat.queue === plan?.queue).length;
    return {
      hotline: this.#parts.hotlineName,
      open: plan === undefined || isOpen(plan, { calendar: hotline.calendar, at }),
      staffed: isSeated(plan ?? {}, { seats: hotline.seats, staff: hotline.router.layout.staff }),
      waiting,
      replyBy: replyDue(hotline, at),
      mostFileMegabytes: this.#parts.mostFileMegabytes,
    };
  }

  async start({ chat, language, queue, name }: Parameters<ChatGateway['start']>[0]): Promise<RefusalOnWire | undefined> {
    const refused = await this.#parts.tell(chat, { kind: 'opens', channel: 'web', thread: chat, queue, language, name }, language);
    if (refused === undefined) this.#planLeaving(chat);
    return refused;
  }

  async attach(chat: string, page: VisitorPage, after: number, language: 'zh' | 'en'): Promise<boolean> {
    if (!this.#parts.hotline().chats.has(chat)) return false;
    this.#leaving.get(chat)?.();
    this.#leaving.delete(chat);
    const open: Open = { page, language, upTo: after, early: [], last: '', promises: new Map() };
    this.#open.set(chat, open);
    const stored = await this.#parts.load(chat);
    const early = open.early ?? [];
    open.early = undefined;
    this.#news(open, [...stored, ...early]);
    this.#show(chat);
    return true;
  }

  detach(chat: string, page: VisitorPage): void {
    if (this.#open.get(chat)?.page !== page) return;
    this.#open.delete(chat);
    this.#planLeaving(chat);
  }

  async message(chat: string, page: VisitorPage, message: VisitorMessage): Promise<void> {
    const open = this.#open.get(chat);
    if (open === undefined || open.page !== page) return;
    if (message.kind === 'typing') {
      const { agent, phase } = this.#parts.hotline().chats.get(chat) ?? {};
      if (agent !== undefined && phase === 'talking') this.#parts.typing(agent, chat);
      return;
    }
    const refused = await this.#parts.tell(chat, toldBy(message), open.language);
    const about = 'message' in message ? { message: message.message } : {};
    if (refused !== undefined) page.send({ kind: 'refused', refused: refused.refused, words: refused.message, ...about });
    else if (message.kind === 'write' || message.kind === 'ask-reply') page.send({ kind: 'taken', message: message.message });
  }

  /** A reader of the live timelines. */
  readonly take = (interaction: string, events: readonly TimelineEvent[]): void => {
    const open = this.#open.get(interaction);
    if (open === undefined) return;
    if (open.early !== undefined) open.early.push(...events);
    else {
      this.#news(open, events);
      this.#show(interaction);
    }
  };

  /** After the commit of a turn that touched these interactions; `seats`: who takes chats, who has one or who waits is another now. */
  changed(touched: ReadonlySet<string>, seats: boolean): void {
    if (seats) this.#planPlaces();
    for (const interaction of touched) if (this.#open.has(interaction)) this.#show(interaction);
  }

  /** Tells the visitor that somebody writes to them. */
  agentTypes(interaction: string): void {
    this.#open.get(interaction)?.page.send({ kind: 'typing' });
  }

  stop(): void {
    for (const cancel of this.#leaving.values()) cancel();
    this.#leaving.clear();
  }

  #news(open: Open, events: readonly TimelineEvent[]): void {
    const own = events.filter((event) => event.stream.startsWith('interaction-') && event.seq > open.upTo);
    const fresh = [...new Map(own.map((event) => [event.seq, event])).values()].sort((one, other) => one.seq - other.seq);
    if (fresh.length > 0) {
      const messages = messagesIn(fresh);
      open.upTo = fresh.at(-1)?.seq ?? open.upTo;
      if (messages.length > 0) open.page.send({ kind: 'messages', messages });
      const seen = fresh.findLast((event) => event.type === 'chat.read' && event.by === 'agent');
      if (seen !== undefined) open.page.send({ kind: 'seen', message: textOf(seen, 'message') ?? '' });
    }
    for (const event of events) notePromise(open.promises, event);
    if (events.some(({ type }) => type === 'interaction.closed')) open.page.close();
  }

  #show(chat: string, queues: Queues = new Map()): void {
    const open = this.#open.get(chat);
    if (open === undefined || open.early !== undefined) return;
    const live = this.#parts.hotline().chats.get(chat);
    if (live === undefined) return;
    const state = this.#stateOf(live, [...open.promises.values()], queues);
    const text = JSON.stringify(state);
    if (text === open.last) return;
    open.last = text;
    open.page.send(state);
  }

  #stateOf(chat: Chat, promises: State['promises'], queues: Queues): State {
    const hotline = this.#parts.hotline();
    const base = {
      ...({ kind: 'state', idle: chat.idle, mayRate: chat.phase === 'ended' && chat.sent > 0 && !chat.rated } as const),
      promises,
    };
    if (chat.phase === 'talking') return { ...base, state: 'talking', ...(chat.agent === undefined ? {} : { agent: chat.agent }) };
    if (chat.phase !== 'waiting')
      return { ...base, state: 'ended', outcome: chat.ended?.outcome ?? '', ...(chat.agent === undefined ? {} : { agent: chat.agent }) };
    const queue = queues.get(chat.queue) ?? { door: this.door(chat.queue), places: placesIn(hotline.chats, chat.queue) };
    queues.set(chat.queue, queue);
    if (!queue.door.staffed) return { ...base, state: queue.door.open ? 'nobody' : 'closed' };
    const position = queue.places.get(chat.id);
    return { ...base, state: 'waiting', ...(position === undefined ? {} : { position }) };
  }

  /** Who waits may have another place now; told in one go. */
  #planPlaces(): void {
    if (this.#placesPlanned) return;
    this.#placesPlanned = true;
    const { clock } = this.#parts;
    clock.at(clock.now() + placesEveryMs, () => {
      this.#placesPlanned = false;
      const { chats } = this.#parts.hotline();
      const queues: Queues = new Map();
      for (const chat of this.#open.keys()) if (chats.get(chat)?.phase === 'waiting') this.#show(chat, queues);
    });
  }

  #planLeaving(chat: string): void {
    if (this.#parts.hotline().chats.get(chat)?.phase !== 'waiting') return;
    const { clock } = this.#parts;
    const leave = () => {
      this.#leaving.delete(chat);
      const waits = this.#parts.hotline().chats.get(chat)?.phase === 'waiting';
      if (waits && !this.#open.has(chat)) void this.#parts.tell(chat, { kind: 'leaves' }, 'zh');
    };
    this.#leaving.get(chat)?.();
    this.#leaving.set(chat, clock.at(clock.now() + graceMs, leave));
  }
}

function notePromise(promises: Open['promises'], event: TimelineEvent): void {
  const promise = textOf(event, 'promise');
  const [kind, dueAt] = [textOf(event, 'kind'), numberOf(event, 'due')];
  if (promise === undefined) return;
  if (event.type === 'promise.withdrawn') promises.delete(promise);
  else if ((event.type === 'promise.made' || event.type === 'promise.moved') && kind !== undefined && dueAt !== undefined)
    promises.set(promise, { kind, dueAt });
}

function toldBy(message: Exclude<VisitorMessage, { kind: 'typing' }>): ChatTold {
  switch (message.kind) {
    case 'write':
      return { kind: 'writes', message: message.message, text: message.text, as: 'text' };
    case 'read':
      return { kind: 'reads', message: message.message };
    case 'leave':
      return { kind: 'leaves' };
    case 'ask-reply': {
      const { contact, message: id, text } = message;
      return { kind: 'asks-reply', contact, message: id, ...(text === undefined ? {} : { text }) };
    }
    case 'rate':
      return { kind: 'rates', score: message.score, resolved: message.resolved };
  }
}
