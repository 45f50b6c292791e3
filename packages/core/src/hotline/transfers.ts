import { isRefusal, type Refusal, refuse } from '../errors/refusal.ts';
import { decideHold } from '../hold/lifecycle.ts';
import { fact, type Happened, textOf } from '../timeline/decider.ts';
import { decideTransfer, type TransferCommand, type TransferFailure } from '../transfer/lifecycle.ts';
import { callbackFirst, type TransferDue, transferAlertEvent } from '../transfer/policies.ts';
import { type Consulted, transferWaitMs } from '../transfer/state.ts';
import type { DeskCommand } from '../wire/desk.ts';
import { beginsSelfService, endsSelfService } from './call-flows.ts';
import { question, talksTo } from './in-call.ts';
import { callerNumber, callerSubject, type HotlineAnswer, type NormAsk } from './inputs.ts';
import { endsMonitoring } from './leader.ts';
import { dialsOutside, goesOut } from './outside-transfer.ts';
import type { Call } from './state.ts';
import { type Destination, destinationOf, nextColleague } from './transfer-targets.ts';
import type { Turn } from './turn.ts';

type Do<Kind extends DeskCommand['kind']> = Extract<DeskCommand, { readonly kind: Kind }>;
const done = { ok: true } as const;

/**
 * Begins a transfer: the caller waits with music, a colleague is rung and reads the summary. Too many transfers, or too long a
 * wait for them, are refused until the agent writes why a callback will not do; in an emergency nothing stops it.
 */
export function transfers(turn: Turn, call: Call, agent: string, command: Do<'transfer'>, asks: readonly NormAsk[]): HotlineAnswer {
  const refusal = talksTo(call, agent) ?? (call.transfers.open === undefined ? undefined : refuse('transfer.open'));
  if (refusal) return refusal;
  const destination = destinationOf(turn, call, agent, command);
  if ('refused' in destination) return destination;
  const why = command.override?.trim() ?? '';
  const { emergency } = call.conversation;
  // Self-service hands the caller to nobody else.
  const limit = emergency || destination.how === 'ivr' ? undefined : callbackFirst(call.transfers, turn.hotline.settings, turn.at);
  const transfer = turn.world.newId();
  const { how, target } = destination;
  const requested = fact('transfer.requested', turn.at, { transfer, target, kind: how, reason: command.reason });
  if (limit !== undefined && why === '') {
    turn.record(call, [requested, fact('transfer.refused', turn.at, { transfer, norms: [limitNorm] })]);
    const seconds = Math.round(transferWaitMs(call.transfers, turn.at) / 1000);
    return refuse('transfer.callback-first', { times: call.transfers.completed, seconds });
  }
  const wanted = emergency ? [] : [...asks, ...ownAsks(call, command, asks)];
  const first = wanted[0];
  if (first !== undefined && why === '') return question(first);
  const passed = [...new Set([...(limit === undefined ? [] : [limitNorm]), ...wanted.map(({ norm }) => norm)])];
  const overridden = passed.map((norm) => fact('stop.overridden', turn.at, { norm, reason: why }));
  const marked =
    command.consent && !call.transfers.consent
      ? [fact('consent.marked', turn.at, { consent: turn.world.newId(), about: 'transfer', given: true })]
      : [];
  begin(turn, turn.record(call, [requested, ...marked, ...overridden]), agent, command, { ...destination, transfer });
  return done;
}

/** The norm that limits transfers, whatever the pack in force says of it. */
const limitNorm = 'transfer-max-count';

function begin(turn: Turn, call: Call, agent: string, command: Do<'transfer'>, to: Destination & { readonly transfer: string }): void {
  const { at } = turn;
  const held = decideHold({ kind: 'resume', outcome: 'transfer', agent, at }, call.hold);
  const resumed = isRefusal(held) ? call : turn.record(call, held);
  const brief = command.brief.trim() === '' ? undefined : { subject: callerSubject(call.id), value: command.brief.trim() };
  const { transfer, how, target, colleague, number, cold } = to;
  // An expert knows the matter before the caller is moved (S4-42).
  const briefed = how === 'expert' && brief !== undefined;
  if (briefed) turn.record(resumed, [fact('transfer.briefed', at, { transfer }, { personal: { brief } })]);
  decide(turn, turn.call(call.id) ?? resumed, {
    kind: 'start',
    agent,
    transfer,
    how,
    target,
    reason: command.reason,
    brief,
    at,
    ...outsideOf(call.id, number, cold),
  });
  const begun = turn.call(call.id) ?? resumed;
  if (number !== undefined) dialsOutside(turn, begun, agent, number);
  else if (colleague === undefined) beginsSelfService(turn, begun, target);
  else decide(turn, begun, { kind: 'ring', colleague, at });
}

function outsideOf(interaction: string, number: string | undefined, cold: boolean | undefined) {
  return number === undefined ? {} : { number: callerNumber(interaction, number), cold };
}

/** What a transfer needs even where the pack in force has no norm of it: the caller's yes, and a summary for the colleague. */
function ownAsks(call: Call, { consent, brief, to }: Do<'transfer'>, asks: readonly NormAsk[]): readonly NormAsk[] {
  const missing = [
    ...(consent || call.transfers.consent || asks.some(({ norm }) => norm === 'transfer-consent')
      ? []
      : [{ zh: '来电者同意转接', en: 'the caller agrees to be transferred' }]),
    ...(brief.trim() !== '' || to.item !== undefined || asks.some(({ norm }) => norm === 'transfer-brief-receiver')
      ? []
      : [{ zh: '给接手人的摘要', en: 'a summary for the colleague' }]),
  ];
  if (missing.length === 0) return [];
  const norm = missing.length === 1 && (consent || call.transfers.consent) ? 'transfer-brief-receiver' : 'transfer-consent';
  const message = {
    zh: '转接前先说明原因、征得同意并写好摘要；要继续请写原因',
    en: 'Before a transfer: say why, hear a yes, write a summary; to go on anyway, write a reason',
  };
  return [{ norm, cites: [], message, missing }];
}

function decide(turn: Turn, call: Call, command: TransferCommand): Refusal | undefined {
  return turn.decide(call, decideTransfer(command, call.transfers, turn.hotline.settings.wrapUpMs));
}

/** What the two sides of an open transfer can do. */
export function stepsInTransfer(turn: Turn, call: Call, agent: string, step: Do<'transfer-step'>['step']): HotlineAnswer {
  const { at } = turn;
  switch (step) {
    case 'accept':
      return decide(turn, call, { kind: 'accept', agent, at }) ?? done;
    case 'leave':
      return declinesConsult(turn, call, agent, undefined);
    case 'complete': {
      if (call.transfers.open?.kind === 'ivr') return refuse('self-service.under-way');
      const refused = decideTransfer({ kind: 'complete', agent, at }, call.transfers, turn.hotline.settings.wrapUpMs);
      if (isRefusal(refused)) return refused;
      decide(turn, endsMonitoring(turn, call), { kind: 'complete', agent, at });
      goesOut(turn, call.id, agent);
      return done;
    }
    case 'join':
    case 'take-back':
      return decide(turn, call, { kind: step, agent, at }) ?? done;
  }
}

/** This ring, or consultation, is the agent's own. */
export function isConsult({ transfers: { open } }: Call, agent: string, leg: string): boolean {
  return open?.consulted?.agent === agent && open.consulted.consult === leg;
}

export function answersConsult(turn: Turn, call: Call, agent: string): HotlineAnswer {
  const takes = call.transfers.open?.kind === 'blind' || call.transfers.open?.kind === 'queue';
  return decide(turn, takes ? endsMonitoring(turn, call) : call, { kind: 'answer', agent, at: turn.at }) ?? done;
}

/** The colleague does not take the caller: in a queue the next one is rung, otherwise the agent has the caller back. */
export function declinesConsult(turn: Turn, call: Call, agent: string, reason: string | undefined): HotlineAnswer {
  const refusal = decide(turn, call, { kind: 'decline', agent, reason, at: turn.at });
  if (refusal) return refusal;
  ringNext(turn, call.id, 'declined');
  return done;
}

/** The colleague, or who was called outside, did not answer, or the colleague's phone is gone. */
export function passesOver(turn: Turn, call: Call, because: 'no-answer' | 'failed'): void {
  if (call.transfers.open?.kind === 'outside') decide(turn, call, { kind: 'fail', because, at: turn.at });
  const colleague = call.transfers.open?.consulted?.agent;
  if (colleague === undefined) return;
  // Who was rung and did not answer is not at the desk.
  turn.presence(colleague, { kind: 'pause', reason: because === 'failed' ? 'no-phone' : because, at: turn.at });
  const { target } = call.transfers.open ?? {};
  if (target === colleague) decide(turn, call, { kind: 'fail', because, at: turn.at });
  else {
    decide(turn, call, { kind: 'pass-over', because, at: turn.at });
    ringNext(turn, call.id, because);
  }
}

function ringNext(turn: Turn, interaction: string, because: TransferFailure): void {
  const call = turn.call(interaction);
  const open = call?.transfers.open;
  if (call === undefined || open === undefined) return;
  const { passedOver, talking, waitingSince } = call.transfers;
  const next = nextColleague(turn, call, open, [...passedOver, ...(talking === undefined ? [] : [talking])]);
  // Who left a three-way call leaves the caller with the agent.
  if (next === undefined || waitingSince === undefined) decide(turn, call, { kind: 'fail', because, at: turn.at });
  else decide(turn, call, { kind: 'ring', colleague: next, at: turn.at });
}

/** Does what is due in an open transfer: afterwards the same is not due any more. */
export function transferDue(turn: Turn, call: Call, { due }: TransferDue): void {
  if (due === 'no-answer') {
    passesOver(turn, call, 'no-answer');
    return;
  }
  const told = turn.record(call, [transferAlertEvent(call.transfers, turn.at)]);
  const { consulted } = told.transfers.open ?? {};
  // Who talks to a colleague is told; a caller whom nobody answers is brought back.
  if (consulted?.answeredAt === undefined) decide(turn, told, { kind: 'fail', because: 'no-answer', at: turn.at });
}

/** Before the call ends: what is open of a transfer, or of monitoring, ends first. */
export function endsTransfer(turn: Turn, before: Call): Call {
  const call = endsMonitoring(turn, before);
  decide(turn, call, { kind: 'abandon', at: turn.at });
  return turn.call(call.id) ?? call;
}

/** What the medium has to do because something happened in a transfer. */
export function followTransfer(turn: Turn, before: Call, call: Call, event: Happened): void {
  const { id: interaction, transfers: now } = call;
  const agent = now.talking;
  const other = now.open?.consulted && otherParty(now.open.consulted);
  if (agent === undefined) return;
  switch (event.type) {
    case 'transfer.started':
      // The caller is apart from the agent before the first prompt.
      if (now.open?.kind === 'ivr') turn.effect({ interaction, kind: 'hold', agent });
      break;
    case 'music.started':
      turn.effect({ interaction, kind: 'hold', agent });
      break;
    case 'consult.answered':
      if (now.open?.kind === 'blind' || now.open?.kind === 'queue' || now.open?.cold === true) break;
      if (other !== undefined) turn.effect({ interaction, kind: 'consult', agent, ...other });
      break;
    case 'consult.ended':
      endsConsult(turn, before);
      break;
    case 'conference.joined':
      if (other !== undefined) turn.effect({ interaction, kind: 'conference', agent, ...other });
      break;
    case 'transfer.returned':
      if (before.transfers.open?.kind === 'ivr') endsSelfService(turn, call);
      turn.effect({ interaction, kind: 'resume', agent });
      break;
    case 'transfer.completed':
      // Who leaves the house is handed out when the call ends here.
      if (textOf(event, 'agent') !== undefined)
        turn.effect({ interaction, kind: 'hand-over', from: before.transfers.talking ?? agent, agent });
      break;
  }
}

/** The colleague, or the line to the outside. */
export function otherParty({ agent, consult }: Consulted): { readonly colleague: string } | { readonly line: string } {
  return agent === undefined ? { line: consult } : { colleague: agent };
}

/** A line to the outside ends with the consultation, whether it was answered or rings. */
function endsConsult(turn: Turn, { id: interaction, transfers: { open } }: Call): void {
  if (open?.consulted === undefined) return;
  const { consult, agent, answeredAt } = open.consulted;
  if (agent === undefined) turn.effect({ interaction, kind: 'end-consult', line: consult });
  else if (answeredAt !== undefined) turn.effect({ interaction, kind: 'end-consult' });
}
