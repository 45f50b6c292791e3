import type { LegSnapshot } from '../port.ts';

/** A leg of the fake: what the port lets one see of it, and no audio. */
export interface FakeLeg {
  readonly id: string;
  readonly kind: LegSnapshot['kind'];
  readonly since: number;
  readonly from?: string;
  readonly to?: string;
  state: LegSnapshot['state'];
  hasMedia: boolean;
  early: boolean;
  connected: boolean;
  muted: boolean;
  /** browser: connections made so far, and which of them was answered last */
  connections: number;
  answeredConnection: string | undefined;
}

export function newFakeLeg(id: string, kind: LegSnapshot['kind'], since: number, names: { from?: string; to?: string } = {}): FakeLeg {
  const base = { id, kind, since, state: 'arrived', hasMedia: kind !== 'sip-in', early: false, connected: false, muted: false } as const;
  return { ...base, connections: 0, answeredConnection: undefined, ...names };
}

export function snapshotOf(leg: FakeLeg): LegSnapshot {
  const { from, to } = leg;
  return {
    leg: leg.id,
    kind: leg.kind,
    state: leg.state,
    since: leg.since,
    connected: leg.kind === 'browser' ? leg.connected : leg.hasMedia,
    muted: leg.muted,
    ...(leg.early ? { early: true } : {}),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
  };
}
