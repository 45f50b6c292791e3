import { permits } from '@threerings/core/people/permissions';
import type { Filed } from '@threerings/core/reports/report';
import type { PersonRow, UnitRow } from '@threerings/core/wire/people';
import type { ReportQuery } from '@threerings/core/wire/reports';
import type { Person } from '../session/sessions.ts';

/** The organisation as a report needs it. */
export interface Staff {
  readonly people: readonly PersonRow[];
  readonly units: readonly UnitRow[];
  /** a unit and all below it */
  unitsBelow(unit: string): Promise<readonly string[]>;
}

/** Whose rows a person may count, narrowed to what was asked for. */
export interface Scope {
  /** undefined = everybody's */
  readonly agents: ReadonlySet<string> | undefined;
  readonly units: ReadonlySet<string> | undefined;
  /** calls that nobody answered, and what else is nobody's */
  readonly nobodys: boolean;
  readonly queue: string | undefined;
}

/** Undefined: the unit or person asked for is not this person's to see, or does not exist. */
export async function scopeOf(
  viewer: Person,
  query: Pick<ReportQuery, 'unit' | 'agent' | 'queue'>,
  staff: Staff,
): Promise<Scope | undefined> {
  const { agent, unit, queue } = query;
  const allowed = await allowedTo(viewer, staff);
  if (agent !== undefined && !staff.people.some((one) => one.agent === agent)) return undefined;
  if (unit !== undefined && !staff.units.some((one) => one.unit === unit)) return undefined;
  if (unit !== undefined && allowed.units !== undefined && !allowed.units.has(unit)) return undefined;
  if (agent !== undefined && allowed.agents !== undefined && !allowed.agents.has(agent)) return undefined;
  const below = unit === undefined ? undefined : new Set(await staff.unitsBelow(unit));
  if (agent !== undefined) {
    const own = staff.people.find((one) => one.agent === agent)?.unit ?? '';
    if (below !== undefined && !below.has(own)) return { agents: new Set(), units: new Set(), nobodys: false, queue };
    return { agents: new Set([agent]), units: new Set(), nobodys: false, queue };
  }
  if (below !== undefined) return { agents: agentsOf(staff, below, allowed.agents), units: below, nobodys: false, queue };
  return { ...allowed, queue };
}

async function allowedTo(viewer: Person, staff: Staff): Promise<Omit<Scope, 'queue'>> {
  if (permits(viewer.roles, 'reports.see-all')) return { agents: undefined, units: undefined, nobodys: true };
  if (!permits(viewer.roles, 'reports.see-unit')) return { agents: new Set([viewer.agent]), units: new Set(), nobodys: false };
  const units = new Set(await staff.unitsBelow(viewer.unit));
  const agents = agentsOf(staff, units);
  return { agents: new Set([...agents, viewer.agent]), units, nobodys: true };
}

function agentsOf({ people }: Staff, units: ReadonlySet<string>, among?: ReadonlySet<string>): Set<string> {
  const found = people.filter(({ unit }) => units.has(unit)).map(({ agent }) => agent);
  return new Set(among === undefined ? found : found.filter((agent) => among.has(agent)));
}

/** The rows of a scope. A ticket also belongs to the department that it was sent to. */
export function within<Row>(rows: readonly Filed<Row>[], { agents, units, nobodys, queue }: Scope): Filed<Row>[] {
  return rows.filter((row) => {
    if (queue !== undefined && row.queue !== queue) return false;
    if (agents === undefined) return true;
    if (row.unit !== undefined && units?.has(row.unit) === true) return true;
    return row.agent === undefined ? nobodys : agents.has(row.agent);
  });
}

/** A unit and all that it is part of, itself first. */
export function unitsAbove(units: readonly Pick<UnitRow, 'unit' | 'parent'>[]): (unit: string) => readonly string[] {
  const parents = new Map(units.map(({ unit, parent }) => [unit, parent]));
  return (unit) => {
    const chain = [unit];
    for (let at = parents.get(unit); at !== undefined && !chain.includes(at); at = parents.get(at)) chain.push(at);
    return chain;
  };
}
