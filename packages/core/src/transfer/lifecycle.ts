import type { Instant } from '@threerings/norms/trace';
import { refuse } from '../errors/refusal.ts';
import { type Decision, fact } from '../timeline/decider.ts';
import type { NewEvent, PersonalValue } from '../timeline/event.ts';
import type { OpenTransfer, TransferKind, Transfers } from './state.ts';

/** Why a transfer ends without anybody having taken the caller over. */
export type TransferFailure = 'busy' | 'no-answer' | 'declined' | 'wrong-extension' | 'failed';

/** `agent` is who wants it: the one who has the caller, or the colleague who is rung. */
export type TransferCommand = { readonly at: Instant } & (
  | {
      readonly kind: 'start';
      readonly agent: string;
      readonly transfer: string;
      readonly how: TransferKind;
      readonly target: string;
      readonly reason?: string | undefined;
      /** for the colleague to read before taking the caller */
      readonly brief?: PersonalValue | undefined;
      /** to the outside: the number, and whether the answer takes the caller */
      readonly number?: PersonalValue | undefined;
      readonly cold?: boolean | undefined;
    }
  /** by the hotline: self-service is over, the caller is back with the agent */
  | { readonly kind: 'come-back' }
  /** by the hotline: this colleague is rung now; without one the number outside */
  | { readonly kind: 'ring'; readonly colleague?: string | undefined }
  /** by the hotline: whom it rang outside answers */
  | { readonly kind: 'outside-answers'; readonly consult: string }
  | { readonly kind: 'answer'; readonly agent: string }
  | { readonly kind: 'decline'; readonly agent: string; readonly reason?: string | undefined }
  | { readonly kind: 'accept'; readonly agent: string }
  | { readonly kind: 'join'; readonly agent: string }
  | { readonly kind: 'complete'; readonly agent: string }
  | { readonly kind: 'take-back'; readonly agent: string }
  /** by the hotline: the colleague does not answer, or cannot be reached any more */
  | { readonly kind: 'pass-over'; readonly because: TransferFailure }
  /** by the hotline: nobody takes the caller, who is back with the agent */
  | { readonly kind: 'fail'; readonly because: TransferFailure }
  /** 接管: a leader takes the caller from whoever has the caller */
  | { readonly kind: 'take-over'; readonly leader: string; readonly transfer: string }
  /** by the hotline: the call is about to end */
  | { readonly kind: 'abandon' }
);

type Do<Kind extends TransferCommand['kind']> = Extract<TransferCommand, { readonly kind: Kind }>;

const callerLeg = 'caller';

/**
 * What follows from a transfer command. INVARIANT (nobody is dropped): whatever is refused or fails, the agent who had the
 * caller has the caller; only `complete`, which needs the colleague's own yes, moves the call.
 */
export function decideTransfer(command: TransferCommand, state: Transfers, wrapUpMs: number): Decision {
  switch (command.kind) {
    case 'start':
      return start(command, state);
    case 'come-back':
      return comeBack(command, state);
    case 'ring':
      return ring(command, state);
    case 'outside-answers':
      return outsideAnswers(command, state);
    case 'answer':
      return answer(command, state, wrapUpMs);
    case 'decline':
      return decline(command, state);
    case 'accept':
      return accept(command, state);
    case 'join':
      return join(command, state);
    case 'complete':
      return complete(command, state, wrapUpMs);
    case 'take-back':
      return takeBack(command, state);
    case 'pass-over':
    case 'fail':
      return fail(command, state);
    case 'take-over':
      return takeOver(command, state, wrapUpMs);
    case 'abandon':
      return state.open === undefined ? [] : partsAreOver(state, command.at);
  }
}

function start({ at, agent, transfer, how, target, reason, brief, number, cold }: Do<'start'>, state: Transfers): Decision {
  if (state.talking === undefined) return refuse('call.not-talking');
  if (state.talking !== agent) return refuse('call.not-yours');
  if (state.open !== undefined) return state.open.transfer === transfer ? [] : refuse('transfer.open');
  const way = how !== 'outside' ? undefined : cold === true ? 'cold' : 'warm';
  const begun = fact('transfer.started', at, { transfer, target, kind: how, reason, way }, { personal: { brief, number } });
  // In self-service the caller hears prompts, not music.
  return how === 'ivr' ? [begun] : [begun, fact('music.started', at, { leg: callerLeg })];
}

function comeBack({ at }: Do<'come-back'>, { open }: Transfers): Decision {
  return open?.kind === 'ivr' ? [fact('transfer.returned', at, { transfer: open.transfer }, { by: 'system' })] : [];
}

function ring({ at, colleague }: Do<'ring'>, { open, consults }: Transfers): Decision {
  if (open === undefined || open.consulted !== undefined) return [];
  return [fact('consult.started', at, { consult: `${open.transfer}-${consults + 1}`, agent: colleague })];
}

/** A cold transfer is completed by the answer: nobody lets go of the caller before. */
function answer({ at, agent }: Do<'answer'>, state: Transfers, wrapUpMs: number): Decision {
  const { open } = state;
  if (open?.consulted?.agent !== agent) return refuse('call.not-ringing');
  if (open.consulted.answeredAt !== undefined) return [];
  const answered = fact('consult.answered', at, { consult: open.consulted.consult, agent }, { by: 'receiver' });
  if (open.kind !== 'blind' && open.kind !== 'queue') return [answered];
  return [answered, accepted(open.transfer, agent, at), ...handedOver(state, agent, at, wrapUpMs)];
}

/** Who is outside has no desk: the answer stands for the yes of a cold transfer, and the agent's word for that of a warm one. */
function outsideAnswers({ at, consult }: Do<'outside-answers'>, state: Transfers): Decision {
  const { open } = state;
  if (open?.kind !== 'outside' || open.consulted?.consult !== consult || open.consulted.answeredAt !== undefined) return [];
  const answered = fact('consult.answered', at, { consult }, { by: 'receiver' });
  return open.cold ? [answered, ...leavesHouse(state, at)] : [answered];
}

function decline({ at, agent, reason }: Do<'decline'>, { open }: Transfers): Decision {
  if (open?.consulted?.agent !== agent) return refuse('transfer.not-asked');
  return [fact('transfer.declined', at, { transfer: open.transfer, agent, reason }), ...consultIsOver(open, at)];
}

function accept({ at, agent }: Do<'accept'>, { open }: Transfers): Decision {
  if (open?.consulted?.agent !== agent) return refuse('transfer.not-asked');
  if (open.consulted.answeredAt === undefined) return refuse('transfer.not-answered');
  return open.acceptedAt === undefined ? [accepted(open.transfer, agent, at)] : [];
}

function accepted(transfer: string, agent: string, at: Instant): NewEvent {
  return fact('transfer.accepted', at, { transfer, agent });
}

function join({ at, agent }: Do<'join'>, state: Transfers): Decision {
  const { open, talking } = state;
  if (open === undefined) return refuse('transfer.none');
  if (talking !== agent) return refuse('call.not-yours');
  if (open.joined) return [];
  if (open.consulted?.answeredAt === undefined) return refuse('transfer.not-answered');
  const { consult, agent: colleague } = open.consulted;
  return [...musicStops(state, at), fact('conference.joined', at, { leg: consult, agent: colleague }, { by: 'receiver' })];
}

function complete({ at, agent }: Do<'complete'>, state: Transfers, wrapUpMs: number): Decision {
  const { open, talking } = state;
  if (open === undefined) return refuse('transfer.none');
  if (talking !== agent) return refuse('call.not-yours');
  if (open.kind === 'outside') return open.consulted?.answeredAt === undefined ? refuse('transfer.not-answered') : leavesHouse(state, at);
  if (open.acceptedAt === undefined || open.consulted?.agent === undefined) return refuse('transfer.not-accepted');
  return handedOver(state, open.consulted.agent, at, wrapUpMs);
}

/** The caller is the colleague's from here on; who had the caller before writes it up. */
function handedOver(state: Transfers, to: string, at: Instant, wrapUpMs: number): readonly NewEvent[] {
  return [...movedTo(state, to, at), fact('writeup.started', at, { agent: state.talking, limit: wrapUpMs })];
}

/** Nobody here has the caller any more (law L4); the end of the call, and the work after it, are the interaction's. */
function leavesHouse(state: Transfers, at: Instant): readonly NewEvent[] {
  return movedTo(state, undefined, at);
}

function movedTo(state: Transfers, to: string | undefined, at: Instant): readonly NewEvent[] {
  const { open, talking } = state;
  if (open === undefined) return [];
  const left = open.joined ? [fact('conference.left', at, { leg: talking ?? '', agent: talking }, { by: 'agent' })] : [];
  const ended = open.consulted === undefined ? [] : [fact('consult.ended', at, { consult: open.consulted.consult })];
  return [
    ...musicStops(state, at),
    ...left,
    fact('transfer.completed', at, { transfer: open.transfer, agent: to, target: open.target }),
    ...ended,
  ];
}

function takeOver({ at, leader, transfer }: Do<'take-over'>, state: Transfers, wrapUpMs: number): Decision {
  const { talking, open } = state;
  if (talking === undefined) return refuse('call.not-talking');
  if (talking === leader) return [];
  const before =
    open === undefined ? [] : [...partsAreOver(state, at), fact('transfer.returned', at, { transfer: open.transfer }, { by: 'system' })];
  const by = { by: 'leader' };
  return [
    ...before,
    fact('transfer.started', at, { transfer, target: leader, kind: 'warm', reason: 'take-over' }, by),
    fact('transfer.accepted', at, { transfer, agent: leader }, by),
    fact('transfer.completed', at, { transfer, agent: leader, target: leader }, by),
    fact('writeup.started', at, { agent: talking, limit: wrapUpMs }),
  ];
}

function takeBack({ at, agent }: Do<'take-back'>, state: Transfers): Decision {
  if (state.open === undefined) return [];
  if (state.talking !== agent) return refuse('call.not-yours');
  return [...partsAreOver(state, at), fact('transfer.returned', at, { transfer: state.open.transfer })];
}

/** `pass-over` leaves the transfer open for somebody else to be rung. */
function fail({ kind, at, because }: Do<'pass-over' | 'fail'>, state: Transfers): Decision {
  const { open } = state;
  if (open === undefined) return [];
  if (kind === 'pass-over') {
    return consultIsOver(open, at);
  }
  return [
    fact('transfer.failed', at, { transfer: open.transfer, outcome: because }),
    ...partsAreOver(state, at),
    fact('transfer.returned', at, { transfer: open.transfer }, { by: 'system' }),
  ];
}

function partsAreOver(state: Transfers, at: Instant): readonly NewEvent[] {
  return [...(state.open === undefined ? [] : consultIsOver(state.open, at)), ...musicStops(state, at)];
}

function consultIsOver({ consulted, joined }: OpenTransfer, at: Instant): readonly NewEvent[] {
  if (consulted === undefined) return [];
  const { consult, agent } = consulted;
  const left = joined ? [fact('conference.left', at, { leg: consult, agent }, { by: 'receiver' })] : [];
  return [...left, fact('consult.ended', at, { consult })];
}

function musicStops({ waitingSince }: Transfers, at: Instant): readonly NewEvent[] {
  return waitingSince === undefined ? [] : [fact('music.stopped', at, { leg: callerLeg })];
}
