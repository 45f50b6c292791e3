import type { Instant } from '@threerings/norms/trace';
import { refuse } from '../errors/refusal.ts';
import { type Decision, fact, type Happened, numberOf, textOf } from '../timeline/decider.ts';
import { type PresenceState, presenceState } from '../wire/desk.ts';
import { evolveRest, type RestAsked, type RestWish } from './rest.ts';

/** Where a member of staff stands. Plain data; a fold of the events of one agent's presence stream. */
export interface Presence {
  readonly agent: string;
  /** `offline` = not signed in to a shift */
  readonly state: PresenceState;
  readonly since: Instant;
  readonly reason?: string | undefined;
  /** where an agent stands again after a call that was begun out of another state than ready; absent = ready */
  readonly returnsTo?: 'busy' | undefined;
  /** since when this agent has been free without a break: longest idle is rung first */
  readonly idleSince?: Instant | undefined;
  /** a small rest that was asked for or is taken */
  readonly rest?: RestAsked | undefined;
  /** newest version of each policy that this agent has acknowledged */
  readonly acknowledged?: Readonly<Record<string, number>> | undefined;
}

export type PresenceCommand = { readonly at: Instant } & (
  | { readonly kind: 'sign-in' }
  | { readonly kind: 'sign-out' }
  /** 示闲 / 示忙 / 小休, by the agent; out of `paused` with one press as well */
  | {
      readonly kind: 'choose';
      readonly state: 'ready' | 'busy' | 'rest';
      readonly reason?: string | undefined;
      readonly by?: 'leader' | undefined;
    }
  /** 申请小休: also with a caller on the line, or just after one */
  | { readonly kind: 'ask-rest'; readonly wish: RestWish }
  /** by a leader; `limitMs` absent = not now */
  | { readonly kind: 'answer-rest'; readonly limitMs?: number | undefined }
  /** has read what the hotline says of something, whether signed in or not */
  | { readonly kind: 'acknowledge'; readonly policy: string; readonly version: number }
  /** by the system: what the call that this agent has makes of it */
  | { readonly kind: 'follow'; readonly state: 'ringing' | 'talking' | 'hold' | 'wrap-up' | 'ready' }
  /** by the system: the ring was not answered; nothing is offered until the agent returns */
  | { readonly kind: 'pause'; readonly reason: string }
);

export function absent(agent: string): Presence {
  return { agent, state: 'offline', since: 0 };
}

export function hasAcknowledged({ acknowledged = {} }: Presence, policy: string, version: number): boolean {
  return (Object.hasOwn(acknowledged, policy) ? (acknowledged[policy] ?? 0) : 0) >= version;
}

/** With a caller on the line, or about to be. */
export function isEngaged(state: PresenceState): boolean {
  return state === 'ringing' || state === 'talking' || state === 'hold' || state === 'wrap-up';
}

export function decidePresence(command: PresenceCommand, presence: Presence): Decision {
  const { at } = command;
  const { agent, state } = presence;
  if (command.kind === 'acknowledge') {
    const { policy, version } = command;
    return hasAcknowledged(presence, policy, version) ? [] : [fact('policy.acknowledged', at, { agent, policy, version })];
  }
  if (command.kind === 'sign-in') {
    if (state !== 'offline') return [];
    return [fact('shift.signed-in', at, { agent }), changed(agent, 'busy', at, 'agent', 'signed-in')];
  }
  if (state === 'offline') return command.kind === 'sign-out' ? [] : refuse('presence.signed-out');
  switch (command.kind) {
    case 'sign-out':
      if (isEngaged(state)) return refuse('presence.engaged');
      return [changed(agent, 'offline', at, 'agent'), fact('shift.signed-out', at, { agent }), fact('shift.ended', at, { agent })];
    case 'choose':
      if (isEngaged(state)) return refuse('presence.engaged');
      return state === command.state && presence.reason === command.reason
        ? []
        : [changed(agent, command.state, at, command.by ?? 'agent', command.reason)];
    case 'ask-rest':
      return askRest(command.wish, presence, at);
    case 'answer-rest':
      return answerRest(command.limitMs, presence, at);
    case 'follow':
      if (state === command.state) return [];
      if (command.state === 'ready') return isEngaged(state) ? [freed(presence, at)] : [];
      return [changed(agent, command.state, at, 'system')];
    case 'pause':
      return state === 'paused' ? [] : [changed(agent, 'paused', at, 'system', command.reason)];
  }
}

/** Who asked is offered no further call before it is answered. */
function askRest(wish: RestWish, { agent, state, rest }: Presence, at: Instant): Decision {
  if (state === 'rest' || rest !== undefined) return [];
  const waits = state === 'ready' || state === 'busy' ? [changed(agent, 'busy', at, 'agent', restAsked)] : [];
  return [fact('rest.requested', at, { agent, wish }), ...waits];
}

function answerRest(limit: number | undefined, { agent, state, reason, rest }: Presence, at: Instant): Decision {
  if (rest === undefined || rest.limitMs !== undefined) return refuse('rest.not-asked');
  if (limit === undefined) {
    const told = state === 'busy' && reason === restAsked ? [changed(agent, 'busy', at, 'leader', 'rest-declined')] : [];
    return [fact('rest.declined', at, { agent }, { by: 'leader' }), ...told];
  }
  const begins = isEngaged(state) ? [] : [changed(agent, 'rest', at, 'leader')];
  return [fact('rest.approved', at, { agent, limit }, { by: 'leader' }), ...begins];
}

const restAsked = 'rest-asked';

/** After a call: to the rest that was granted, to waiting for one that was not answered yet, else where the agent stood. */
function freed({ agent, rest, returnsTo }: Presence, at: Instant) {
  if (rest === undefined) return changed(agent, returnsTo ?? 'ready', at, 'system');
  return rest.limitMs === undefined ? changed(agent, 'busy', at, 'system', restAsked) : changed(agent, 'rest', at, 'system');
}

function changed(agent: string, state: PresenceState, at: Instant, by: string, reason?: string) {
  return fact('presence.changed', at, { agent, state, reason }, { by });
}

export function evolvePresence(presence: Presence, event: Happened): Presence {
  if (event.type === 'policy.acknowledged') {
    const read = { [textOf(event, 'policy') ?? '']: numberOf(event, 'version') ?? 0 };
    return { ...presence, acknowledged: { ...presence.acknowledged, ...read } };
  }
  const rest = evolveRest(presence.rest, event);
  if (event.type !== 'presence.changed') return rest === presence.rest ? presence : { ...presence, rest };
  const state = presenceState.safeParse(textOf(event, 'state'));
  const next = state.success ? state.data : 'busy';
  const reason = textOf(event, 'reason');
  return {
    agent: presence.agent,
    ...(presence.acknowledged === undefined ? {} : { acknowledged: presence.acknowledged }),
    state: next,
    since: next === presence.state ? presence.since : event.occurredAt,
    ...(reason === undefined ? {} : { reason }),
    ...(rest === undefined ? {} : { rest }),
    ...(returnsToBusy(presence, next) ? { returnsTo: 'busy' as const } : {}),
    ...(next === 'ready' ? { idleSince: presence.state === 'ready' ? presence.idleSince : event.occurredAt } : {}),
  };
}

/** Who was not free when a call of their own began is not free after it. */
function returnsToBusy({ state, returnsTo }: Presence, next: PresenceState): boolean {
  if (!isEngaged(next)) return false;
  return isEngaged(state) ? returnsTo === 'busy' : state !== 'ready' && state !== 'offline';
}
