import type { Instant } from '@threerings/norms/trace';
import { refuse } from '../errors/refusal.ts';
import { settings } from '../settings/defaults.ts';
import { type Decision, fact, type Happened, numberOf, textOf } from '../timeline/decider.ts';
import { type HoldReason, holdReason } from '../wire/desk.ts';

/** Hold in one call: reason, limit, consent; asked for, begun, extended, over. Plain data; a fold of the call's events. */
export interface Hold {
  /** who talks, and on which leg; absent = nobody to hold */
  readonly talking?: { readonly agent: string; readonly leg: string } | undefined;
  readonly requested?: HoldTerms | undefined;
  readonly open?: (HoldTerms & { readonly startedAt: Instant; readonly speakingOver: boolean }) | undefined;
  /** holds of this call that are over */
  readonly past: number;
  /** kinds of alert that were raised for the open hold */
  readonly alerted: readonly string[];
}

export interface HoldTerms {
  readonly hold: string;
  readonly reason?: HoldReason | undefined;
  /** how long the caller agreed to wait, counted from the beginning of the hold, ms */
  readonly limitMs: number;
  readonly consent: boolean;
}

export type HoldCommand = { readonly at: Instant; readonly agent: string } & (
  | { readonly kind: 'request'; readonly hold: string; readonly reason: HoldReason; readonly limitMs: number; readonly consent: boolean }
  /** a norm did not let it pass */
  | { readonly kind: 'refuse'; readonly hold: string; readonly norms: readonly string[] }
  /** the caller hears music from now on */
  | { readonly kind: 'begin'; readonly hold: string }
  /** `limitMs` counts from the beginning of the hold */
  | { readonly kind: 'extend'; readonly limitMs: number; readonly consent: boolean }
  | { readonly kind: 'speak-over'; readonly on: boolean }
  /** `transfer`: the wait goes on for another reason */
  | { readonly kind: 'resume'; readonly outcome?: 'agent' | 'transfer' | undefined }
);

export const noHold: Hold = { past: 0, alerted: [] };

/** What follows from a hold command. Repeated commands give no events. */
export function decideHold(command: HoldCommand, state: Hold): Decision {
  const { at } = command;
  if (state.talking === undefined) return refuse('hold.no-call');
  if (state.talking.agent !== command.agent) return refuse('call.not-yours');
  const { leg } = state.talking;
  switch (command.kind) {
    case 'request':
      return request(command, state);
    case 'refuse':
      return [fact('hold.refused', at, { hold: command.hold, norms: command.norms })];
    case 'begin':
      return begin(command.hold, at, state, leg);
    case 'extend':
      return extend(command, state);
    case 'speak-over': {
      if (state.open === undefined) return refuse('hold.none');
      if (state.open.speakingOver === command.on) return [];
      return [fact(command.on ? 'hold.speak-started' : 'hold.speak-ended', at, { hold: state.open.hold, leg })];
    }
    case 'resume': {
      if (state.open === undefined) return [];
      const speaking = state.open.speakingOver ? [fact('hold.speak-ended', at, { hold: state.open.hold, leg })] : [];
      return [...speaking, fact('hold.resumed', at, { hold: state.open.hold, leg, outcome: command.outcome ?? 'agent' })];
    }
  }
}

function request(command: Extract<HoldCommand, { kind: 'request' }>, state: Hold): Decision {
  const { at, hold, reason, limitMs } = command;
  if (state.open !== undefined) return state.open.hold === hold ? [] : refuse('hold.open');
  const refusal = limitRefusal(limitMs);
  return refusal ?? [fact('hold.requested', at, { hold, reason, limit: limitMs })];
}

function begin(hold: string, at: Instant, state: Hold, leg: string): Decision {
  if (state.open !== undefined) return state.open.hold === hold ? [] : refuse('hold.open');
  if (state.requested?.hold !== hold) return refuse('hold.not-requested');
  const { reason, limitMs, consent } = state.requested;
  return [fact('hold.started', at, { hold, leg, reason, limit: limitMs, consent, music: true })];
}

function extend(command: Extract<HoldCommand, { kind: 'extend' }>, state: Hold): Decision {
  if (state.open === undefined) return refuse('hold.none');
  if (command.limitMs <= state.open.limitMs) return refuse('hold.not-longer', { limit: Math.round(state.open.limitMs / 1000) });
  const refusal = limitRefusal(command.limitMs);
  return refusal ?? [fact('hold.extended', command.at, { hold: state.open.hold, limit: command.limitMs, consent: command.consent })];
}

function limitRefusal(limitMs: number) {
  const { least, most } = settings.holdLimitMs;
  if (limitMs >= least && limitMs <= most) return undefined;
  return refuse('hold.limit', { least: least / 1000, most: most / 1000 });
}

export function evolveHold(state: Hold, event: Happened): Hold {
  switch (event.type) {
    case 'call.answered':
      return event.by === 'customer'
        ? state
        : { ...state, talking: { agent: textOf(event, 'agent') ?? '', leg: textOf(event, 'leg') ?? '' } };
    case 'transfer.completed': {
      const agent = textOf(event, 'agent');
      return agent === undefined ? state : { ...state, talking: { agent, leg: agent } };
    }
    case 'hold.requested':
      return { ...state, requested: termsOf(event) };
    case 'hold.refused':
      return { ...state, requested: undefined };
    case 'consent.marked': {
      if (textOf(event, 'about') !== 'hold' || state.requested === undefined) return state;
      return { ...state, requested: { ...state.requested, consent: event.fields['given'] === true } };
    }
    case 'hold.started':
      return { ...state, requested: undefined, open: { ...termsOf(event), startedAt: event.occurredAt, speakingOver: false }, alerted: [] };
    case 'hold.extended':
      return state.open === undefined
        ? state
        : { ...state, open: { ...state.open, limitMs: numberOf(event, 'limit') ?? state.open.limitMs }, alerted: [] };
    case 'hold.speak-started':
    case 'hold.speak-ended':
      return state.open === undefined ? state : { ...state, open: { ...state.open, speakingOver: event.type === 'hold.speak-started' } };
    case 'hold.resumed':
      return { ...state, open: undefined, past: state.past + 1 };
    case 'alert.raised':
      return { ...state, alerted: [...state.alerted, textOf(event, 'kind') ?? ''] };
    case 'call.ended':
      return { ...state, talking: undefined, requested: undefined, open: undefined };
    default:
      return state;
  }
}

function termsOf(event: Happened): HoldTerms {
  const reason = holdReason.safeParse(textOf(event, 'reason'));
  return {
    hold: textOf(event, 'hold') ?? '',
    limitMs: numberOf(event, 'limit') ?? settings.holdLimitMs.default,
    consent: event.fields['consent'] === true,
    ...(reason.success ? { reason: reason.data } : {}),
  };
}
