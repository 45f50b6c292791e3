import type { BoardView } from '@threerings/core/wire/board';
import type { ChatsView } from '@threerings/core/wire/chat';
import type { DeskView } from '@threerings/core/wire/desk';
import type { WireEvent, WireVerdict } from '@threerings/core/wire/events';
import type { Push, ToServer } from '@threerings/core/wire/live';

/** A whole view as it last came, with the server's instant at which it came: the page shows its age. */
export interface Received<V> {
  readonly cursor: number;
  readonly at: number;
  readonly view: V;
}

export interface InteractionFeed {
  readonly cursor: number;
  readonly events: readonly WireEvent[];
  readonly verdicts: readonly WireVerdict[];
}

export interface LiveViews {
  readonly desk?: Received<DeskView>;
  readonly board?: Received<BoardView>;
  readonly chats?: Received<ChatsView>;
  readonly interactions: ReadonlyMap<string, InteractionFeed>;
}

export const noViews: LiveViews = { interactions: new Map() };

export interface Folded {
  readonly views: LiveViews;
  /** asked of the server because something between two pushes was lost */
  readonly ask?: ToServer;
}

/**
 * The newest view of each topic. Views are whole, so an older cursor is dropped and a gap costs nothing; pushes of an
 * interaction are increments, so a gap asks for the topic again. INVARIANT (fold): folding a push twice changes nothing.
 */
export function fold(views: LiveViews, push: Push, at: number): Folded {
  switch (push.kind) {
    case 'hello':
      return { views: afterReconnect(views) };
    case 'desk':
      if (views.desk !== undefined && push.cursor < views.desk.cursor) return { views };
      return { views: { ...views, desk: { cursor: push.cursor, at, view: push.view } } };
    case 'board':
      if (views.board !== undefined && push.cursor < views.board.cursor) return { views };
      return { views: { ...views, board: { cursor: push.cursor, at, view: push.view } } };
    case 'chats':
      if (views.chats !== undefined && push.cursor < views.chats.cursor) return { views };
      return { views: { ...views, chats: { cursor: push.cursor, at, view: push.view } } };
    case 'interaction':
      return foldInteraction(views, push);
    default:
      return { views };
  }
}

/** A new socket may be of a restarted server whose cursors begin again: what is shown stays, what is compared is forgotten. */
function afterReconnect(views: LiveViews): LiveViews {
  const forget = <R extends { cursor: number }>(received: R): R => ({ ...received, cursor: unknownCursor });
  return {
    ...(views.desk === undefined ? {} : { desk: forget(views.desk) }),
    ...(views.board === undefined ? {} : { board: forget(views.board) }),
    ...(views.chats === undefined ? {} : { chats: forget(views.chats) }),
    interactions: new Map([...views.interactions].map(([id, feed]) => [id, forget(feed)])),
  };
}

/** The next push of this topic is taken as its new start, whatever its number. */
const unknownCursor = -1;

function foldInteraction(views: LiveViews, push: Extract<Push, { kind: 'interaction' }>): Folded {
  const before = views.interactions.get(push.interaction) ?? { cursor: unknownCursor, events: [], verdicts: [] };
  const gap = before.cursor !== unknownCursor && push.cursor > before.cursor + 1;
  const feed: InteractionFeed = {
    cursor: gap ? unknownCursor : Math.max(before.cursor, push.cursor),
    events: mergeEvents(before.events, push.events),
    verdicts: mergeVerdicts(before.verdicts, push.verdicts),
  };
  const folded = { ...views, interactions: new Map(views.interactions).set(push.interaction, feed) };
  return gap ? { views: folded, ask: { kind: 'subscribe-interaction', interaction: push.interaction } } : { views: folded };
}

/** Union by id in timeline order `(occurredAt, seq)`; a later copy of the same event wins (its text may have come). */
export function mergeEvents(before: readonly WireEvent[], more: readonly WireEvent[]): readonly WireEvent[] {
  if (more.length === 0) return before;
  const byId = new Map(before.map((event) => [event.id, event]));
  for (const event of more) byId.set(event.id, event);
  return [...byId.values()].sort((a, b) => a.occurredAt - b.occurredAt || a.seq - b.seq);
}

/** One verdict per duty instance (norm and key): the newest replaces, and carries itself what it was revised from. */
export function mergeVerdicts(before: readonly WireVerdict[], more: readonly WireVerdict[]): readonly WireVerdict[] {
  if (more.length === 0) return before;
  const byInstance = new Map(before.map((verdict) => [instanceOf(verdict), verdict]));
  for (const verdict of more) byInstance.set(instanceOf(verdict), verdict);
  return [...byInstance.values()].sort((a, b) => a.at - b.at || instanceOf(a).localeCompare(instanceOf(b)));
}

/** Identity of a judged duty instance inside one interaction. */
export function instanceOf(verdict: Pick<WireVerdict, 'pack' | 'norm' | 'key'>): string {
  return `${verdict.pack}/${verdict.norm}/${verdict.key}`;
}
