import type { CalendarTable } from '@threerings/norms/match/calendar';
import type { Instant } from '@threerings/norms/trace';
import { type Acting, beginsActing, evolveActing, noActing } from '../acting/state.ts';
import type { RequiredBriefing } from '../briefings/required.ts';
import { evolveSeat, noSeat, type Seat } from '../chats/seats.ts';
import { type Chat, evolveChat, newChat } from '../chats/state.ts';
import { type Conversation, evolveConversation, noConversation } from '../conversation/lifecycle.ts';
import { type ExpertLoads, evolveLoads } from '../experts/seats.ts';
import { evolveHold, type Hold, noHold } from '../hold/lifecycle.ts';
import { evolveInteraction, type Interaction, noInteraction, wrapUpOf } from '../interactions/state.ts';
import { evolveLeaderRequest, type LeaderRequest, noLeaderRequest } from '../leader-request/state.ts';
import { evolveMonitoring, type Monitoring, notMonitored } from '../monitoring/state.ts';
import type { OutageNotice } from '../outages/notice.ts';
import { absent, evolvePresence, type Presence } from '../presence/lifecycle.ts';
import type { RoutedStaff } from '../routing/layout.ts';
import { emptyRouter, evolveRouter, type Router } from '../routing/router.ts';
import type { Settings } from '../settings/defaults.ts';
import { evolveSupport, type Support } from '../support/state.ts';
import { type Happened, textOf } from '../timeline/decider.ts';
import { evolveTransfers, noTransfers, type Transfers } from '../transfer/state.ts';
import type { HotlinePlan } from '../wire/hotline-plan.ts';
import type { PromptName } from './effects.ts';
import type { InFlow, LiveFlow } from './in-flow.ts';
import { evolveQueueing, noQueueing, type Queueing } from './queueing-state.ts';
import type { Survey } from './surveys.ts';

/** One live call: the folds of its events by the features that share it. Plain data. */
export interface Call {
  readonly id: string;
  readonly interaction: Interaction;
  readonly hold: Hold;
  readonly transfers: Transfers;
  readonly monitoring: Monitoring;
  readonly leaderRequest: LeaderRequest;
  readonly conversation: Conversation;
  readonly queueing: Queueing;
  /** where the caller stands in a call flow */
  readonly flow?: InFlow | undefined;
  /** the calling number, for a flow that asks by it; known to this process only */
  readonly number?: string | undefined;
  /** what plays to the caller, as far as this process knows; its end is told */
  readonly playing?: PromptName | undefined;
  /** the caller was told that the call is recorded: only then it may be */
  readonly noticePlayed: boolean;
  readonly recording?: string | undefined;
  /** what is said is neither recorded nor written down since then */
  readonly recordingPausedAt?: Instant | undefined;
  readonly muted: boolean;
  /** the caller's yes to waiting was marked for the hold that comes */
  readonly holdConsent: boolean;
  /** when the agent asked into the silence */
  readonly lineAsked: readonly Instant[];
  /** the agent pressed hang-up once already */
  readonly releaseAskedAt?: Instant | undefined;
  /** nobody is signed in: the caller was told so and may leave a number */
  readonly nobody: boolean;
  /** agents asked so far; numbers the legs */
  readonly offers: number;
}

export interface Person {
  readonly presence: Presence;
  readonly phone: boolean;
}

/** A hotline as it stands now. A fold of the open interactions and of the presence streams, plus which phones are there. */
export interface Hotline {
  readonly settings: Settings;
  readonly plan: HotlinePlan;
  readonly calendar: CalendarTable;
  readonly calls: ReadonlyMap<string, Call>;
  readonly people: ReadonlyMap<string, Person>;
  readonly chats: ReadonlyMap<string, Chat>;
  /** by interaction: what was done for its customer; of most there is nothing */
  readonly acting: ReadonlyMap<string, Acting>;
  /** callers who are asked to rate the call; their end is no event */
  readonly surveys: ReadonlyMap<string, Survey>;
  /** by interaction: somebody was asked to come to the desk, and the agent has not said what came of it */
  readonly supports: ReadonlyMap<string, Support>;
  /** when each expert was consulted, of calls that this process knows */
  readonly expertLoads: ExpertLoads;
  /** by agent: who takes chats */
  readonly seats: ReadonlyMap<string, Seat>;
  /** that go on now; known to the shell, not folded from events */
  readonly outages: readonly OutageNotice[];
  readonly briefings: readonly RequiredBriefing[];
  readonly router: Router;
  readonly flows: readonly LiveFlow[];
}

/** How a hotline is set up: its queues (the first is the main one), its working time, and who works there. */
export interface HotlineSetup {
  readonly settings: Settings;
  readonly plan: HotlinePlan;
  readonly calendar: CalendarTable;
  readonly staff: readonly RoutedStaff[];
  /** fencing epoch of the router's lease */
  readonly epoch: number;
  /** absent = none: no menu, straight to a person */
  readonly flows?: readonly LiveFlow[] | undefined;
}

export function newCall(id: string): Call {
  return {
    id,
    interaction: noInteraction,
    hold: noHold,
    transfers: noTransfers,
    monitoring: notMonitored,
    leaderRequest: noLeaderRequest,
    conversation: noConversation,
    queueing: noQueueing,
    noticePlayed: false,
    muted: false,
    holdConsent: false,
    lineAsked: [],
    nobody: false,
    offers: 0,
  };
}

export function emptyHotline({ settings, plan, calendar, staff, epoch, flows = [] }: HotlineSetup): Hotline {
  const router = emptyRouter(plan.queues, staff, epoch);
  const live = {
    calls: new Map(),
    people: new Map(),
    chats: new Map(),
    seats: new Map(),
    surveys: new Map(),
    supports: new Map(),
    acting: new Map(),
    expertLoads: new Map(),
  };
  return { settings, plan, calendar, ...live, outages: [], briefings: [], router, flows };
}

/** An agent lets go of a caller who is asked to rate the call. Call flows and chats ask by themselves, and listen themselves. */
export function asksToRate({ type, by }: Pick<Happened, 'type' | 'by'>): boolean {
  return type === 'survey.offered' && by === 'agent';
}

/** The hotline after one more event of a call. */
export function withCallEvent(hotline: Hotline, interaction: string, event: Happened): Hotline {
  const call = evolveCall(hotline.calls.get(interaction) ?? newCall(interaction), event);
  const expertLoads = evolveLoads(hotline.expertLoads, event, call.transfers.open?.kind === 'expert');
  const router = evolveRouter(hotline.router, { interaction, event });
  const asked = asksToRate(event)
    ? new Map(hotline.surveys).set(interaction, { since: event.occurredAt, answered: false })
    : hotline.surveys;
  return { ...withCall(withActing(hotline, interaction, event), call), router, expertLoads, surveys: asked };
}

/** The hotline after one more event of a chat. */
export function withChatEvent(hotline: Hotline, interaction: string, event: Happened): Hotline {
  return withChat(withActing(hotline, interaction, event), evolveChat(hotline.chats.get(interaction) ?? newChat(interaction), event));
}

/** All requests for support in an interaction: a stream of its own, for they outlive the call. */
export const streamOfSupport = (interaction: string) => `support-${interaction}`;

/** The hotline after one more event of such a stream. */
export function withSupportEvent(hotline: Hotline, interaction: string, event: Happened): Hotline {
  const next = evolveSupport(hotline.supports.get(interaction), event);
  const supports = new Map(hotline.supports);
  if (next === undefined) supports.delete(interaction);
  else supports.set(interaction, next);
  return { ...hotline, supports };
}

/** What was done for the customer, after one more event of the interaction; gone with its closing. */
function withActing(hotline: Hotline, interaction: string, event: Happened): Hotline {
  const known = hotline.acting.get(interaction);
  if (known === undefined && !beginsActing(event.type)) return hotline;
  const acting = new Map(hotline.acting);
  if (event.type === 'interaction.closed') acting.delete(interaction);
  else acting.set(interaction, evolveActing(known ?? noActing, event));
  return { ...hotline, acting };
}

/** The hotline after one more event of an interaction, be it a call or a chat. */
export function withInteractionEvent(hotline: Hotline, interaction: string, event: Happened): Hotline {
  const isChat = event.type === 'chat.opened' || hotline.chats.has(interaction);
  return isChat ? withChatEvent(hotline, interaction, event) : withCallEvent(hotline, interaction, event);
}

/** The hotline after one more event of somebody's presence. */
export function withPresenceEvent(hotline: Hotline, agent: string, event: Happened): Hotline {
  const person = hotline.people.get(agent) ?? newPerson(agent);
  const next = { ...person, presence: evolvePresence(person.presence, event) };
  const seats = new Map(hotline.seats).set(agent, evolveSeat(hotline.seats.get(agent) ?? noSeat, event));
  return { ...withPerson(hotline, agent, next), seats, router: evolveRouter(hotline.router, { event }) };
}

/** The call after one more of its events. */
export function evolveCall(call: Call, event: Happened): Call {
  const next = {
    ...call,
    interaction: evolveInteraction(call.interaction, event),
    hold: evolveHold(call.hold, event),
    transfers: evolveTransfers(call.transfers, event),
    monitoring: evolveMonitoring(call.monitoring, event),
    leaderRequest: evolveLeaderRequest(call.leaderRequest, event),
    conversation: evolveConversation(call.conversation, event),
    queueing: evolveQueueing(call.queueing, event),
  };
  switch (event.type) {
    case 'prompt.played':
      if (textOf(event, 'about') === 'recording-notice' && event.fields['interrupted'] !== true) return { ...next, noticePlayed: true };
      return textOf(event, 'about') === 'nobody' ? { ...next, nobody: true } : next;
    case 'recording.started':
      return { ...next, recording: textOf(event, 'recording') };
    case 'recording.stopped':
      return { ...next, recording: undefined, recordingPausedAt: undefined };
    case 'recording.paused':
      return { ...next, recordingPausedAt: event.occurredAt };
    case 'recording.resumed':
      return { ...next, recordingPausedAt: undefined };
    case 'mute.on':
      return { ...next, muted: true };
    case 'mute.off':
    case 'transfer.completed':
    case 'call.ended':
      return { ...next, muted: false };
    case 'consent.marked':
      return textOf(event, 'about') === 'hold' ? { ...next, holdConsent: event.fields['given'] === true } : next;
    case 'hold.started':
      return { ...next, holdConsent: false };
    case 'line.asked':
      return { ...next, lineAsked: [...call.lineAsked, event.occurredAt].slice(-20) };
    case 'call.agent-offered':
      return { ...next, offers: call.offers + 1 };
    default:
      return next;
  }
}

/** Somebody who works here and is not signed in. */
export function newPerson(agent: string): Person {
  return { presence: absent(agent), phone: false };
}

export function withCall(hotline: Hotline, call: Call): Hotline {
  const calls = new Map(hotline.calls);
  if (call.interaction.phase === 'closed') calls.delete(call.id);
  else calls.set(call.id, call);
  return { ...hotline, calls };
}

export function withChat(hotline: Hotline, chat: Chat): Hotline {
  const chats = new Map(hotline.chats);
  if (chat.phase === 'closed') chats.delete(chat.id);
  else chats.set(chat.id, chat);
  return { ...hotline, chats };
}

export function withPerson(hotline: Hotline, agent: string, person: Person): Hotline {
  return { ...hotline, people: new Map(hotline.people).set(agent, person) };
}

/** The live call in which this agent is asked, calls somebody, talks, is consulted or writes up. */
export function callOf(hotline: Hotline, agent: string): Call | undefined {
  for (const call of hotline.calls.values()) {
    const { offer, talk, phase, dial } = call.interaction;
    if (offer?.agent === agent || wrapUpOf(call.interaction, agent) !== undefined) return call;
    if ((phase === 'talking' && talk?.agent === agent) || consultedIn(call, agent)) return call;
    if (phase === 'dialling' && dial?.agent === agent) return call;
  }
  return undefined;
}

/** True while this agent is rung, or spoken to, about taking the caller over. */
export function consultedIn({ transfers }: Call, agent: string): boolean {
  return transfers.open?.consulted?.agent === agent;
}
