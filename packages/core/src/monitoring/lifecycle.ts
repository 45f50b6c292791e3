import type { Instant } from '@threerings/norms/trace';
import { refuse } from '../errors/refusal.ts';
import { type Decision, fact } from '../timeline/decider.ts';
import type { MonitorMode } from '../wire/monitoring.ts';
import type { Monitoring } from './state.ts';

/** What an agent must have read and acknowledged before a leader may listen; a new text is a new version. */
export const monitoringPolicy = { policy: 'monitoring', version: 1 } as const;

export type MonitoringCommand = { readonly at: Instant; readonly leader: string } & (
  | { readonly kind: 'monitor'; readonly mode: MonitorMode; readonly acknowledged: boolean }
  | { readonly kind: 'stop' }
);

/** Listening, whispering and joining: only over an agent who acknowledged the policy, and one leader at a time. */
export function decideMonitoring(command: MonitoringCommand, { talking, open }: Monitoring): Decision {
  const { at, leader } = command;
  if (command.kind === 'stop') {
    if (open === undefined) return [];
    return open.leader === leader ? [fact('monitor.ended', at, { agent: open.agent, leader })] : refuse('monitor.not-yours');
  }
  if (talking === undefined) return refuse('call.not-talking');
  if (talking === leader) return refuse('monitor.own-call');
  if (!command.acknowledged) return refuse('monitor.not-acknowledged', { agent: talking });
  const { mode } = command;
  if (open === undefined) return [fact('monitor.started', at, { mode, agent: talking, leader })];
  if (open.leader !== leader) return refuse('monitor.taken', { leader: open.leader });
  return open.mode === mode ? [] : [fact('monitor.changed', at, { mode, agent: talking, leader })];
}
