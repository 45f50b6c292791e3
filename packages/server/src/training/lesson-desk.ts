import { permits } from '@threerings/core/people/permissions';
import type { RoleName } from '@threerings/core/wire/session';
import type { Lesson } from '@threerings/core/wire/training';
import type { Database } from '../store/database.ts';
import { readLessons, type WrittenLesson } from './lessons.ts';

/** Whose texts concern these roles. */
export function concerned(roles: readonly RoleName[]): readonly Lesson['whom'][] {
  const leads = permits(roles, 'training.see-unit') ? (['lead'] as const) : [];
  return ['agent', ...leads, ...(permits(roles, 'norms.edit') ? (['owner'] as const) : [])];
}

/** Who has read which version of which lesson. */
export class LessonDesk {
  readonly #db: Database;
  readonly #now: () => number;
  #written: Promise<readonly WrittenLesson[]> | undefined;

  constructor(db: Database, now: () => number) {
    this.#db = db;
    this.#now = now;
  }

  written(): Promise<readonly WrittenLesson[]> {
    this.#written ??= readLessons();
    return this.#written;
  }

  /** For this person; `leads`: the texts for those who lead are among them. */
  async list(agent: string, whom: readonly Lesson['whom'][]): Promise<readonly Lesson[]> {
    const readings = await this.readings([agent]);
    return (await this.written())
      .filter((lesson) => whom.includes(lesson.whom))
      .map((lesson) => {
        const own = readings.filter((each) => each.lesson === lesson.lesson).sort((one, other) => other.version - one.version)[0];
        return own === undefined ? lesson : { ...lesson, readVersion: own.version, readAt: own.read_at };
      });
  }

  /** Confirms the version that was read; false where it is not the newest one, or there is none. A discussion needs who led it. */
  async confirm(agents: readonly string[], of: { readonly lesson: string; readonly version: number }, ledBy?: string): Promise<boolean> {
    const lesson = (await this.written()).find((each) => each.lesson === of.lesson);
    if (lesson?.version !== of.version || (lesson.kind === 'discussion') !== (ledBy !== undefined)) return false;
    if (agents.length === 0) return true;
    await this.#db
      .insertInto('lesson_readings')
      .values(agents.map((agent) => ({ agent, ...of, read_at: this.#now(), led_by: ledBy ?? null })))
      .onConflict((taken) => taken.doNothing())
      .execute();
    return true;
  }

  readings(agents: readonly string[]) {
    if (agents.length === 0) return Promise.resolve([]);
    return this.#db.selectFrom('lesson_readings').selectAll().where('agent', 'in', agents).execute();
  }
}
