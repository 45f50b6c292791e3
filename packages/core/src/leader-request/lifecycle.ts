import type { Instant } from '@threerings/norms/trace';
import { refuse } from '../errors/refusal.ts';
import type { Settings } from '../settings/defaults.ts';
import { type Decision, fact } from '../timeline/decider.ts';
import type { LeaderRequest } from './state.ts';

export type LeaderRequestCommand = { readonly at: Instant } & (
  | { readonly kind: 'soothe' }
  | { readonly kind: 'request'; readonly request: string; readonly agent: string }
  | { readonly kind: 'accept'; readonly leader: string }
  /** without a leader nobody answered in time */
  | { readonly kind: 'decline'; readonly leader?: string | undefined }
);

/**
 * What follows from a step of it (S4-09, S4-10, S4-14): first the agent tries, then a leader takes the call, or calls back. Refuses
 * `leader.not-asked`, `leader.soothe-first`, `leader.requested`, `leader.no-request`.
 */
export function decideLeaderRequest(command: LeaderRequestCommand, state: LeaderRequest): Decision {
  const { at } = command;
  if (!state.asked) return refuse('leader.not-asked');
  if (command.kind === 'soothe') return state.soothed ? [] : [fact('leader.soothed', at)];
  if (command.kind === 'request') {
    if (!state.soothed) return refuse('leader.soothe-first');
    if (state.open !== undefined) return refuse('leader.requested');
    return [fact('leader.requested', at, { request: command.request, agent: command.agent })];
  }
  if (state.open === undefined) return refuse('leader.no-request');
  const { request } = state.open;
  if (command.kind === 'accept') return [fact('leader.accepted', at, { request, agent: command.leader })];
  const by = command.leader === undefined ? 'system' : 'leader';
  return [fact('leader.declined', at, { request, agent: command.leader }, { by })];
}

/** When a request that no leader answers is given up; undefined = none is open. */
export function leaderRequestEnds({ open }: LeaderRequest, { leaderAnswerMs }: Pick<Settings, 'leaderAnswerMs'>): Instant | undefined {
  return open && open.at + leaderAnswerMs;
}
