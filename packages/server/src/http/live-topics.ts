import type { BoardView } from '@threerings/core/wire/board';
import type { ChatsView } from '@threerings/core/wire/chat';
import type { DeskView } from '@threerings/core/wire/desk';
import type { WireEvent, WireVerdict } from '@threerings/core/wire/events';
import type { Push } from '@threerings/core/wire/live';
import type { RefusalOnWire } from '@threerings/core/wire/refusal';
import type { Person } from '../session/sessions.ts';
import type { Access } from './route-access.ts';

/** What the followers of an interaction get: everything at first, then what is new. */
export interface InteractionNews {
  readonly events: readonly WireEvent[];
  readonly verdicts: readonly WireVerdict[];
}

export interface TopicViews {
  desk: DeskView;
  board: BoardView;
  chats: ChatsView;
  interaction: InteractionNews;
}
export type TopicName = keyof TopicViews;
export type AnyView = TopicViews[TopicName];

/**
 * Where a view goes. `desk` and `chats` belong to one agent, `interaction` to who may see that interaction, `board` to every
 * follower.
 */
export type Address =
  | { readonly topic: 'board' }
  | { readonly topic: 'desk' | 'chats'; readonly agent: string }
  | { readonly topic: 'interaction'; readonly interaction: string };

export interface LiveTopic<Name extends TopicName> {
  readonly topic: Name;
  readonly permission: Access;
  /**
   * The whole view now, for a follower that has just come (or come again after a gap).
   * @param of the interaction's id; the agent's own id for `desk` and `chats`; '' for `board`
   */
  view(person: Person, of: string): Promise<TopicViews[Name] | RefusalOnWire>;
}

/** `board`, `desk:0217`, `interaction:<id>` */
export function keyOf(address: Address): string {
  switch (address.topic) {
    case 'board':
      return 'board';
    case 'desk':
    case 'chats':
      return `${address.topic}:${address.agent}`;
    case 'interaction':
      return `interaction:${address.interaction}`;
  }
}

/** A view that waits to be sent, and the one that came after it: a whole view replaces, news add up. */
export function merged(topic: TopicName, waiting: AnyView | undefined, newer: AnyView): AnyView {
  if (topic !== 'interaction' || waiting === undefined || !isNews(waiting) || !isNews(newer)) return newer;
  return { events: [...waiting.events, ...newer.events], verdicts: [...waiting.verdicts, ...newer.verdicts] };
}

function isNews(view: AnyView): view is InteractionNews {
  return 'events' in view;
}

export function pushOf(address: Address, cursor: number, view: AnyView): Push {
  // The address names the topic, and a topic is only ever published with its own view.
  switch (address.topic) {
    case 'board':
      return { kind: 'board', cursor, view: view as BoardView };
    case 'desk':
      return { kind: 'desk', cursor, view: view as DeskView };
    case 'chats':
      return { kind: 'chats', cursor, view: view as ChatsView };
    case 'interaction': {
      const { events, verdicts } = view as InteractionNews;
      return { kind: 'interaction', interaction: address.interaction, cursor, events: [...events], verdicts: [...verdicts] };
    }
  }
}
