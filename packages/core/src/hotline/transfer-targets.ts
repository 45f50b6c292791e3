import { dialable, isExtension } from '../dialling/dial-plan.ts';
import { isRefusal, type Refusal, refuse } from '../errors/refusal.ts';
import { seatNamed } from '../experts/seats.ts';
import { agentIn, freeIn } from '../routing/choose.ts';
import { queueNamed } from '../routing/plan.ts';
import type { OpenTransfer, TransferKind } from '../transfer/state.ts';
import type { DeskCommand } from '../wire/desk.ts';
import { selfServiceFlow } from './call-flows.ts';
import { canBeRung, expertsAt, freeExpert } from './experts.ts';
import type { Call } from './state.ts';
import type { Turn } from './turn.ts';

/** Where a transfer goes: who is rung first, and as what it is recorded. */
export interface Destination {
  readonly how: TransferKind;
  readonly target: string;
  /** absent = no colleague is rung: the caller goes into self-service, or out of the house */
  readonly colleague?: string | undefined;
  /** to the outside: what is dialled, and whether the answer takes the caller */
  readonly number?: string | undefined;
  readonly cold?: boolean | undefined;
}

type Transfer = Extract<DeskCommand, { readonly kind: 'transfer' }>;

/** Whom a transfer rings first, or why it cannot be begun. */
export function destinationOf(turn: Turn, call: Call, agent: string, { to, how, consent, reason }: Transfer): Destination | Refusal {
  if (to.item !== undefined) return selfServiceFor(turn, call, to.item, { consent, reason });
  if (to.outside !== undefined) return outsideFor(turn, to.outside, to.name, how);
  if (to.seat !== undefined) return expertFor(turn, call, agent, to.seat, to.agent);
  const { router, plan } = turn.hotline;
  if (to.queue !== undefined) {
    if (queueNamed(plan, to.queue) === undefined) return refuse('transfer.unknown-target', { target: to.queue });
    const free = freeIn(router, to.queue, [agent])?.agent;
    if (free === undefined) return refuse('transfer.nobody-free', { queue: queueNamed(plan, to.queue)?.name.zh ?? to.queue });
    return { how: how === 'cold' ? 'queue' : 'warm', target: to.queue, colleague: free };
  }
  const target = to.agent ?? '';
  if (target === agent || target === call.transfers.talking) return refuse('transfer.to-self');
  if (agentIn(router, target) === undefined) return refuse('transfer.unknown-target', { target });
  if (!canBeRung(turn.hotline, target)) return refuse('transfer.busy', { agent: target });
  return { how: how === 'cold' ? 'blind' : 'warm', target, colleague: target };
}

/**
 * Out of the house, by the dial plan alone. In the open timeline stands whose number it is, an extension, or the last four digits; all of it is
 * personal. Refuses `dial.not-a-number`, `dial.outside-plan`, `dial.nothing-allowed`.
 */
function outsideFor({ hotline }: Turn, typed: string, name: string | undefined, how: Transfer['how']): Destination | Refusal {
  const number = dialable(hotline.plan, typed);
  if (isRefusal(number)) return number;
  const shown = isExtension(hotline.plan, number) ? number : `*${number.slice(-4)}`;
  return { how: 'outside', target: name?.trim() || shown, number, cold: how === 'cold' };
}

/** Not for a dispute (S4-04), and nobody who refused is made to (S4-05): only a new yes opens it again. */
function selfServiceFor(
  turn: Turn,
  call: Call,
  item: string,
  { consent, reason }: Pick<Transfer, 'consent' | 'reason'>,
): Destination | Refusal {
  const { selfServiceRefused: refused } = call.transfers;
  if (selfServiceFlow(turn.hotline, item) === undefined) return refuse('self-service.unknown', { item });
  if (reason === 'dispute' || refused === 'dispute') return refuse('self-service.dispute');
  if (refused !== undefined && !consent) return refuse('self-service.declined');
  return { how: 'ivr', target: item };
}

/** An expert by name, or whoever of the seat is free: asked first, and the caller is moved only after the expert's yes (S4-41, S4-43). */
function expertFor(turn: Turn, call: Call, agent: string, seat: string, named: string | undefined): Destination | Refusal {
  const planned = seatNamed(turn.hotline.plan, seat);
  if (planned === undefined) return refuse('expert.unknown-seat', { seat });
  if (named === agent) return refuse('transfer.to-self');
  if (named === undefined) {
    const free = freeExpert(turn, call, planned, [agent]);
    return free === undefined ? refuse('expert.all-busy', { seat: planned.name.zh }) : { how: 'expert', target: seat, colleague: free };
  }
  const one = expertsAt(turn.hotline, planned, turn.at, call.conversation.emergency).find((each) => each.agent === named);
  if (one === undefined) return refuse('transfer.unknown-target', { target: named });
  return one.free ? { how: 'expert', target: named, colleague: named } : refuse('expert.busy', { agent: named });
}

/** Who is rung after those who do not take the caller; undefined = nobody: a person was asked by name, or nobody else is free. */
export function nextColleague(turn: Turn, call: Call, { kind, target }: OpenTransfer, not: readonly string[]): string | undefined {
  if (kind === 'outside' || not.includes(target)) return undefined;
  if (kind !== 'expert') return freeIn(turn.hotline.router, target, not)?.agent;
  const seat = seatNamed(turn.hotline.plan, target);
  return seat === undefined ? undefined : freeExpert(turn, call, seat, not);
}
