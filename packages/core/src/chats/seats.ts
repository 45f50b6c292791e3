import type { Instant } from '@threerings/norms/trace';
import { canServe, type RoutedQueue, type RoutedStaff } from '../routing/layout.ts';
import { type Happened, textOf } from '../timeline/decider.ts';
import type { Chat } from './state.ts';

/** Whether somebody takes chats now. Plain data; a fold of the events of one presence stream. */
export interface Seat {
  readonly open: boolean;
  readonly since: Instant;
  /** presence as last heard */
  readonly presence: string;
}

export const noSeat: Seat = { open: false, since: 0, presence: 'offline' };

/** The seat after one more event of the agent's presence. Who leaves the shift takes no chats. */
export function evolveSeat(seat: Seat, event: Happened): Seat {
  if (event.type === 'chat.seat-changed') return { ...seat, open: event.fields['open'] === true, since: event.occurredAt };
  if (event.type !== 'presence.changed') return seat;
  const presence = textOf(event, 'state') ?? 'offline';
  return presence === 'offline' ? { open: false, since: event.occurredAt, presence } : { ...seat, presence };
}

/** With a caller on the line, at rest or away nobody is given another chat; those that one has stay. */
const givenNone: readonly string[] = ['offline', 'rest', 'ringing', 'talking', 'hold', 'wrap-up', 'away', 'meeting', 'training'];

/** Everything that a choice of a seat looks at. */
export interface Seating {
  readonly seats: ReadonlyMap<string, Seat>;
  readonly staff: readonly RoutedStaff[];
  readonly chats: ReadonlyMap<string, Chat>;
  /** chats that an agent has at a time */
  readonly capacity: number;
}

/** How many chats each agent has that are not over. */
export function chatsByAgent(chats: ReadonlyMap<string, Chat>): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { phase, agent } of chats.values())
    if (phase === 'talking' && agent !== undefined) counts.set(agent, (counts.get(agent) ?? 0) + 1);
  return counts;
}

/**
 * Whom to give a chat of this queue: of those who serve it, take chats and have room, who has the fewest, then who was given
 * one longest ago. Undefined = nobody.
 */
export function seatFor(
  queue: Pick<RoutedQueue, 'skill' | 'level'>,
  seating: Seating,
  without: readonly string[] = [],
): string | undefined {
  const counts = chatsByAgent(seating.chats);
  const given = new Map<string, Instant>();
  for (const { agent, heldSince } of seating.chats.values())
    if (agent !== undefined) given.set(agent, Math.max(heldSince, given.get(agent) ?? 0));
  let best: { readonly agent: string; readonly count: number; readonly given: Instant } | undefined;
  for (const { agent, skills } of seating.staff) {
    if (without.includes(agent) || !canServe(skills, queue) || !takesChats(seating.seats.get(agent))) continue;
    const one = { agent, count: counts.get(agent) ?? 0, given: given.get(agent) ?? seating.seats.get(agent)?.since ?? 0 };
    if (one.count >= seating.capacity) continue;
    if (best === undefined || one.count < best.count || (one.count === best.count && one.given < best.given)) best = one;
  }
  return best?.agent;
}

export function takesChats(seat: Seat | undefined): boolean {
  return seat?.open === true && !givenNone.includes(seat.presence);
}

/** True when anybody who serves the queue has an open seat, with or without room. */
export function isSeated(queue: Pick<RoutedQueue, 'skill' | 'level'>, { seats, staff }: Pick<Seating, 'seats' | 'staff'>): boolean {
  return staff.some(({ agent, skills }) => seats.get(agent)?.open === true && canServe(skills, queue));
}

/** The places of those who wait in a queue, from 1, by chat. */
export function placesIn(chats: ReadonlyMap<string, Chat>, queue: string): ReadonlyMap<string, number> {
  const waiting: Chat[] = [];
  for (const chat of chats.values()) if (chat.phase === 'waiting' && chat.queue === queue) waiting.push(chat);
  waiting.sort((one, other) => (goesBefore(one, other) ? -1 : 1));
  return new Map(waiting.map(({ id }, index) => [id, index + 1]));
}

/** Longest wait first; of two at one instant the one with the lower id. */
export function goesBefore(one: Chat, other: Chat): boolean {
  return one.openedAt < other.openedAt || (one.openedAt === other.openedAt && one.id < other.id);
}
