import type { TimelineEvent } from '@threerings/core/timeline/event';
import { deadline, isIdle, type Marks } from '@threerings/norms/monitor/engine';
import { type Program, programPart } from '@threerings/norms/program';
import { revise } from '@threerings/norms/revise';
import { type Instant, type Source, sources, type Verdict } from '@threerings/norms/trace';
import type { Clock } from '../clock.ts';
import type { AppendRequest } from '../store/append-request.ts';
import { CallWatch, type Judged } from './call-watch.ts';
import { verdictRequest } from './verdict-request.ts';

export interface CaseBookParts {
  /** what judges a case that begins now; only its norms of scope 个案 are asked */
  program(): Program;
  readonly clock: Clock;
  /** everything up to this instant that the server itself observes is stored */
  horizon(): Instant;
  /** events of this interaction are stored but have not reached `take` yet */
  isReading(interaction: string): boolean;
  /** how far the sources of an interaction that goes on are known */
  marksOf(interaction: string): Marks | undefined;
  /** everything stored of an interaction (a case by its id) and of the promises made in it, with texts */
  history(interaction: string): Promise<readonly TimelineEvent[]>;
  /** the verdicts stored of an interaction */
  stored(interaction: string): Promise<readonly Verdict[]>;
  append(request: AppendRequest): Promise<unknown>;
  /** after the commit of verdicts; they stand with the interaction in which their duty began */
  changed(interaction: string, judged: Judged, watch: CallWatch): void;
  onError(interaction: string, error: unknown): void;
}

/** One matter: an interaction, what was promised in it, and every interaction that was linked to it. */
interface Matter {
  readonly id: string;
  readonly watch: CallWatch;
  readonly open: Set<string>;
  /** interaction of each event, by event id */
  readonly homes: Map<string, string>;
}

/** How often cases are looked at, ms: their duties last minutes to days, and a verdict's instant is its deadline anyway. */
const lookMs = 1000;

/**
 * Judges the norms of scope 个案 while their cases go on. A case is an interaction with the promises made in it, and all interactions
 * that `case.linked` (or the case of their events) puts together. It is watched while one of its interactions goes on or a duty of it is
 * pending; whatever happens to it later brings it back from the store.
 */
export class CaseBook {
  readonly #parts: CaseBookParts;
  readonly #matters = new Map<string, Matter>();
  readonly #matterOf = new Map<string, string>();
  readonly #loading = new Map<string, Promise<void>>();
  /** verdicts on their way to the store, by interaction */
  readonly #storing = new Map<string, Promise<void>>();
  #cancelLook: () => void;

  constructor(parts: CaseBookParts) {
    this.#parts = parts;
    this.#cancelLook = this.#planLook();
  }

  /** cases that are being watched */
  get watched(): number {
    return this.#matters.size;
  }

  /** Events of one interaction, or of a promise made in it, in the order of their stream. `begins`: it is a call of this hotline that begins here. */
  take(interaction: string, events: readonly TimelineEvent[], begins: boolean): void {
    const linked = events.find(({ type }) => type === 'case.linked')?.fields['case'];
    const given = typeof linked === 'string' ? linked : events.find((event) => event.case !== undefined)?.case;
    const known = this.#matterOf.get(interaction);
    if (given !== undefined && given !== known) this.#later(interaction, this.#join(interaction, given, events));
    else if (known !== undefined) this.#give(known, interaction, events);
    else if (begins) this.#give(interaction, interaction, events);
    else void this.restore(interaction);
  }

  /** Takes up an interaction from what is stored: after a restart, or when something happens to a case that nobody watched. */
  async restore(interaction: string): Promise<void> {
    if (this.#parts.program().groups.every(({ scope }) => scope !== 'case') || this.#matterOf.has(interaction)) return;
    await (this.#loading.get(interaction) ?? this.#later(interaction, this.#load(interaction)));
  }

  #later(interaction: string, work: Promise<void>): Promise<void> {
    const running = work
      .catch((error: unknown) => this.#parts.onError(interaction, error))
      .finally(() => {
        if (this.#loading.get(interaction) === running) this.#loading.delete(interaction);
      });
    this.#loading.set(interaction, running);
    return running;
  }

  /** Looks at every case now. */
  look(): void {
    for (const matter of this.#matters.values()) this.#look(matter);
  }

  async settled(): Promise<void> {
    await Promise.all(this.#loading.values());
    await Promise.all(this.#storing.values());
  }

  async stop(): Promise<void> {
    this.#cancelLook();
    await this.settled();
  }

  #planLook(): () => void {
    const { clock } = this.#parts;
    return clock.at(clock.now() + lookMs, () => {
      this.look();
      this.#cancelLook = this.#planLook();
    });
  }

  async #load(interaction: string): Promise<void> {
    await this.#storing.get(interaction);
    const own = await this.#fileOf(interaction);
    if (own.events.length === 0 || this.#matterOf.has(interaction)) return;
    const linked = own.events.findLast(({ type }) => type === 'case.linked')?.fields['case'];
    const given = typeof linked === 'string' ? linked : own.events.findLast((event) => event.case !== undefined)?.case;
    const matter = given ?? interaction;
    // The case is more than this one interaction: the others come back with it.
    const whole = matter === interaction || this.#matters.has(matter) ? undefined : await this.#fileOf(matter);
    if (this.#matterOf.has(interaction)) return;
    this.#resume(matter, interaction, [...(whole?.events ?? []), ...own.events], [...(whole?.stored ?? []), ...own.stored]);
  }

  /** What is stored of a case, or of an interaction alone: its events, and the verdicts that stand with any interaction of it. */
  async #fileOf(matter: string): Promise<{ readonly events: readonly TimelineEvent[]; readonly stored: readonly Verdict[] }> {
    const events = await this.#parts.history(matter);
    const members = new Set([matter, ...events.flatMap(({ interaction }) => interaction ?? [])]);
    for (const member of members) await this.#storing.get(member);
    const stored = await Promise.all([...members].map((member) => this.#parts.stored(member)));
    return { events, stored: stored.flat() };
  }

  /**
   * The interaction turns out to belong to a case: what was watched of it alone goes there with all its events, and a case that nobody
   * watches any more comes back from the store.
   */
  async #join(interaction: string, into: string, events: readonly TimelineEvent[]): Promise<void> {
    const alone = this.#matters.get(this.#matterOf.get(interaction) ?? '');
    if (alone !== undefined) this.#forget(alone);
    this.#matterOf.set(interaction, into);
    await this.#storing.get(interaction);
    const away = !this.#matters.has(into) && into !== interaction;
    const earlier = away ? await this.#fileOf(into) : { events: [], stored: [] };
    const all = [...earlier.events, ...(alone?.watch.events ?? []), ...events];
    this.#resume(into, interaction, all, [...earlier.stored, ...(alone?.watch.verdicts ?? [])]);
  }

  /** Takes events of one interaction into a case. */
  #give(id: string, interaction: string, events: readonly TimelineEvent[]): void {
    const matter = this.#matters.get(id) ?? this.#begin(id);
    if (matter === undefined) return;
    this.#note(matter, interaction, events);
    this.#keep(matter, matter.watch.take(events));
    this.#look(matter);
  }

  /** The same for an interaction that was judged before: what is stored is not written again, and what is otherwise now is a revision. */
  #resume(id: string, interaction: string, given: readonly TimelineEvent[], stored: readonly Verdict[]): void {
    const matter = this.#matters.get(id) ?? this.#begin(id);
    if (matter === undefined) return;
    // What came on both ways, or is watched already, is taken once.
    const seen = new Set(matter.homes.keys());
    const events = given.filter(({ id: event }) => !seen.has(event) && seen.add(event));
    this.#note(matter, interaction, events);
    const { watch } = matter;
    const norms = new Set(watch.program.groups.flatMap((group) => group.norms.map(({ norm }) => norm.id)));
    const before = [...watch.verdicts, ...stored.filter(({ norm }) => norms.has(norm))];
    watch.take(events);
    watch.advance(this.#marksOf(matter, this.#parts.horizon()));
    const changes = revise(before, watch.verdicts, events.at(-1)?.id ?? id);
    this.#keep(matter, {
      settled: changes.flatMap(({ from, to }) => (from === undefined && to !== undefined ? [to] : [])),
      revised: changes.filter(({ from, to }) => from !== undefined && to !== undefined),
    });
    this.#look(matter);
  }

  #note(matter: Matter, given: string, events: readonly TimelineEvent[]): void {
    for (const event of events) {
      const interaction = event.interaction ?? given;
      this.#matterOf.set(interaction, matter.id);
      matter.homes.set(event.id, interaction);
      if (event.stream.startsWith('interaction-')) matter.open.add(interaction);
      if (event.type === 'interaction.closed') matter.open.delete(interaction);
    }
  }

  #begin(id: string): Matter | undefined {
    const program = programPart(this.#parts.program(), (scope) => scope === 'case');
    if (program.groups.length === 0) return undefined;
    const matter: Matter = {
      id,
      watch: new CallWatch(program, 'case.closed'),
      open: new Set(),
      homes: new Map(),
    };
    this.#matters.set(id, matter);
    return matter;
  }

  #look(matter: Matter): void {
    const { watch, open } = matter;
    if ([...open].some((interaction) => this.#parts.isReading(interaction))) return;
    const due = deadline(watch.program, watch.state);
    const horizon = this.#parts.horizon();
    if (watch.state.buffer.length > 0 || watch.closed || (due !== undefined && due <= horizon)) {
      this.#keep(matter, watch.advance(this.#marksOf(matter, horizon)));
    }
    if (watch.closed || (open.size === 0 && isIdle(watch.state))) this.#forget(matter);
  }

  #forget(matter: Matter): void {
    this.#matters.delete(matter.id);
    for (const [interaction, id] of this.#matterOf) if (id === matter.id) this.#matterOf.delete(interaction);
  }

  /** A source is known as far as it is in every interaction that goes on; where none does, as far as the server is. */
  #marksOf({ open }: Matter, horizon: Instant): Marks {
    const going = [...open].flatMap((interaction) => this.#parts.marksOf(interaction) ?? []);
    return Object.fromEntries(
      sources.map((source): [Source, Instant] => [source, Math.min(horizon, ...going.map((marks) => marks[source] ?? -1))]),
    );
  }

  #keep(matter: Matter, { settled, revised }: Judged): void {
    const homes = new Map<string, { settled: Verdict[]; revised: Judged['revised'][number][] }>();
    const at = (key: string) => {
      const home = matter.homes.get(key) ?? [...matter.homes.values()][0] ?? matter.id;
      const found = homes.get(home) ?? { settled: [], revised: [] };
      homes.set(home, found);
      return found;
    };
    for (const verdict of settled) at(verdict.key).settled.push(verdict);
    for (const revision of revised) at(revision.key).revised.push(revision);
    for (const [interaction, judged] of homes) this.#store(interaction, judged, matter.watch);
  }

  /** One after the other for each interaction; whoever loads it waits. */
  #store(interaction: string, judged: Judged, watch: CallWatch): void {
    const storing = (this.#storing.get(interaction) ?? Promise.resolve())
      .then(() => this.#parts.append(verdictRequest(interaction, 'live', judged)))
      .then(() => this.#parts.changed(interaction, judged, watch))
      .catch((error: unknown) => this.#parts.onError(interaction, error))
      .finally(() => {
        if (this.#storing.get(interaction) === storing) this.#storing.delete(interaction);
      });
    this.#storing.set(interaction, storing);
  }
}
