import type { Instant } from '@threerings/norms/trace';
import { type Refusal, refuse } from '../errors/refusal.ts';
import { type Decision, fact } from '../timeline/decider.ts';
import type { NewEvent, PersonalValue } from '../timeline/event.ts';
import { type PromisePolicy, promiseDue } from './clockwork.ts';
import { type CallerPromise, isSettled, type PromiseKind } from './state.ts';

/** `agent`: 工号 of the person who does it; absent = the hotline itself. */
export type PromiseCommand = { readonly at: Instant; readonly promise: string; readonly agent?: string | undefined } & (
  | {
      readonly kind: 'make';
      readonly what: PromiseKind;
      readonly due: Instant;
      readonly owner: string;
      /** absent = the owner */
      readonly first?: string | undefined;
      readonly by?: 'agent' | 'leader' | 'system' | undefined;
      readonly number?: PersonalValue | undefined;
      readonly about?: PersonalValue | undefined;
      /** the utterance that it was heard in, when a person confirmed a proposal */
      readonly said?: string | undefined;
      readonly channel?: string | undefined;
      readonly proposal?: string | undefined;
      readonly ticket?: string | undefined;
      readonly customer?: string | undefined;
      /** of a notice: when this outage is over */
      readonly outage?: string | undefined;
      /** of a leader's callback: the agent tried to settle it first */
      readonly soothed?: boolean | undefined;
      /** of a message for a colleague: it was read back to whoever left it */
      readonly readBack?: boolean | undefined;
    }
  | {
      readonly kind: 'attempt';
      readonly by: string;
      readonly outcome: 'reached' | 'no-answer' | 'busy' | 'wrong-number';
      readonly message?: boolean | undefined;
    }
  | { readonly kind: 'see'; readonly by: string }
  | { readonly kind: 'keep'; readonly by: string }
  | { readonly kind: 'move'; readonly due: Instant; readonly told: boolean; readonly reason: string }
  | { readonly kind: 'reassign'; readonly by: string; readonly to: string; readonly reason: string }
  /** time has passed: reminder, due time and report to others, each once */
  | { readonly kind: 'wake'; readonly policy: PromisePolicy }
  /** 未联系上: the tries are used up and nobody was reached */
  | { readonly kind: 'give-up'; readonly by: string; readonly tries: number }
  | { readonly kind: 'withdraw'; readonly by: string; readonly byCustomer: boolean; readonly reason: string }
);

type Do<Kind extends PromiseCommand['kind']> = Extract<PromiseCommand, { readonly kind: Kind }>;

/** Latest due time of a promise, from when it is made, ms: half a year. */
const furthestDue = 183 * 86_400_000;
/** Promises that somebody else keeps: without a number that person could not. */
const needNumber: readonly string[] = ['leader-callback', 'expert-callback', 'message'];

export function decidePromise(command: PromiseCommand, state: CallerPromise): Decision {
  if (command.kind === 'make') return make(command, state);
  if (state.state === 'none') return refuse('promise.unknown');
  const { at, promise, agent } = command;
  const { kind } = state;
  if (command.kind === 'wake') return promiseDue(promise, state, command.policy, at);
  if (isSettled(state)) return isRepeated(command, state) ? [] : refuse('promise.settled');
  switch (command.kind) {
    case 'attempt': {
      const { by, outcome, message } = command;
      const tried = fact('promise.attempted', at, { promise, kind, attempt: state.attempts + 1, outcome, agent, message }, { by });
      return [...wordSeen(command, state), tried];
    }
    case 'see':
      return wordSeen(command, state, true);
    case 'keep':
      return [...wordSeen(command, state), fact('promise.kept', at, { promise, kind, agent }, { by: command.by })];
    case 'move':
      return move(command, state);
    case 'reassign':
      return reassign(command, state);
    case 'give-up':
      return giveUp(command, state);
    case 'withdraw': {
      if (command.reason.trim() === '') return refuse('promise.no-reason');
      const fields = { promise, kind, 'by-customer': command.byCustomer, reason: command.reason, agent };
      return [fact('promise.withdrawn', at, fields, { by: command.by })];
    }
  }
}

function make(command: Do<'make'>, state: CallerPromise): Decision {
  if (state.state !== 'none') return [];
  const { at, promise, what, due, owner, said, channel, number, about, proposal, ticket, customer, outage, agent, soothed } = command;
  const refusal = dueRefusal(due, at) ?? madeRefusal(command);
  if (refusal !== undefined) return refusal;
  const from = { said, channel, proposal, ticket, customer, outage, agent, soothed };
  const fields = { promise, kind: what, due, owner, first: command.first ?? owner, ...from };
  const word = what === 'message' ? wordTaken(command) : [];
  return [...word, fact('promise.made', at, fields, { by: command.by, personal: { number, about } })];
}

/** 代记留言: whoever takes word for a colleague says whether there is a number, and whether it was read back. */
function wordTaken({ at, promise: message, owner, number, readBack }: Do<'make'>): NewEvent[] {
  const contact = (number?.value.trim() ?? '') !== '';
  const taken = fact('message.taken', at, { message, for: owner, contact });
  return readBack === true ? [taken, fact('message.read-back', at, { message })] : [taken];
}

/** The promise is seen once; whoever calls back about a message has seen it, pressed or not. */
function wordSeen(command: Do<'see' | 'attempt' | 'keep'>, state: CallerPromise, pressed = false): NewEvent[] {
  const isWord = state.kind === 'message';
  if (state.seenAt !== undefined || !(pressed || isWord)) return [];
  const { at, promise, agent, by } = command;
  const seen = fact('promise.seen', at, { promise, kind: state.kind, agent: agent ?? state.owner }, { by });
  return isWord ? [fact('message.seen', at, { message: promise }, { by }), seen] : [seen];
}

function madeRefusal({ what, number, soothed }: Do<'make'>): Refusal | undefined {
  if (what === 'leader-callback' && soothed !== true) return refuse('promise.soothe-first');
  return needNumber.includes(what) && (number?.value.trim() ?? '') === '' ? refuse('promise.no-number') : undefined;
}

function move(command: Do<'move'>, state: CallerPromise): Decision {
  const { at, promise, due, told, reason, agent } = command;
  if (reason.trim() === '') return refuse('promise.no-reason');
  const refusal = dueRefusal(due, at);
  return refusal ?? [fact('promise.moved', at, { promise, kind: state.kind, due, told, reason, agent })];
}

function reassign({ at, promise, to, reason, agent, by }: Do<'reassign'>, state: CallerPromise): Decision {
  if (to === state.owner) return [];
  if (reason.trim() === '') return refuse('promise.no-reason');
  return [fact('promise.reassigned', at, { promise, kind: state.kind, from: state.owner, to, reason, agent }, { by })];
}

function giveUp({ at, promise, tries, agent, by }: Do<'give-up'>, state: CallerPromise): Decision {
  if (state.attempts < tries) return refuse('promise.tries-left', { tried: state.attempts, tries });
  if (state.lastAttempt?.outcome === 'reached') return refuse('promise.was-reached');
  return [fact('promise.unreached', at, { promise, kind: state.kind, attempt: state.attempts, agent }, { by })];
}

function dueRefusal(due: Instant, at: Instant): Refusal | undefined {
  if (due <= at) return refuse('promise.due-past');
  return due > at + furthestDue ? refuse('promise.due-far', { days: furthestDue / 86_400_000 }) : undefined;
}

function isRepeated(command: PromiseCommand, state: CallerPromise): boolean {
  if (command.kind === 'withdraw') return state.state === 'withdrawn';
  if (command.kind === 'give-up') return state.state === 'unreached';
  return command.kind === 'see' || (command.kind === 'keep' && (state.state === 'kept' || state.state === 'kept-late'));
}
