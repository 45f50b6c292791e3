import type { Instant } from '@threerings/norms/trace';
import { refuse } from '../errors/refusal.ts';
import { type Decision, fact } from '../timeline/decider.ts';
import type { NewEvent } from '../timeline/event.ts';
import type { CommandOf, DialCommand, DialFailure, InteractionCommand } from './commands.ts';
import type { Interaction } from './state.ts';

const outbound = ['dial', 'callee-rings', 'callee-answers', 'join', 'callee-failed', 'give-up-dialling', 'settle-outbound'] as const;
type OutboundCommand = CommandOf<(typeof outbound)[number]>;

/** Rung for less, nobody was missed: two rings (practice: a ring is five seconds), ms. */
const ringsToBeMissedMs = 10_000;
/** The leg of who is called, in the words of the timeline. */
const callee = 'caller';

export function isOutbound(command: InteractionCommand): command is OutboundCommand {
  return (outbound as readonly string[]).includes(command.kind);
}

/** What follows from a command in a call that an agent places. */
export function decideOutbound(command: OutboundCommand, state: Interaction): Decision {
  const { at } = command;
  if (command.kind === 'dial') return state.phase === 'none' ? dial(command, at) : [];
  const { dial: dialled } = state;
  if (dialled === undefined) return refuse('call.unknown');
  if (command.kind === 'settle-outbound') return settle(command, state);
  if (state.phase !== 'dialling') return [];
  switch (command.kind) {
    case 'callee-rings':
      return dialled.ringingAt === undefined ? [fact('call.ringing', at, { leg: callee, target: 'customer' })] : [];
    case 'callee-answers':
      return dialled.answeredAt === undefined
        ? [...stopRing(state, at, 'answered'), fact('call.answered', at, { leg: callee }, { by: 'customer' })]
        : [];
    case 'join':
      return dialled.answeredAt === undefined
        ? []
        : [fact('call.answered', at, { agent: dialled.agent, leg: command.leg }, { by: 'agent' })];
    case 'callee-failed':
      return failDial(state, at, command.outcome);
    case 'give-up-dialling':
      return giveUp(command, state);
  }
}

function dial(command: DialCommand, at: Instant): readonly NewEvent[] {
  const { agent, called, number, purpose, promise, attempt, prepared, interaction } = command;
  const from = { direction: 'out', channel: 'phone', called } as const;
  const linked = command.case === undefined ? [] : [fact('case.linked', at, { case: command.case, interaction })];
  const ready =
    prepared === undefined
      ? []
      : [
          fact(
            'outbound.prepared',
            at,
            { purpose, points: prepared.points },
            { by: 'agent', personal: { customer: prepared.who, note: prepared.note } },
          ),
        ];
  return [
    fact('call.offered', at, from, { by: 'agent', personal: { number } }),
    ...linked,
    ...ready,
    fact('outbound.dialled', at, { promise, purpose, attempt, agent }, { by: 'agent', personal: { number } }),
  ];
}

/** The call comes to nothing: it ends without a talk and without work after it. */
export function failDial(state: Interaction, at: Instant, outcome: DialFailure, cause?: string): readonly NewEvent[] {
  const { dial: dialled } = state;
  const left =
    dialled?.answeredAt === undefined
      ? stopRing(state, at, stops[outcome])
      : [fact('call.released', at, { leg: callee, cause }, { by: 'customer' })];
  return [
    ...left,
    fact('outbound.failed', at, { outcome, promise: dialled?.promise }),
    fact('call.ended', at, { outcome: 'normal', side: outcome === 'failed' ? 'system' : 'customer', talk: 0 }),
    fact('interaction.closed', at, { reason: outcome }),
  ];
}

const stops: Readonly<Record<DialFailure, string>> = {
  busy: 'declined',
  rejected: 'declined',
  'no-answer': 'no-answer',
  invalid: 'failed',
  failed: 'failed',
};

/** Long enough rung to be missed, it was a try; else nobody was tried. */
function giveUp({ at, agent }: CommandOf<'give-up-dialling'>, state: Interaction): Decision {
  const { dial: dialled } = state;
  if (dialled?.agent !== agent) return refuse('call.not-yours');
  const rung = dialled.ringingAt !== undefined && at - dialled.ringingAt >= ringsToBeMissedMs;
  return failDial(state, at, rung && dialled.answeredAt === undefined ? 'no-answer' : 'failed');
}

function settle({ at, agent, outcome, message }: CommandOf<'settle-outbound'>, state: Interaction): Decision {
  const { dial: dialled, talk, phase } = state;
  if (talk === undefined || (phase !== 'talking' && phase !== 'wrap-up')) return refuse('dial.not-settled');
  if (talk.agent !== agent) return refuse('call.not-yours');
  if (dialled?.settled !== undefined) return dialled.settled === outcome ? [] : refuse('dial.not-settled');
  return [fact('outbound.settled', at, { outcome, promise: dialled?.promise, message, agent })];
}

function stopRing({ dial: dialled }: Interaction, at: Instant, outcome: string): readonly NewEvent[] {
  return dialled?.ringingAt === undefined ? [] : [fact('call.ring-stopped', at, { leg: callee, outcome })];
}
