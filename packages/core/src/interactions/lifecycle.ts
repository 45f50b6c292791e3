import type { Instant } from '@threerings/norms/trace';
import { type Refusal, refuse } from '../errors/refusal.ts';
import type { Settings } from '../settings/defaults.ts';
import { type Decision, fact } from '../timeline/decider.ts';
import type { NewEvent } from '../timeline/event.ts';
import type { CommandOf, InteractionCommand } from './commands.ts';
import { decideOutbound, failDial, isOutbound } from './outbound.ts';
import { type Interaction, type WrapUp, wrapUpOf } from './state.ts';

/**
 * What follows from a command in this state of the call. The events are in the order in which they must be recorded.
 * A command that has already had its effect (the caller has gone and leaves again) gives no events.
 */
export function decideInteraction(command: InteractionCommand, state: Interaction, settings: Settings): Decision {
  if (command.kind === 'arrive') return arrive(command, state);
  if (isOutbound(command)) return decideOutbound(command, state);
  if (state.phase === 'none') return refuse('call.unknown');
  switch (command.kind) {
    case 'queue':
      return queue(command, state);
    case 'divert':
      return divert(command, state);
    case 'offer-to-agent':
      return offerToAgent(command, state);
    case 'acknowledge-ringing':
      return acknowledge(command, state);
    case 'answer':
      return answer(command, state);
    case 'decline':
      return decline(command, state);
    case 'stop-ringing':
      return stopRinging(command, state);
    case 'caller-left':
      return callerLeft(command, state, settings);
    case 'release':
      return release(command, state, settings);
    case 'hand-out':
      return handOut(command, state, settings);
    case 'drop':
      return drop(command, state, settings);
    case 'dismiss':
      return dismiss(command, state);
    case 'extend-wrap-up':
      return extendWrapUp(command, state, settings);
    case 'finish-wrap-up':
      return finishWrapUp(command, state);
  }
}

function arrive(command: CommandOf<'arrive'>, state: Interaction): Decision {
  if (state.phase !== 'none') return [];
  const { direction, channel, called, queue: wanted, language, trunk, number, asksFor, test } = command;
  const fields = { direction, channel, called, queue: wanted, language, trunk, 'asks-for': asksFor, test };
  const by = direction === 'in' ? 'customer' : 'agent';
  return [fact('call.offered', command.at, fields, { by, personal: { number } })];
}

function queue(command: CommandOf<'queue'>, state: Interaction): Decision {
  if (state.phase === 'queued') return [];
  if (state.phase !== 'offered') return refuse('call.not-waiting');
  return [queuedIn(command)];
}

/** Never while an agent is rung for the caller: the ring would be lost. */
function divert(command: CommandOf<'divert'>, state: Interaction): Decision {
  if (state.phase !== 'queued') return refuse('call.not-waiting');
  if (state.offer !== undefined) return refuse('call.already-offered', { agent: state.offer.agent });
  return [...leaveQueue(state, command.at, 'overflow'), queuedIn(command)];
}

function queuedIn({ at, queue: entered, position, priority, prefers, reason }: CommandOf<'queue' | 'divert'>): NewEvent {
  return fact('call.queued', at, { queue: entered, position, priority, prefers, reason });
}

function offerToAgent({ at, agent, leg, epoch, reason }: CommandOf<'offer-to-agent'>, state: Interaction): Decision {
  if (state.phase !== 'offered' && state.phase !== 'queued') return refuse('call.not-waiting');
  if (state.offer !== undefined) return state.offer.leg === leg ? [] : refuse('call.already-offered', { agent: state.offer.agent });
  return [fact('call.agent-offered', at, { agent, leg, epoch, reason })];
}

function acknowledge({ at, leg }: CommandOf<'acknowledge-ringing'>, state: Interaction): Decision {
  if (state.offer?.leg !== leg) return refuse('call.not-ringing');
  if (state.offer.ringingAt !== undefined) return [];
  return [fact('call.ringing', at, { leg, target: 'agent', agent: state.offer.agent })];
}

function answer({ at, agent, leg }: CommandOf<'answer'>, state: Interaction): Decision {
  if (state.talk?.leg === leg && state.talk.agent === agent) return [];
  if (state.offer?.leg !== leg || state.offer.agent !== agent) return refuse('call.not-ringing');
  return [
    ...leaveQueue(state, at, 'offered'),
    fact('call.ring-stopped', at, { leg, outcome: 'answered' }),
    fact('call.answered', at, { agent, leg }, { by: 'agent' }),
  ];
}

function decline({ at, agent, leg, reason }: CommandOf<'decline'>, state: Interaction): Decision {
  if (state.offer?.leg !== leg || state.offer.agent !== agent) return refuse('call.not-ringing');
  return [fact('call.declined', at, { agent, leg, reason }, { by: 'agent' }), fact('call.ring-stopped', at, { leg, outcome: 'declined' })];
}

/** A ring that the device never acknowledged was not delivered: it ends as `failed`, and nobody failed to answer. */
function stopRinging({ at, leg, because }: CommandOf<'stop-ringing'>, state: Interaction): Decision {
  if (state.offer?.leg !== leg) return [];
  const rang = state.offer.ringingAt !== undefined;
  if (because === 'no-answer' && rang) {
    return [fact('call.no-answer', at, { agent: state.offer.agent, leg }), fact('call.ring-stopped', at, { leg, outcome: 'no-answer' })];
  }
  return [fact('call.ring-stopped', at, { leg, outcome: because === 'no-answer' ? 'failed' : because })];
}

function callerLeft({ at, leg, cause }: CommandOf<'caller-left'>, state: Interaction, settings: Settings): Decision {
  if (isOver(state)) return [];
  if (state.phase === 'dialling') return failDial(state, at, 'rejected', cause);
  if (state.phase === 'talking') {
    const released = fact('call.released', at, { leg, cause }, { by: 'customer' });
    return [...endHolds(state, at), released, ...endTalk(state, at, 'normal', 'customer', settings)];
  }
  const stage = state.offer !== undefined ? 'ringing' : state.phase === 'queued' ? 'queue' : 'menu';
  return [
    fact('call.abandoned', at, { stage, wait: Math.max(0, at - (state.queuedAt ?? state.offeredAt)) }),
    ...stopOffer(state, at),
    ...leaveQueue(state, at, 'abandoned'),
    ...endUnanswered(at, 'abandoned', 'customer'),
  ];
}

function release({ at, agent, cause }: CommandOf<'release'>, state: Interaction, settings: Settings): Decision {
  if (isOver(state)) return [];
  if (state.phase !== 'talking' || state.talk === undefined) return refuse('call.not-talking');
  if (state.talk.agent !== agent) return refuse('call.not-yours');
  const released = fact('call.released', at, { leg: state.talk.leg, agent, cause }, { by: 'agent' });
  return [...endHolds(state, at), released, ...endTalk(state, at, 'normal', 'agent', settings)];
}

function handOut({ at, agent }: CommandOf<'hand-out'>, state: Interaction, settings: Settings): Decision {
  if (isOver(state)) return [];
  if (state.talk?.agent !== agent) return refuse('call.not-yours');
  return [...endHolds(state, at), ...endTalk(state, at, 'transferred-out', 'agent', settings)];
}

function drop({ at, leg, side, cause }: CommandOf<'drop'>, state: Interaction, settings: Settings): Decision {
  if (isOver(state)) return [];
  if (state.phase === 'dialling') return failDial(state, at, 'failed');
  const dropped = fact('call.dropped', at, { leg, cause, side });
  const ending = side === 'customer' || side === 'agent' ? side : 'system';
  if (state.phase === 'talking') return [...endHolds(state, at), dropped, ...endTalk(state, at, 'dropped', ending, settings)];
  return [dropped, ...stopOffer(state, at), ...leaveQueue(state, at, 'abandoned'), ...endUnanswered(at, 'dropped', ending)];
}

function dismiss({ at, because }: CommandOf<'dismiss'>, state: Interaction): Decision {
  if (isOver(state)) return [];
  if (state.phase === 'talking') return refuse('call.in-talk');
  const outcome = because === 'callback' ? 'callback' : 'overflow';
  return [...stopOffer(state, at), ...leaveQueue(state, at, outcome), ...endUnanswered(at, 'normal', 'system')];
}

function extendWrapUp({ at, agent, reason }: CommandOf<'extend-wrap-up'>, state: Interaction, settings: Settings): Decision {
  const own = ownWrapUp(state, agent);
  if ('refused' in own) return own;
  if (own.extended >= settings.wrapUpExtensions) return refuse('wrap-up.used-up', { times: settings.wrapUpExtensions });
  if (reason.trim() === '') return refuse('wrap-up.no-reason');
  const type = own === state.wrapUp ? 'wrapup.extended' : 'writeup.extended';
  return [fact(type, at, { agent, limit: own.limitMs + settings.wrapUpExtensionMs, reason })];
}

/** The last one who writes the call up closes it. */
function finishWrapUp({ at, agent, of }: CommandOf<'finish-wrap-up'>, state: Interaction): Decision {
  if (state.phase === 'closed') return [];
  const own = ownWrapUp(state, agent ?? of ?? state.wrapUp?.agent ?? '');
  if ('refused' in own) return own;
  const ended = fact(
    own === state.wrapUp ? 'wrapup.ended' : 'writeup.ended',
    at,
    { agent: own.agent },
    { by: agent === undefined ? 'system' : 'agent' },
  );
  const open = [...(state.wrapUp === undefined ? [] : [state.wrapUp]), ...state.handedOver].filter((one) => one !== own);
  return state.ended === undefined || open.length > 0 ? [ended] : [ended, fact('interaction.closed', at, { reason: 'finished' })];
}

function ownWrapUp(state: Interaction, agent: string): WrapUp | Refusal {
  const own = wrapUpOf(state, agent);
  if (own !== undefined) return own;
  return refuse(state.wrapUp === undefined && state.handedOver.length === 0 ? 'wrap-up.none' : 'call.not-yours');
}

function isOver(state: Interaction): boolean {
  return state.phase === 'ended' || state.phase === 'wrap-up' || state.phase === 'closed';
}

function leaveQueue(state: Interaction, at: Instant, outcome: 'offered' | 'abandoned' | 'overflow' | 'callback'): readonly NewEvent[] {
  if (state.phase !== 'queued') return [];
  return [fact('call.dequeued', at, { queue: state.queue ?? '', outcome })];
}

function stopOffer(state: Interaction, at: Instant): readonly NewEvent[] {
  return state.offer === undefined ? [] : [fact('call.ring-stopped', at, { leg: state.offer.leg, outcome: 'cancelled' })];
}

function endHolds(state: Interaction, at: Instant): readonly NewEvent[] {
  return state.holds.map(({ hold, leg }) => fact('hold.resumed', at, { hold, leg, outcome: 'hangup' }, { by: 'system' }));
}

function endTalk(
  state: Interaction,
  at: Instant,
  outcome: 'normal' | 'dropped' | 'transferred-out',
  side: 'customer' | 'agent' | 'system',
  settings: Settings,
): readonly NewEvent[] {
  const talk = at - (state.talk?.answeredAt ?? at);
  const ended = fact('call.ended', at, { outcome, side, talk: Math.max(0, talk) });
  return [ended, fact('wrapup.started', at, { agent: state.talk?.agent ?? '', limit: settings.wrapUpMs })];
}

function endUnanswered(
  at: Instant,
  outcome: 'normal' | 'dropped' | 'abandoned',
  side: 'customer' | 'agent' | 'system',
): readonly NewEvent[] {
  return [fact('call.ended', at, { outcome, side, talk: 0 }), fact('interaction.closed', at, { reason: outcome })];
}
