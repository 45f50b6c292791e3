import type { RoleName } from '../wire/session.ts';
import { permits } from './permissions.ts';
import { isWithin, type UnitTree } from './units.ts';

/** Who looks. */
export interface Viewer {
  readonly agent: string;
  readonly unit: string;
  readonly roles: readonly RoleName[];
}

/** Whose call it is; both are absent while nobody has answered. */
export interface Owned {
  readonly agent?: string | undefined;
  readonly unit?: string | undefined;
}

/**
 * May this person see this call? One's own; those of one's unit and the units below it, and those that nobody has
 * answered; all. A call that nobody answered belongs to everybody who watches over a unit.
 */
export function maySee(viewer: Viewer, call: Owned, units: UnitTree): boolean {
  if (permits(viewer.roles, 'calls.see-all')) return true;
  if (permits(viewer.roles, 'calls.see-unit') && (call.unit === undefined || isWithin(units, call.unit, viewer.unit))) return true;
  return permits(viewer.roles, 'calls.see-own') && call.agent === viewer.agent;
}

/** May this person hear its recording? Only who may see the call, and hears own calls or those of others by right. */
export function mayHear(viewer: Viewer, call: Owned, units: UnitTree): boolean {
  if (!maySee(viewer, call, units)) return false;
  if (permits(viewer.roles, 'recording.hear')) return true;
  return permits(viewer.roles, 'recording.hear-own') && call.agent === viewer.agent;
}
