import { refuse } from '../errors/refusal.ts';
import { decideHold } from '../hold/lifecycle.ts';
import { decideMonitoring, monitoringPolicy } from '../monitoring/lifecycle.ts';
import { hasAcknowledged } from '../presence/lifecycle.ts';
import { type Happened, textOf } from '../timeline/decider.ts';
import { decideTransfer } from '../transfer/lifecycle.ts';
import type { LeaderCommand } from '../wire/monitoring.ts';
import type { HotlineAnswer } from './inputs.ts';
import { type Call, callOf } from './state.ts';
import { answersSupport } from './support.ts';
import type { Turn } from './turn.ts';

const done = { ok: true } as const;

/** Carries out what a leader wants of somebody else's call or state. Who may ask is the shell's to know; it keeps the audit, too. */
export function leaderAsked(
  turn: Turn,
  leader: string,
  command: Exclude<LeaderCommand, { readonly kind: 'answer-request' }>,
): HotlineAnswer {
  if (command.kind === 'set-state') return setState(turn, command.agent, command.state);
  if (command.kind === 'answer-rest')
    return turn.presence(command.agent, { kind: 'answer-rest', limitMs: command.limitMs, at: turn.at }) ?? done;
  if (command.kind === 'answer-support') return answersSupport(turn, command.interaction, leader, command.comes);
  const call = turn.call(command.interaction);
  if (call === undefined || call.interaction.phase !== 'talking') return refuse('call.not-talking');
  if (command.kind === 'stop-monitoring')
    return turn.decide(call, decideMonitoring({ kind: 'stop', leader, at: turn.at }, call.monitoring)) ?? done;
  const own = callOf(turn.hotline, leader);
  if (own !== undefined) return refuse(own === call ? 'monitor.own-call' : 'monitor.engaged');
  const person = turn.hotline.people.get(leader);
  if (person?.phone !== true) return refuse('presence.no-phone');
  if (command.kind === 'take-over') return takesOver(turn, call, leader);
  const refusal = turn.decide(
    call,
    decideMonitoring({ kind: 'monitor', mode: command.mode, leader, acknowledged: mayBeHeard(turn, call), at: turn.at }, call.monitoring),
  );
  // Nobody is rung while listening.
  if (refusal === undefined && person.presence.state === 'ready')
    turn.presence(leader, { kind: 'choose', state: 'busy', reason: 'monitoring', at: turn.at });
  return refusal ?? done;
}

function mayBeHeard({ hotline }: Turn, { monitoring }: Call): boolean {
  const presence = monitoring.talking === undefined ? undefined : hotline.people.get(monitoring.talking)?.presence;
  return presence !== undefined && hasAcknowledged(presence, monitoringPolicy.policy, monitoringPolicy.version);
}

function setState(turn: Turn, agent: string, state: 'ready' | 'busy'): HotlineAnswer {
  if (state === 'ready' && turn.hotline.people.get(agent)?.phone !== true) return refuse('presence.no-phone');
  return turn.presence(agent, { kind: 'choose', state, reason: 'leader', by: 'leader', at: turn.at }) ?? done;
}

/** 接管: nobody asks the agent, everybody sees it; the agent writes the own part up. */
export function takesOver(turn: Turn, call: Call, leader: string): HotlineAnswer {
  const { at } = turn;
  const agent = call.transfers.talking ?? '';
  const ended =
    call.monitoring.open === undefined ? [] : decideMonitoring({ kind: 'stop', leader: call.monitoring.open.leader, at }, call.monitoring);
  const alone = 'refused' in ended ? call : turn.record(call, ended);
  const held = decideHold({ kind: 'resume', outcome: 'transfer', agent, at }, alone.hold);
  const resumed = 'refused' in held ? alone : turn.record(alone, held);
  const command = { kind: 'take-over', leader, transfer: turn.world.newId(), at } as const;
  return turn.decide(resumed, decideTransfer(command, resumed.transfers, turn.hotline.settings.wrapUpMs)) ?? done;
}

/** Before somebody else has the caller, or the call ends, nobody listens any more. */
export function endsMonitoring(turn: Turn, call: Call): Call {
  const { open } = call.monitoring;
  if (open === undefined) return call;
  const decision = decideMonitoring({ kind: 'stop', leader: open.leader, at: turn.at }, call.monitoring);
  return 'refused' in decision ? call : turn.record(call, decision);
}

export function followMonitoring(turn: Turn, before: Call, call: Call, event: Happened): void {
  const { id: interaction } = call;
  const agent = textOf(event, 'agent') ?? '';
  const { open } = call.monitoring;
  if ((event.type === 'monitor.started' || event.type === 'monitor.changed') && open !== undefined)
    turn.effect({ interaction, kind: 'monitor', leader: open.leader, agent, mode: open.mode });
  else if (event.type === 'monitor.ended' && before.monitoring.open !== undefined)
    turn.effect({ interaction, kind: 'end-monitor', leader: before.monitoring.open.leader, agent });
}
