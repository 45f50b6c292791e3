import { windowOf } from '@threerings/core/chats/delivery';
import { nextInChat } from '@threerings/core/chats/policies';
import { chatsByAgent, takesChats } from '@threerings/core/chats/seats';
import type { Chat } from '@threerings/core/chats/state';
import type { Hotline } from '@threerings/core/hotline/state';
import { canServe } from '@threerings/core/routing/layout';
import { queueNamed } from '@threerings/core/routing/plan';
import { textOf } from '@threerings/core/timeline/decider';
import type { TimelineEvent } from '@threerings/core/timeline/event';
import type { ChatRow, ChatsView } from '@threerings/core/wire/chat';
import { callRecord } from '@threerings/core/wire/desk';
import type { OpenDuty } from '@threerings/core/wire/events';
import { messagesIn } from './messages.ts';

export interface LiveChatsParts {
  hotline(): Hotline;
  /** what the norms want of the agent in this chat now */
  duties(interaction: string): readonly OpenDuty[];
  /** personal values by reference */
  read(references: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** something that this agent's page of chats shows has changed */
  changed(agent: string): void;
}

/** What pages show of a chat besides its state. */
interface Shown {
  name?: string | undefined;
  brief?: string | undefined;
  last?: ChatRow['last'];
  unread: number;
  reassigned: boolean;
  record?: ChatRow['record'];
}

/** Characters of the newest message that a list shows. */
const previewLength = 60;

/** What the agents see of the chats that are going on. */
export class LiveChats {
  readonly #parts: LiveChatsParts;
  readonly #shown = new Map<string, Shown>();
  /** where each chat stood when it was looked at last */
  readonly #seated = new Map<string, string>();

  constructor(parts: LiveChatsParts) {
    this.#parts = parts;
  }

  /** A reader of the live timelines. */
  readonly take = (interaction: string, events: readonly TimelineEvent[]): void => {
    const known = this.#shown.get(interaction);
    if (known === undefined && !events.some(({ type }) => type === 'chat.opened')) return;
    const shown = known ?? { unread: 0, reassigned: false };
    this.#shown.set(interaction, shown);
    for (const event of events) {
      this.#note(shown, event);
      void this.#readPersonal(interaction, shown, event);
    }
    if (events.some(({ type }) => type === 'interaction.closed')) this.#shown.delete(interaction);
    this.touched(interaction, events);
  };

  /** The duties of a chat, or what is stored of it, changed. */
  touched(interaction: string, events: readonly TimelineEvent[] = []): void {
    const { agent } = this.#parts.hotline().chats.get(interaction) ?? {};
    const before = events.flatMap((event) => textOf(event, 'agent') ?? []);
    for (const each of new Set(agent === undefined ? before : [agent, ...before])) this.#parts.changed(each);
  }

  /** True when one of these went to another agent, into the queue or out of it since it was asked last: a message alone moves nobody. */
  reseated(touched: ReadonlySet<string>): boolean {
    let moved = false;
    for (const interaction of touched) {
      const chat = this.#parts.hotline().chats.get(interaction);
      const seat = chat === undefined ? undefined : `${chat.phase} ${chat.agent ?? ''}`;
      if (seat === this.#seated.get(interaction)) continue;
      moved = true;
      if (seat === undefined) this.#seated.delete(interaction);
      else this.#seated.set(interaction, seat);
    }
    return moved;
  }

  /** After a turn: who waits, and who has room, concerns everybody who takes chats. */
  seatsChanged(): void {
    for (const [agent, seat] of this.#parts.hotline().seats) if (seat.open) this.#parts.changed(agent);
  }

  view(agent: string): ChatsView {
    const hotline = this.#parts.hotline();
    const counts = chatsByAgent(hotline.chats);
    const { chatCapacity: capacity, chatReassignMs: reassignMs } = hotline.settings;
    const chats = [...hotline.chats.values()];
    const own = hotline.router.layout.staff.find((one) => one.agent === agent);
    const serves = (queue: string) => own !== undefined && canServe(own.skills, queueNamed(hotline.plan, queue) ?? {});
    return {
      agent,
      seat: { open: hotline.seats.get(agent)?.open ?? false, chats: counts.get(agent) ?? 0, capacity },
      rows: this.#sorted(chats.filter((chat) => chat.agent === agent && (chat.phase === 'talking' || chat.phase === 'ended'))).map((row) =>
        this.#withRecord(row),
      ),
      waiting: chats.filter((chat) => chat.phase === 'waiting' && serves(chat.queue)).length,
      reassignMs,
      colleagues: [...hotline.seats].flatMap(([other, seat]) => {
        const room = capacity - (counts.get(other) ?? 0);
        return other !== agent && takesChats(seat) && room > 0 ? [{ agent: other, room }] : [];
      }),
    };
  }

  /** Every chat that is not closed, for leaders; `mine` says which of the agents they watch over. */
  all(mine: (agent: string | undefined) => boolean): ChatRow[] {
    return this.#sorted([...this.#parts.hotline().chats.values()].filter(({ agent }) => mine(agent)));
  }

  /** The nearest limit first, then the longest wait; chats without a limit last. */
  #sorted(chats: readonly Chat[]): ChatRow[] {
    const key = (row: ChatRow) => row.clock?.deadline ?? Number.MAX_SAFE_INTEGER;
    return chats.map((chat) => this.#row(chat)).sort((one, other) => key(one) - key(other) || one.since - other.since);
  }

  #row(chat: Chat): ChatRow {
    const { name, brief, last, unread = 0, reassigned = false } = this.#shown.get(chat.id) ?? {};
    const { plan } = this.#parts.hotline();
    const { agent, unansweredSince: waitingSince } = chat;
    const queueName = queueNamed(plan, chat.queue)?.name;
    const clock = this.#clockOf(chat);
    const window = chat.phase === 'talking' ? windowOf(chat) : undefined;
    return {
      ...{ interaction: chat.id, channel: chat.channel, state: stateOf(chat), unread, since: chat.heldSince || chat.openedAt, reassigned },
      ...(queueName === undefined ? {} : { queueName }),
      ...(name === undefined ? {} : { name }),
      ...(agent === undefined ? {} : { agent }),
      ...(last === undefined ? {} : { last }),
      ...(waitingSince === undefined ? {} : { waitingSince }),
      ...(clock === undefined ? {} : { clock }),
      ...(brief === undefined ? {} : { brief }),
      ...(window === undefined ? {} : { window }),
      ...(chat.matter === undefined ? {} : { matter: chat.matter }),
    };
  }

  /** What was noted down is shown to who has the chat. */
  #withRecord(row: ChatRow): ChatRow {
    const { record } = this.#shown.get(row.interaction) ?? {};
    return record === undefined ? row : { ...row, record };
  }

  #clockOf(chat: Chat): ChatRow['clock'] {
    const duties = this.#parts.duties(chat.id).filter((duty) => duty.actor === 'agent' && duty.state !== 'done');
    const clocks = duties.flatMap(({ deadline, title, cites }) =>
      deadline === undefined ? [] : [{ deadline, about: 'norm' as const, title, cites }],
    );
    const own = nextInChat(chat, this.#parts.hotline().settings);
    const waits = own?.due === 'hand-on' || own?.due === 'silence' ? [{ deadline: own.at, about: own.due, cites: [] }] : [];
    return [...clocks, ...waits].sort((one, other) => one.deadline - other.deadline)[0];
  }

  #note(shown: Shown, event: TimelineEvent): void {
    const [message] = messagesIn([event]);
    if (message !== undefined) {
      const { from, text, at } = message;
      shown.last = { from, at, ...(text === undefined ? {} : { text: text.slice(0, previewLength) }) };
      if (from !== 'system') shown.unread = from === 'customer' ? shown.unread + 1 : 0;
    } else if (event.type === 'chat.read' && event.by === 'agent') shown.unread = 0;
    else if (event.type === 'chat.transferred') shown.reassigned = event.by === 'system';
  }

  /** The name, a colleague's summary and the record are personal: read for who has the chat, kept until it is closed. */
  async #readPersonal(interaction: string, shown: Shown, event: TimelineEvent): Promise<void> {
    const field = personalOf[event.type];
    if (field === 'brief') shown.brief = undefined;
    const reference = field === undefined ? undefined : textOf(event, field);
    if (field === undefined || reference === undefined) return;
    const value = (await this.#parts.read([reference])).get(reference);
    if (value === undefined || this.#shown.get(interaction) !== shown) return;
    if (field !== 'content') shown[field] = value;
    else if ((shown.record?.savedAt ?? 0) <= event.occurredAt) shown.record = recordIn(value, event.occurredAt);
    this.touched(interaction);
  }
}

/** Personal values that the list shows, by the event that brings them. */
const personalOf: Readonly<Record<string, 'name' | 'brief' | 'content'>> = {
  'chat.opened': 'name',
  'chat.transferred': 'brief',
  'record.saved': 'content',
};

function recordIn(value: string, savedAt: number): ChatRow['record'] {
  const content = callRecord.safeParse(JSON.parse(value));
  return content.success ? { content: content.data, savedAt } : undefined;
}

function stateOf(chat: Chat): ChatRow['state'] {
  if (chat.phase === 'waiting') return 'waiting';
  if (chat.phase === 'ended') return 'ended';
  if (chat.sent === 0) return 'new';
  return chat.unansweredSince === undefined ? 'theirs' : 'reply';
}
