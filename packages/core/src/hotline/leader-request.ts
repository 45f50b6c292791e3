import { refuse } from '../errors/refusal.ts';
import { decideLeaderRequest, leaderRequestEnds } from '../leader-request/lifecycle.ts';
import { talksTo } from './in-call.ts';
import type { HotlineAnswer } from './inputs.ts';
import { takesOver } from './leader.ts';
import { type Call, callOf } from './state.ts';
import type { Turn } from './turn.ts';

const done = { ok: true } as const;

/** A step of the agent to whom a caller says that the leader must come. */
export function stepsToLeader(turn: Turn, call: Call, agent: string, step: 'soothe' | 'request'): HotlineAnswer {
  const refusal = talksTo(call, agent);
  if (refusal) return refusal;
  const { at } = turn;
  const command = step === 'soothe' ? ({ kind: step, at } as const) : ({ kind: step, request: turn.world.newId(), agent, at } as const);
  return turn.decide(call, decideLeaderRequest(command, call.leaderRequest)) ?? done;
}

/** A leader takes the call now, or says that the caller is called back. */
export function answersLeaderRequest(turn: Turn, interaction: string, leader: string, takes: boolean): HotlineAnswer {
  const call = turn.call(interaction);
  if (call === undefined || call.interaction.phase !== 'talking') return refuse('call.not-talking');
  if (!takes) return turn.decide(call, decideLeaderRequest({ kind: 'decline', leader, at: turn.at }, call.leaderRequest)) ?? done;
  if (call.interaction.talk?.agent === leader) return refuse('monitor.own-call');
  if (callOf(turn.hotline, leader) !== undefined) return refuse('monitor.engaged');
  if (turn.hotline.people.get(leader)?.phone !== true) return refuse('presence.no-phone');
  const refusal = turn.decide(call, decideLeaderRequest({ kind: 'accept', leader, at: turn.at }, call.leaderRequest));
  return refusal ?? takesOver(turn, turn.call(interaction) ?? call, leader);
}

/** No leader has answered: the agent is told to offer a callback. */
export function leaderRequestDue(turn: Turn, call: Call): void {
  turn.decide(call, decideLeaderRequest({ kind: 'decline', at: turn.at }, call.leaderRequest));
}

export const leaderRequestWakes = (call: Call, settings: Parameters<typeof leaderRequestEnds>[1]) =>
  leaderRequestEnds(call.leaderRequest, settings);
