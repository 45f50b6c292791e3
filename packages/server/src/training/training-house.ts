import path from 'node:path';
import { permits } from '@threerings/core/people/permissions';
import type { Viewer } from '@threerings/core/people/sight';
import type { Settings } from '@threerings/core/settings/defaults';
import type { PersonRow } from '@threerings/core/wire/people';
import type { Trainee, TrainingCard, TrainingReplay, TrainingTry } from '@threerings/core/wire/training';
import type { NormsInForce } from '../composition/norms-in-force.ts';
import { packsFolder } from '../composition/norms-in-force.ts';
import type { Sight } from '../interactions/sight.ts';
import type { Audit, PeopleStore } from '../people/people-store.ts';
import type { Database } from '../store/database.ts';
import { concerned, LessonDesk } from './lesson-desk.ts';
import { ScriptShelf } from './script-shelf.ts';
import { TrainingDesk } from './training-desk.ts';
import { TrainingPacks } from './training-norms.ts';
import { runsOf } from './training-read-model.ts';

interface HouseParts {
  readonly db: Database;
  readonly norms: NormsInForce;
  readonly settings: () => Settings;
  readonly people: Pick<PeopleStore, 'people' | 'person'>;
  readonly sight: Pick<Sight, 'unitsBelow'>;
  readonly audit: Audit;
  readonly now: () => number;
  /** data folder; recorded lines lie below its `training/` */
  readonly data: string;
}

/** Trainings of a hotline: scripts, tries, lessons, and who may look at whose. */
export class TrainingHouse {
  readonly shelf: ScriptShelf;
  readonly desk: TrainingDesk;
  readonly lessons: LessonDesk;
  readonly #parts: HouseParts;

  constructor(parts: HouseParts) {
    this.#parts = parts;
    const { db, norms, settings, now, data } = parts;
    const packs = new TrainingPacks(packsFolder, new Set(norms.clauses.keys()), norms.calendar.table);
    const book = () => norms.book;
    this.shelf = new ScriptShelf({ db, packs, book, recordings: path.join(data, 'training') });
    this.desk = new TrainingDesk({ db, packs, book, settings, now, shelf: this.shelf, calendar: norms.calendar.table });
    this.lessons = new LessonDesk(db, now);
  }

  get audit(): Audit {
    return this.#parts.audit;
  }

  async cards(agent: string): Promise<TrainingCard[]> {
    const { norms, db } = this.#parts;
    const tries = (await runsOf(db, [agent])).filter(({ endedAt }) => endedAt !== undefined);
    return (await this.shelf.all()).map(({ script, own }) => {
      const { title, about, derived, practises, scenario, version } = script;
      const mine = tries.filter((each) => each.script === script.script);
      const books = this.desk.parts.packs.of(norms.book, script).books;
      const titleOf = (norm: string) => books.find((book) => book.norm(norm) !== undefined)?.card(norm).title ?? { zh: norm, en: norm };
      return {
        ...{ title, about, derived, scenario, version, own, script: script.script },
        practises: practises.map(titleOf),
        audible: this.shelf.recordings.audible(script).size,
        tries: mine.length,
        passed: mine.some(({ replay }) => replay?.result.passed === true),
        ...(mine[0] === undefined ? {} : { lastAt: mine[0].startedAt }),
      };
    });
  }

  /** One's own, or that of somebody in the unit of who leads it; the latter is audited. */
  async replayFor(viewer: Viewer, run: string): Promise<TrainingReplay | undefined> {
    const replay = await this.desk.replay(run);
    if (replay === undefined) return undefined;
    const { agent } = replay.try;
    if (agent === viewer.agent) return replay;
    if (!(await this.#leads(viewer, agent))) return undefined;
    const { audit, now } = this.#parts;
    await audit.record({ at: now(), action: 'training.seen', actor: viewer.agent, about: agent });
    return replay;
  }

  /** Tries of somebody, newest first; none where the viewer may not see them. */
  async triesFor(viewer: Viewer, agent: string): Promise<TrainingTry[]> {
    if (agent !== viewer.agent && !(await this.#leads(viewer, agent))) return [];
    const shelved = await this.shelf.all();
    const found = await runsOf(this.#parts.db, [agent], 100);
    return found.map(({ run, script, scriptVersion: version, startedAt, endedAt, replay }) => {
      const of = shelved.find((each) => each.script.script === script)?.script;
      const known = { title: of?.title ?? { zh: script, en: script }, scenario: of?.scenario ?? '' };
      return replay?.try ?? { run, agent, script, version, startedAt, ...(endedAt === undefined ? {} : { endedAt }), ...known };
    });
  }

  /** Who works on calls in the unit of this person, or below it. */
  async below(viewer: Viewer): Promise<readonly PersonRow[]> {
    const units = new Set(await this.#parts.sight.unitsBelow(viewer.unit));
    const all = await this.#parts.people.people();
    return all.filter(({ active, unit, roles }) => active && units.has(unit) && permits(roles, 'training.practise'));
  }

  async trainees(viewer: Viewer): Promise<Trainee[]> {
    const people = await this.below(viewer);
    const agents = people.map(({ agent }) => agent);
    const tries = (await runsOf(this.#parts.db, agents)).filter(({ endedAt }) => endedAt !== undefined);
    const readings = await this.lessons.readings(agents);
    const written = await this.lessons.written();
    return people.map(({ agent, name, roles }) => {
      const mine = tries.filter((each) => each.agent === agent);
      const read = new Set(readings.flatMap((each) => (each.agent === agent ? [`${each.lesson} ${each.version}`] : [])));
      const whom = concerned(roles);
      return {
        ...{ agent, name },
        scripts: [...new Set(mine.map(({ script }) => script))].flatMap((script) => {
          const own = mine.filter((each) => each.script === script);
          const [last] = own;
          if (last === undefined) return [];
          const passed = own.some(({ replay }) => replay?.result.passed === true);
          return [{ script, tries: own.length, passed, lastRun: last.run, lastAt: last.startedAt }];
        }),
        unread: written
          .filter((each) => whom.includes(each.whom) && !read.has(`${each.lesson} ${each.version}`))
          .map(({ lesson }) => lesson),
      };
    });
  }

  async #leads(viewer: Viewer, agent: string): Promise<boolean> {
    if (!permits(viewer.roles, 'training.see-unit')) return false;
    return (await this.below(viewer)).some((each) => each.agent === agent);
  }
}
