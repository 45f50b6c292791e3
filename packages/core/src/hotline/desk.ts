import { unreadBriefings } from '../briefings/required.ts';
import { chatsByAgent } from '../chats/seats.ts';
import { type ConversationCommand, decideConversation } from '../conversation/lifecycle.ts';
import { isRefusal, refuse } from '../errors/refusal.ts';
import { isSeatOwner, seatOfOwner, seatOwner } from '../experts/seats.ts';
import { decideHold } from '../hold/lifecycle.ts';
import { decideInteraction } from '../interactions/lifecycle.ts';
import { guardRelease } from '../interactions/policies.ts';
import { absent, hasAcknowledged } from '../presence/lifecycle.ts';
import type { RestWish } from '../presence/rest.ts';
import { decidePromise } from '../promises/lifecycle.ts';
import { noPromise } from '../promises/state.ts';
import { fact } from '../timeline/decider.ts';
import type { DeskCommand } from '../wire/desk.ts';
import { checksExperts } from './experts.ts';
import { question, talksTo } from './in-call.ts';
import { callerSubject, type HotlineAnswer, type NormAsk } from './inputs.ts';
import { endsMonitoring } from './leader.ts';
import { stepsToLeader } from './leader-request.ts';
import { pausesRecording } from './recording-pause.ts';
import { asksSilentLine, mayReleaseSilent } from './silent-line.ts';
import { type Call, withCall } from './state.ts';
import { asksSupport, closesSupport } from './support.ts';
import { offerSurvey } from './surveys.ts';
import { answersConsult, declinesConsult, isConsult, stepsInTransfer, transfers } from './transfers.ts';
import type { Turn } from './turn.ts';

type Do<Kind extends DeskCommand['kind']> = Extract<DeskCommand, { readonly kind: Kind }>;
const done = { ok: true } as const;

/** Carries out what an agent asks, or says why not. A refusal changes nothing and never drops the caller. */
export function deskAsked(turn: Turn, agent: string, command: DeskCommand, asks: readonly NormAsk[]): HotlineAnswer {
  switch (command.kind) {
    case 'sign-in-shift':
      return turn.presence(agent, { kind: 'sign-in', at: turn.at }) ?? done;
    case 'sign-out-shift': {
      const chats = chatsByAgent(turn.hotline.chats).get(agent) ?? 0;
      if (chats > 0) return refuse('chat.seats-held', { chats });
      return turn.presence(agent, { kind: 'sign-out', at: turn.at }) ?? done;
    }
    case 'set-presence': {
      const phone = turn.hotline.people.get(agent)?.phone ?? false;
      if (command.state === 'ready' && !phone) return refuse('presence.no-phone');
      const unread = command.state === 'ready' ? unreadBefore(turn, agent) : 0;
      if (unread > 0) return refuse('briefing.unread', { unread });
      if (command.state === 'rest' && turn.hotline.settings.restByLeader === 1) return asksRest(turn, agent, 'rest');
      return turn.presence(agent, { kind: 'choose', state: command.state, reason: command.reason, at: turn.at }) ?? done;
    }
    case 'ask-rest':
      return asksRest(turn, agent, command.wish);
    case 'acknowledge-policy':
      return turn.presence(agent, { ...command, kind: 'acknowledge', at: turn.at }) ?? done;
    case 'close-support':
      return closesSupport(turn, command.interaction, agent, command.outcome);
    default: {
      const call = turn.call(command.interaction);
      if (call === undefined) return refuse('call.unknown');
      return inCall(turn, call, agent, command, asks);
    }
  }
}

function asksRest(turn: Turn, agent: string, wish: RestWish): HotlineAnswer {
  return turn.presence(agent, { kind: 'ask-rest', wish, at: turn.at }) ?? done;
}

/** How many required items must be read before this agent gets ready; none where the hotline lets people read on the way. */
function unreadBefore({ hotline, at }: Turn, agent: string): number {
  if (hotline.settings.briefingFirst === 0) return 0;
  const presence = hotline.people.get(agent)?.presence ?? absent(agent);
  return unreadBriefings(hotline.briefings, agent, (policy, version) => hasAcknowledged(presence, policy, version), at).length;
}

type InCall = Exclude<
  DeskCommand,
  { readonly kind: 'sign-in-shift' | 'sign-out-shift' | 'set-presence' | 'ask-rest' | 'acknowledge-policy' | 'close-support' }
>;

function inCall(turn: Turn, call: Call, agent: string, command: InCall, asks: readonly NormAsk[]): HotlineAnswer {
  const { at } = turn;
  switch (command.kind) {
    case 'ringing':
      if (isConsult(call, agent, command.leg)) return done;
      return call.interaction.offer?.agent === agent
        ? interaction(turn, call, { kind: 'acknowledge-ringing', leg: command.leg, at })
        : refuse('call.not-ringing');
    case 'answer':
      if (isConsult(call, agent, command.leg)) return answersConsult(turn, call, agent);
      return interaction(turn, call, { kind: 'answer', agent, leg: command.leg, at });
    case 'decline':
      if (isConsult(call, agent, command.leg)) return declinesConsult(turn, call, agent, command.reason);
      return interaction(turn, call, { kind: 'decline', agent, leg: command.leg, reason: command.reason, at });
    case 'hold':
      return hold(turn, call, agent, command, asks);
    case 'resume':
      return turn.decide(call, decideHold({ kind: 'resume', agent, at }, call.hold)) ?? done;
    case 'speak-over':
      return turn.decide(call, decideHold({ kind: 'speak-over', on: command.on, agent, at }, call.hold)) ?? done;
    case 'transfer':
      return transfers(turn, call, agent, command, asks);
    case 'refuse-self-service': {
      const { reason, channels } = command;
      const refusal = talksTo(call, agent);
      if (refusal === undefined) turn.record(call, [fact('self-service.refused', at, { reason, channels })]);
      return refusal ?? done;
    }
    case 'ask-leader':
      return stepsToLeader(turn, call, agent, command.step);
    case 'request-support':
      return asksSupport(turn, call, agent, command.topic);
    case 'check-experts':
      return checksExperts(turn, call, agent, command.seat);
    case 'transfer-step':
      return stepsInTransfer(turn, call, agent, command.step);
    case 'mute':
      return mute(turn, call, agent, command.on);
    case 'pause-recording':
      return pausesRecording(turn, call, agent, command.on);
    case 'ask-silent-line':
      return asksSilentLine(turn, call, agent);
    case 'send-digits':
      return sendDigits(turn, call, agent, command.digits);
    case 'release':
      return release(turn, call, agent, command);
    case 'offer-survey':
      return talksTo(call, agent) ?? offerSurvey(turn, call, agent);
    case 'settle-outbound':
      return interaction(turn, call, { kind: 'settle-outbound', agent, outcome: command.outcome, message: command.message, at });
    case 'mark-unsafe':
      return turn.decide(call, decideConversation({ kind: 'flag', flag: 'unsafe-to-call', agent, at }, call.conversation)) ?? done;
    case 'set-flag':
      return flag(turn, call, agent, command);
    case 'finish-wrap-up':
      return interaction(turn, call, { kind: 'finish-wrap-up', agent, at });
    case 'extend-wrap-up':
      return interaction(turn, call, { kind: 'extend-wrap-up', agent, reason: command.reason, at });
    case 'set-matter': {
      const { plan } = turn.hotline;
      return (
        turn.decide(call, decideConversation({ kind: 'set-matter', matter: command.matter, plan, agent, at }, call.conversation)) ?? done
      );
    }
    case 'promise-callback':
      return promise(turn, call, agent, command);
    case 'verify-identity':
      return verifyIdentity(turn, call, agent, command);
    default:
      return turn.decide(call, conversation(turn, call, agent, command)) ?? done;
  }
}

function interaction(turn: Turn, call: Call, command: Parameters<typeof decideInteraction>[0]): HotlineAnswer {
  return turn.decide(call, decideInteraction(command, call.interaction, turn.hotline.settings)) ?? done;
}

/** Reason, limit, consent; what a norm misses is asked for once, and goes on with a reason. */
function hold(turn: Turn, call: Call, agent: string, command: Do<'hold'>, asks: readonly NormAsk[]): HotlineAnswer {
  const refusal = talksTo(call, agent);
  if (refusal) return refusal;
  if (call.transfers.open !== undefined) return refuse('transfer.open');
  const { at } = turn;
  const id = turn.world.newId();
  const { reason, limitMs, consent } = command;
  const requested = decideHold({ kind: 'request', hold: id, reason, limitMs, consent, agent, at }, call.hold);
  if (isRefusal(requested)) return requested;
  const first = asks[0];
  if (first !== undefined && !command.override?.trim()) return question(first);
  const overridden = asks.map(({ norm }) => fact('stop.overridden', at, { norm, reason: command.override?.trim() ?? '' }));
  const marked =
    consent && !call.holdConsent ? [fact('consent.marked', at, { consent: turn.world.newId(), about: 'hold', given: true })] : [];
  const asked = turn.record(call, [...requested, ...marked, ...overridden]);
  return turn.decide(asked, decideHold({ kind: 'begin', hold: id, agent, at }, asked.hold)) ?? done;
}

function sendDigits(turn: Turn, call: Call, agent: string, digits: string): HotlineAnswer {
  const refusal = talksTo(call, agent);
  if (refusal) return refusal;
  turn.effect({ interaction: call.id, kind: 'send-digits', digits });
  return done;
}

function mute(turn: Turn, call: Call, agent: string, on: boolean): HotlineAnswer {
  const refusal = talksTo(call, agent);
  if (refusal) return refusal;
  if (call.muted === on) return done;
  turn.record(call, [fact(on ? 'mute.on' : 'mute.off', turn.at, { leg: call.interaction.talk?.leg })]);
  turn.effect({ interaction: call.id, kind: 'mute', agent, on });
  return done;
}

const releaseWords = {
  reason: { zh: '等待时间未到，要挂断请写原因', en: 'The waiting time is not over: to hang up, write why' },
  'second-press': { zh: '请让对方先挂机；要挂断请再按一次', en: 'Let the caller hang up first; to hang up, press again' },
} as const;

function release(turn: Turn, call: Call, agent: string, command: Do<'release'>): HotlineAnswer {
  if (call.interaction.phase === 'dialling') return interaction(turn, call, { kind: 'give-up-dialling', agent, at: turn.at });
  const refusal = talksTo(call, agent);
  if (refusal) return refusal;
  const handingOver = call.transfers.open;
  // 挂机释放: to hang up is to let go, once the colleague has the caller.
  if (handingOver !== undefined) return stepsInTransfer(turn, call, agent, 'complete');
  if (mayReleaseSilent(turn, call))
    return interaction(turn, endsMonitoring(turn, call), { kind: 'release', agent, cause: 'silent-line', at: turn.at });
  const press = { at: turn.at, confirmed: command.confirmed, reason: command.reason, askedAt: call.releaseAskedAt };
  const answer = guardRelease(press, turn.world.hangUpWaitMs);
  if (!answer.go) {
    turn.hotline = withCall(turn.hotline, { ...call, releaseAskedAt: call.releaseAskedAt ?? turn.at });
    return { ask: 'reason', cites: [], message: releaseWords[answer.lacks], missing: [], waitUntil: answer.waitUntil };
  }
  const overridden =
    answer.overridden === undefined
      ? []
      : [fact('stop.overridden', turn.at, { norm: 'customer-hangs-up-first', reason: answer.overridden })];
  const after = turn.record(call, overridden);
  return interaction(turn, endsMonitoring(turn, after), { kind: 'release', agent, cause: command.reason, at: turn.at });
}

function conversation(
  turn: Turn,
  call: Call,
  agent: string,
  command: Do<'mark-consent' | 'tick' | 'mark-emergency' | 'save-record'>,
): ReturnType<typeof decideConversation> {
  return decideConversation(conversationCommand(turn, call, agent, command), call.conversation);
}

function conversationCommand(
  turn: Turn,
  call: Call,
  agent: string,
  command: Do<'mark-consent' | 'tick' | 'mark-emergency' | 'save-record'>,
): ConversationCommand {
  const whoWhen = { agent, at: turn.at };
  switch (command.kind) {
    case 'mark-consent':
      return { kind: 'mark-consent', consent: turn.world.newId(), about: command.about, given: command.given, ...whoWhen };
    case 'tick':
      return { kind: 'tick', norm: command.norm, part: command.part, ...whoWhen };
    case 'mark-emergency':
      return { kind: 'mark-emergency', emergency: turn.world.newId(), about: command.about, ...whoWhen };
    case 'save-record':
      return { kind: 'save-record', record: `record-${call.id}`, content: command.record, subject: callerSubject(call.id), ...whoWhen };
  }
}

function flag(turn: Turn, call: Call, agent: string, { flag, ticket }: Do<'set-flag'>): HotlineAnswer {
  const told = flag === 'escalation' ? { alert: { alert: turn.world.newId(), ticket } } : {};
  return turn.decide(call, decideConversation({ kind: 'flag', flag, ...told, agent, at: turn.at }, call.conversation)) ?? done;
}

function promise(turn: Turn, call: Call, agent: string, command: Do<'promise-callback'>): HotlineAnswer {
  if (!call.conversation.handlers.includes(agent)) return refuse('call.not-yours');
  const id = turn.world.newId();
  const subject = command.customer === undefined ? callerSubject(call.id) : `customer-${command.customer}`;
  const number = command.number === undefined ? {} : { number: { subject, value: command.number } };
  const about = command.about.trim() === '' ? {} : { about: { subject, value: command.about } };
  const {
    what = 'callback',
    owner = agent,
    soothed = call.leaderRequest.soothed || undefined,
    readBack,
    proposal,
    customer,
    dueAt: due,
  } = command;
  // 首问负责: whoever spoke to the caller first answers for what is promised later.
  const first = call.conversation.handlers[0] ?? agent;
  const from = { first, agent, soothed, readBack, proposal, customer };
  if (isSeatOwner(owner) && seatOfOwner(turn.hotline.plan, owner) === undefined)
    return refuse('expert.unknown-seat', { seat: owner.slice(seatOwner('').length) });
  const decision = decidePromise({ kind: 'make', what, promise: id, due, owner, at: turn.at, ...from, ...number, ...about }, noPromise);
  if (isRefusal(decision)) return decision;
  for (const event of decision) turn.planned.push({ stream: `promise-${id}`, interaction: call.id, event });
  return done;
}

/** Who the caller is, as the agent found out; the customer's id goes to the vault like any other personal value. */
function verifyIdentity(turn: Turn, call: Call, agent: string, command: Do<'verify-identity'>): HotlineAnswer {
  if (!call.conversation.handlers.includes(agent)) return refuse('call.not-yours');
  const { customer, method, result } = command;
  const personal = { customer: { subject: `customer-${customer}`, value: customer } };
  turn.record(call, [fact('identity.verified', turn.at, { method, result }, { personal })]);
  return done;
}
