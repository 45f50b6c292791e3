import { randomInt } from 'node:crypto';
import type { Settings } from '@threerings/core/settings/defaults';
import type { PrivateWorld } from '@threerings/core/training/private-hotline';
import { Rehearsal, type RehearsalAnswer } from '@threerings/core/training/rehearsal';
import type { TrainingScript } from '@threerings/core/training/script';
import type { ActedAt, TrainingReplay, TrainingView } from '@threerings/core/wire/training';
import type { CalendarTable } from '@threerings/norms/match/calendar';
import type { NormBook } from '../norm-packs/norm-book.ts';
import { CallWatch } from '../observance/call-watch.ts';
import { deskAsks } from '../observance/desk-asks.ts';
import type { Database } from '../store/database.ts';
import { judged } from './judged-try.ts';
import type { ScriptShelf, Shelved } from './script-shelf.ts';
import type { TrainingNorms, TrainingPacks } from './training-norms.ts';
import { addRun, findRun, type StoredRun, writeRun } from './training-read-model.ts';
import { viewOf } from './training-view.ts';

export interface TrainingParts {
  readonly db: Database;
  readonly shelf: ScriptShelf;
  readonly packs: TrainingPacks;
  readonly book: () => NormBook;
  readonly settings: () => Settings;
  readonly calendar: CalendarTable;
  readonly now: () => number;
}

/** What came of an act, or of looking. */
export interface Acted {
  readonly view: TrainingView;
  readonly answer: RehearsalAnswer;
}

type Asks = NonNullable<PrivateWorld['asks']>;

/** Tries that are kept at hand; the others are made again from their acts. */
const mostAtHand = 50;
/** One act or look moves the clock of a training by no more than this, ms. */
const longestStep = 10 * 60_000;

interface Going {
  readonly stored: StoredRun;
  readonly rehearsal: Rehearsal;
  readonly norms: TrainingNorms;
}

/**
 * Trainings: each is a stored script, a seed and acts, played in memory and played again after a restart. Nothing of them reaches the event
 * store: this desk has none.
 */
export class TrainingDesk {
  readonly parts: TrainingParts;
  readonly #going = new Map<string, Going>();

  constructor(parts: TrainingParts) {
    this.parts = parts;
  }

  async begin(agent: string, shelved: Shelved, run: string, mode: 'text' | 'ear'): Promise<TrainingView> {
    const { db, now } = this.parts;
    const startedAt = now();
    const { script, text } = shelved;
    const stored: StoredRun = {
      ...{ run, agent, text, mode, startedAt, script: script.script, scriptVersion: script.version },
      ...{ seed: randomInt(2 ** 31), seenAt: startedAt, acts: [] },
    };
    await addRun(db, stored);
    return this.#view(this.#play(stored, script));
  }

  /** As it stands at `t`; undefined: there is none of this person. */
  async look(agent: string, run: string, t: number): Promise<TrainingView | undefined> {
    const going = await this.#find(agent, run);
    if (going === undefined) return undefined;
    going.rehearsal.advance(this.#instant(going, t));
    return this.#view(await this.#settle(going));
  }

  async act(agent: string, run: string, { t, act }: ActedAt): Promise<Acted | 'changed' | undefined> {
    const going = await this.#find(agent, run);
    if (going === undefined) return undefined;
    const at = this.#instant(going, t);
    const answer = going.rehearsal.act(act, at);
    const { stored } = going;
    const acts = [...stored.acts, { t: at - stored.startedAt, act }];
    const next = { ...going, stored: { ...stored, acts, seenAt: this.parts.now() } };
    if (!next.rehearsal.over && !(await writeRun(this.parts.db, next.stored, stored.acts.length))) {
      // Another page practised on: what this one did is not part of it.
      this.#going.delete(run);
      return 'changed';
    }
    this.#keep(next);
    return { view: this.#view(await this.#settle(next, stored.acts.length)), answer };
  }

  /** What was erased is played no further. */
  forget(agent: string): void {
    for (const [run, { stored }] of this.#going) if (stored.agent === agent) this.#going.delete(run);
  }

  async replay(run: string): Promise<TrainingReplay | undefined> {
    return (await findRun(this.parts.db, run))?.replay;
  }

  /** On the training's clock: never back, and not much further at once. */
  #instant({ stored, rehearsal }: Going, t: number): number {
    return Math.min(Math.max(stored.startedAt + t, rehearsal.now), rehearsal.now + longestStep);
  }

  async #find(agent: string, run: string): Promise<Going | undefined> {
    const known = this.#going.get(run);
    if (known !== undefined) return known.stored.agent === agent ? known : undefined;
    const stored = await findRun(this.parts.db, run);
    if (stored === undefined || stored.agent !== agent) return undefined;
    const script = await this.parts.shelf.read(stored.text);
    return script === undefined ? undefined : this.#play(stored, script);
  }

  #play(stored: StoredRun, script: TrainingScript): Going {
    const { packs, book, settings, calendar } = this.parts;
    const inForce = book();
    const norms = packs.of(inForce, script);
    const world = {
      settings: settings(),
      calendar,
      hears: norms.hears,
      asks: (...[events, hotline, command, at]: Parameters<Asks>) => {
        const watch = new CallWatch(norms.programs[0] as TrainingNorms['programs'][number]);
        watch.take(events);
        return deskAsks(watch, hotline, inForce.words, command, at);
      },
    };
    const { agent, startedAt, seed, acts } = stored;
    const rehearsal = new Rehearsal({ script, agent, startedAt, seed }, world);
    for (const { t, act } of acts) rehearsal.act(act, startedAt + t);
    const going = { stored, rehearsal, norms };
    this.#keep(going);
    return going;
  }

  #keep(going: Going): void {
    this.#going.delete(going.stored.run);
    this.#going.set(going.stored.run, going);
    const [oldest] = this.#going.keys();
    if (this.#going.size > mostAtHand && oldest !== undefined) this.#going.delete(oldest);
  }

  /** What is over is judged and written once. */
  async #settle(going: Going, before = going.stored.acts.length): Promise<Going> {
    const { stored, rehearsal, norms } = going;
    if (!rehearsal.over || stored.endedAt !== undefined) return going;
    const { script } = rehearsal;
    const { events, verdicts, missed, result } = judged(rehearsal, norms);
    const endedAt = this.parts.now();
    const broken = verdicts.filter(({ value }) => value === 'broken').length;
    const { run, agent, startedAt, scriptVersion } = stored;
    const replay: TrainingReplay = {
      try: {
        ...{
          run,
          agent,
          startedAt,
          endedAt,
          broken,
          script: script.script,
          version: scriptVersion,
          title: script.title,
          scenario: script.scenario,
        },
        ...{ ending: result.ending, passed: result.passed },
        missing: result.steps.filter(({ standing }) => standing === 'missing' || standing === 'early').map(({ title }) => title),
      },
      ...{ events: [...events], verdicts: [...verdicts], practises: [...script.practises], missed: [...missed], result },
    };
    const next = { ...going, stored: { ...stored, endedAt, replay } };
    await writeRun(this.parts.db, next.stored, before);
    this.#keep(next);
    return next;
  }

  #view({ stored, rehearsal, norms }: Going): TrainingView {
    const { run, mode } = stored;
    return viewOf(rehearsal, norms, { run, mode, audible: this.parts.shelf.recordings.audible(rehearsal.script) });
  }
}
