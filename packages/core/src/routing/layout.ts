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
 * Queues and people by number, and who serves what. Queues that want the same of an agent form a class, so that a choice looks
 * at classes, never at people one by one. Changes only when queues or people are configured anew.
 */
export interface Layout {
  readonly queues: readonly RoutedQueue[];
  readonly queueOf: ReadonlyMap<string, number>;
  readonly staff: readonly RoutedStaff[];
  readonly personOf: ReadonlyMap<string, number>;
  /** queue → class, and class → queues */
  readonly classOf: readonly number[];
  readonly queuesIn: readonly (readonly number[])[];
  /** person → classes */
  readonly serves: readonly (readonly number[])[];
}

export function layoutOf(queues: readonly RoutedQueue[], staff: readonly RoutedStaff[]): Layout {
  const numberOf = new Map<string, number>();
  const queuesIn: number[][] = [];
  const classOf = queues.map(({ skill, level = 1 }, lane) => {
    const wanted = skill === undefined ? '' : `${level} ${skill}`;
    const number = numberOf.get(wanted) ?? numberOf.size;
    numberOf.set(wanted, number);
    queuesIn[number] = [...(queuesIn[number] ?? []), lane];
    return number;
  });
  const wants = queuesIn.map(([lane]) => queues[lane ?? 0] ?? {});
  // People with the same skills share one list.
  const served = new Map<string, readonly number[]>();
  const serves = staff.map(({ skills }) => {
    const key = keyOf(skills);
    const classes = served.get(key) ?? wants.flatMap((queue, number) => (canServe(skills, queue) ? [number] : []));
    served.set(key, classes);
    return classes;
  });
  const queueOf = new Map(queues.map(({ queue }, lane) => [queue, lane]));
  const personOf = new Map(staff.map(({ agent }, person) => [agent, person]));
  return { queues, queueOf, staff, personOf, classOf, queuesIn, serves };
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
