import type { Instant } from '@threerings/norms/trace';
import type { Settings } from '../settings/defaults.ts';
import { fact } from '../timeline/decider.ts';
import type { NewEvent } from '../timeline/event.ts';
import { type Transfers, transferWaitMs, waitOverAt } from './state.ts';

/** Why a callback is to be offered before another transfer is begun. */
export type CallbackFirst = { readonly because: 'count'; readonly times: number } | { readonly because: 'wait'; readonly seconds: number };

/** The caller was handed on often enough, or has waited long enough for it (S0-07): call back instead. */
export function callbackFirst(state: Transfers, settings: Settings, now: Instant): CallbackFirst | undefined {
  if (state.completed >= settings.transfersMost) return { because: 'count', times: state.completed };
  const waited = transferWaitMs(state, now);
  return waited >= settings.transferWaitMs ? { because: 'wait', seconds: Math.round(waited / 1000) } : undefined;
}

/** What time alone brings about in an open transfer. */
export interface TransferDue {
  readonly at: Instant;
  readonly due: 'no-answer' | 'too-long';
}

/** The next of these: the colleague's ring is over, or the caller has waited as long as a transfer may take. */
export function nextInTransfer(state: Transfers, settings: Settings): TransferDue | undefined {
  const { open, warned } = state;
  if (open === undefined) return undefined;
  const ringing = open.consulted !== undefined && open.consulted.answeredAt === undefined ? open.consulted.since : undefined;
  const ringMs = open.kind === 'outside' ? settings.outboundRingMs : settings.transferRingMs;
  const noAnswer = ringing === undefined ? undefined : ringing + ringMs;
  const over = warned ? undefined : waitOverAt(state, settings.transferWaitMs);
  if (over !== undefined && (noAnswer === undefined || over < noAnswer)) return { at: over, due: 'too-long' };
  return noAnswer === undefined ? undefined : { at: noAnswer, due: 'no-answer' };
}

/** Tells the agent that the caller has waited too long; its id is the same whenever it is raised for this transfer. */
export function transferAlertEvent(state: Transfers, at: Instant): NewEvent {
  return fact('alert.raised', at, { alert: `transfer-long-${state.open?.transfer ?? ''}`, kind: 'transfer-long', to: state.talking });
}
