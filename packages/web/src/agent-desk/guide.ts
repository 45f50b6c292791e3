import type { OpenDuty } from '@threerings/core/wire/events';
import type { Standing } from '../ui/verdict.tsx';

/** A duty that still asks something of somebody. */
export function isOpen(duty: OpenDuty): boolean {
  return duty.state === 'open' || duty.state === 'near' || duty.state === 'late';
}

/** Whose act it is. What the system or the caller must do is listed, never asked of the agent. */
export function isOwn(duty: OpenDuty): boolean {
  return duty.actor !== 'system' && duty.actor !== 'customer';
}

export function isNear(duty: OpenDuty, now: number): boolean {
  if (duty.state === 'near') return true;
  return isOpen(duty) && duty.deadline !== undefined && now >= (duty.warnAt ?? duty.deadline - 5000);
}

export function isLate(duty: OpenDuty, now: number): boolean {
  return duty.state === 'late' || (isOpen(duty) && duty.deadline !== undefined && now > duty.deadline);
}

export function dutyStanding(duty: OpenDuty, now: number): Standing {
  if (duty.state === 'done') return 'kept';
  if (duty.state === 'attested') return 'attested';
  if (duty.state === 'unknown') return 'unknown';
  if (isLate(duty, now)) return 'broken';
  return isNear(duty, now) ? 'near' : 'pending';
}

const weight = { critical: 0, major: 1, minor: 2, advice: 3 } as const;

/** 0 near its deadline, 1 with a deadline, 2 without one, 3 late: what can still be met comes before what cannot. */
function urgency(duty: OpenDuty, now: number): number {
  if (isLate(duty, now)) return 3;
  if (isNear(duty, now)) return 0;
  return duty.deadline === undefined ? 2 : 1;
}

function byUrgency(now: number): (a: OpenDuty, b: OpenDuty) => number {
  return (a, b) =>
    urgency(a, now) - urgency(b, now) ||
    (a.deadline ?? Number.MAX_SAFE_INTEGER) - (b.deadline ?? Number.MAX_SAFE_INTEGER) ||
    weight[a.severity] - weight[b.severity] ||
    a.since - b.since ||
    dutyKey(a).localeCompare(dutyKey(b));
}

export function dutyKey(duty: Pick<OpenDuty, 'norm' | 'key'>): string {
  return `${duty.norm}/${duty.key}`;
}

export interface Guide {
  /** the one thing to say or do now */
  readonly top: OpenDuty | undefined;
  readonly open: readonly OpenDuty[];
  readonly settled: readonly OpenDuty[];
}

/**
 * One sentence and one countdown at a time: the most urgent own duty on top, the others below in the same order. `heldSince`: while the
 * caller waits only what the waiting asks for can be on top; a greeting that is still owed cannot be said over the music.
 */
export function guideOf(duties: readonly OpenDuty[], now: number, heldSince = Number.NEGATIVE_INFINITY): Guide {
  const open = duties.filter(isOpen).sort(byUrgency(now));
  const own = open.filter((duty) => isOwn(duty) && duty.since >= heldSince);
  const top = own.find((duty) => !isLate(duty, now)) ?? own[0];
  return { top, open: open.filter((duty) => duty !== top), settled: duties.filter((duty) => !isOpen(duty)) };
}
