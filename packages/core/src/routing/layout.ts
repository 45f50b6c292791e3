/** A queue as routing sees it; without a skill everybody on the desk serves it. */
export interface RoutedQueue {
  readonly queue: string;
  /** callers of a higher one go first; absent = 0 */
  readonly priority?: number | undefined;
  readonly skill?: string | undefined;
  /** least level of the skill; absent = 1 */
  readonly level?: number | undefined;
}

/** Somebody who answers calls: level of each skill, 1–9. */
export interface RoutedStaff {
  readonly agent: string;
  readonly skills: Readonly<Record<string, number>>;
}

/**
 * Queues and people by number, and who serves what. People with the same skills form a group, so that a choice looks at
 * groups and queues, never at people one by one. Changes only when queues or people are configured anew.
 */
export interface Layout {
  readonly queues: readonly RoutedQueue[];
  readonly queueOf: ReadonlyMap<string, number>;
  readonly staff: readonly RoutedStaff[];
  readonly personOf: ReadonlyMap<string, number>;
  /** person → group */
  readonly groupOf: readonly number[];
  /** group → queues, and queue → groups */
  readonly serves: readonly (readonly number[])[];
  readonly servedBy: readonly (readonly number[])[];
}

export function layoutOf(queues: readonly RoutedQueue[], staff: readonly RoutedStaff[]): Layout {
  const groups = new Map<string, RoutedStaff['skills']>();
  const keys = staff.map(({ skills }) => keyOf(skills));
  for (const [person, { skills }] of staff.entries()) groups.set(keys[person] ?? '', skills);
  const numberOf = new Map([...groups.keys()].map((key, group) => [key, group]));
  const skillsOf = [...groups.values()];
  const serves = skillsOf.map((skills) => queues.flatMap((queue, lane) => (canServe(skills, queue) ? [lane] : [])));
  const servedBy: number[][] = queues.map(() => []);
  for (const [group, lanes] of serves.entries()) for (const lane of lanes) servedBy[lane]?.push(group);
  return {
    queues,
    queueOf: new Map(queues.map(({ queue }, lane) => [queue, lane])),
    staff,
    personOf: new Map(staff.map(({ agent }, person) => [agent, person])),
    groupOf: keys.map((key) => numberOf.get(key) ?? 0),
    serves,
    servedBy,
  };
}

/** True when somebody with these skills may answer callers of this queue. */
export function canServe(skills: RoutedStaff['skills'], { skill, level = 1 }: Pick<RoutedQueue, 'skill' | 'level'>): boolean {
  return skill === undefined || (Object.hasOwn(skills, skill) ? (skills[skill] ?? 0) : 0) >= level;
}

/** A queue that is configured no more still has its callers: they wait in the first one. */
export function laneOf(layout: Layout, queue: string): number {
  return layout.queueOf.get(queue) ?? 0;
}

function keyOf(skills: RoutedStaff['skills']): string {
  return JSON.stringify(Object.entries(skills).sort(([one], [other]) => (one < other ? -1 : 1)));
}
