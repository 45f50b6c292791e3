import type { Instant } from '@threerings/norms/trace';
import type { Settings } from '../settings/defaults.ts';
import type { InteractionCommand } from './commands.ts';
import type { Interaction } from './state.ts';

/** Something that must be done when nothing happens before. Folded from the state, so that a restart loses none. */
export interface WakeUp {
  readonly at: Instant;
  readonly command: InteractionCommand;
}

/**
 * The next thing that time alone brings about: a ring that nobody answers goes to the next agent, somebody whom we call does not
 * answer, and the work after the call ends. The ring is counted from the agent's device where it acknowledged, else from the offer.
 */
export function nextWakeUp(state: Interaction, settings: Settings): WakeUp | undefined {
  if (state.offer !== undefined) {
    const at = (state.offer.ringingAt ?? state.offer.at) + settings.ringNoAnswerMs;
    return { at, command: { kind: 'stop-ringing', leg: state.offer.leg, because: 'no-answer', at } };
  }
  if (state.dial !== undefined && state.phase === 'dialling' && state.dial.answeredAt === undefined) {
    const at = state.dial.at + settings.outboundRingMs;
    return { at, command: { kind: 'callee-failed', outcome: 'no-answer', at } };
  }
  const open = [...(state.wrapUp === undefined ? [] : [state.wrapUp]), ...state.handedOver];
  const ends = open.map(({ agent, since, limitMs }) => ({ of: agent, at: since + limitMs }));
  const first = ends.reduce<(typeof ends)[number] | undefined>(
    (least, one) => (least === undefined || one.at < least.at ? one : least),
    undefined,
  );
  return first === undefined ? undefined : { at: first.at, command: { kind: 'finish-wrap-up', of: first.of, at: first.at } };
}

/** A press of the hang-up key while the caller is still on the line. */
export interface ReleasePress {
  readonly at: Instant;
  readonly confirmed: boolean;
  readonly reason?: string | undefined;
  /** when this agent pressed first in this call, if ever */
  readonly askedAt?: Instant | undefined;
}

export type ReleaseAnswer =
  /** `overridden`: the wait was cut short with this reason, to be recorded as `stop.overridden` */
  | { readonly go: true; readonly overridden?: string | undefined }
  | { readonly go: false; readonly waitUntil: Instant; readonly lacks: 'second-press' | 'reason' };

/**
 * The hang-up guard: callers hang up first. The first press asks; a second press goes through once the wait of the pack
 * is over, and before that with a reason. It cannot be switched off: with a wait of 0 it still wants the second press.
 */
export function guardRelease(press: ReleasePress, waitMs: number): ReleaseAnswer {
  const waitUntil = (press.askedAt ?? press.at) + waitMs;
  if (!press.confirmed || press.askedAt === undefined) return { go: false, waitUntil, lacks: 'second-press' };
  if (press.at >= waitUntil) return { go: true };
  const reason = press.reason?.trim() ?? '';
  return reason === '' ? { go: false, waitUntil, lacks: 'reason' } : { go: true, overridden: reason };
}
