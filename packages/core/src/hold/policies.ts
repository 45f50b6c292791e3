import type { Instant } from '@threerings/norms/trace';
import type { Settings } from '../settings/defaults.ts';
import { fact } from '../timeline/decider.ts';
import type { NewEvent } from '../timeline/event.ts';
import type { Hold } from './lifecycle.ts';

/** An alert that is raised at an instant unless the hold is over before. */
export interface HoldAlert {
  readonly at: Instant;
  readonly kind: 'hold-limit' | 'hold-long';
  /** whom it tells: the agent who holds, or the leader */
  readonly to: string;
}

/** The role that alerts for leaders are addressed to; the board shows them to every leader of the unit. */
export const toLeaders = 'leader';

/**
 * The alerts of the open hold that are still to come, earliest first: the agent when the limit that the caller was given
 * is reached, the leader when the caller has been held for `holdLeaderMs`. The hold itself is never ended by the clock.
 */
export function comingHoldAlerts(state: Hold, settings: Settings): readonly HoldAlert[] {
  if (state.open === undefined || state.talking === undefined) return [];
  const { startedAt, limitMs } = state.open;
  const alerts: readonly HoldAlert[] = [
    { at: startedAt + limitMs, kind: 'hold-limit', to: state.talking.agent },
    { at: startedAt + settings.holdLeaderMs, kind: 'hold-long', to: toLeaders },
  ];
  return alerts.filter((alert) => !state.alerted.includes(alert.kind)).sort((one, other) => one.at - other.at);
}

/** The event of an alert; its id is the same whenever it is raised for the same hold. */
export function holdAlertEvent(state: Hold, alert: HoldAlert): NewEvent {
  return fact('alert.raised', alert.at, { alert: `${alert.kind}-${state.open?.hold ?? ''}`, kind: alert.kind, to: alert.to });
}
