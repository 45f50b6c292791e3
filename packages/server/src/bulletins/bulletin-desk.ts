import type { RequiredBriefing } from '@threerings/core/briefings/required';
import { type Refusal, refuse } from '@threerings/core/errors/refusal';
import { permits } from '@threerings/core/people/permissions';
import type { BulletinDetail, BulletinView, BulletinWrite } from '@threerings/core/wire/bulletins';
import type { PersonRow } from '@threerings/core/wire/people';
import type { FloorAnswer } from '../hotline/floor.ts';
import type { Audit, PeopleStore } from '../people/people-store.ts';
import type { Person } from '../session/sessions.ts';
import { type BulletinRow, findBulletin, listBulletins, readersOf } from '../store/bulletin-rows.ts';
import type { Database } from '../store/database.ts';

export interface BulletinParts {
  readonly db: Database;
  readonly people: Pick<PeopleStore, 'people' | 'units'>;
  readonly audit: Audit;
  readonly now: () => number;
  /** a unit and all below it */
  unitsBelow(unit: string): Promise<readonly string[]>;
  /** the reader has read this version */
  acknowledge(agent: string, bulletin: string, version: number): Promise<FloorAnswer>;
  /** what must be read now, for the hotline itself */
  changed(briefings: readonly RequiredBriefing[]): Promise<unknown>;
}

/** Longest validity, ms: a year. */
const longestMs = 366 * 86_400_000;

/** 要情与早会: written, published for units, read by name. */
export class BulletinDesk {
  readonly parts: BulletinParts;

  constructor(parts: BulletinParts) {
    this.parts = parts;
  }

  /** What this person is to know now; who publishes sees everything of the units below, drafts and the past as well. */
  async list(person: Person, view: 'current' | 'all'): Promise<BulletinView[]> {
    const { db, now } = this.parts;
    const edits = this.edits(person);
    const rows = await listBulletins(db, now(), edits ? view : 'current');
    const [people, readers] = [await this.#people(), await readersOf(db, rows)];
    const seen: BulletinView[] = [];
    for (const row of rows) {
      const meant = await this.#audience(row, people);
      const own = meant.some(({ agent }) => agent === person.agent);
      if (!own && !edits) continue;
      if (view === 'current' && !edits && row.valid_from > now()) continue;
      seen.push(viewOf(row, person, readers.get(row.bulletin) ?? new Map(), edits ? meant : undefined));
    }
    return seen;
  }

  async detail(person: Person, bulletin: string): Promise<BulletinDetail | undefined> {
    const row = await findBulletin(this.parts.db, bulletin);
    if (row === undefined) return undefined;
    const meant = await this.#audience(row, await this.#people());
    const read = (await readersOf(this.parts.db, [row])).get(bulletin) ?? new Map<string, number>();
    const readers = meant.map(({ agent, name }) => {
      const at = read.get(agent);
      return { agent, name, ...(at === undefined ? {} : { at }) };
    });
    // Who has not read it comes first: that is what the list is opened for.
    readers.sort((one, other) => Number(one.at !== undefined) - Number(other.at !== undefined) || (one.agent < other.agent ? -1 : 1));
    return { view: viewOf(row, person, read, meant), readers };
  }

  /** A draft, or a published item anew: then it is another version, to be published and read again. */
  async write(person: Person, body: BulletinWrite): Promise<Refusal | undefined> {
    const { db, now } = this.parts;
    const [title, text] = [body.title.trim(), body.body.trim()];
    if (title === '' || text === '') return refuse('bulletin.no-text');
    const { validFrom, validUntil } = body;
    if (validUntil <= Math.max(now(), validFrom) || validUntil > validFrom + longestMs)
      return refuse('bulletin.validity', { days: longestMs / 86_400_000 });
    const before = await findBulletin(db, body.bulletin);
    if (before?.state === 'withdrawn') return refuse('bulletin.settled');
    const version = before === undefined ? 1 : before.version + (before.state === 'published' ? 1 : 0);
    const facts = {
      ...{ kind: body.kind, title, body: text, units: [...body.units], must_read: body.mustRead },
      ...{ valid_from: validFrom, valid_until: validUntil, changed_at: now(), author: person.agent, version },
    };
    await db
      .insertInto('bulletins')
      .values({ bulletin: body.bulletin, state: 'draft', ...facts })
      .onConflict((conflict) => conflict.column('bulletin').doUpdateSet({ ...facts, state: 'draft' }))
      .execute();
    await this.#noted(person, 'bulletin.written', body.bulletin, version);
    await this.refresh();
    return undefined;
  }

  async change(person: Person, bulletin: string, to: 'publish' | 'withdraw'): Promise<'done' | 'gone' | 'foreign' | Refusal> {
    const { db, now } = this.parts;
    const row = await findBulletin(db, bulletin);
    if (row === undefined) return 'gone';
    if (!(await this.mayPublishFor(person, row.units))) return 'foreign';
    if (row.state === 'withdrawn') return to === 'withdraw' ? 'done' : refuse('bulletin.settled');
    const state = to === 'publish' ? ('published' as const) : ('withdrawn' as const);
    const published = to === 'publish' ? { published_at: now() } : {};
    await db
      .updateTable('bulletins')
      .set({ state, changed_at: now(), ...published })
      .where('bulletin', '=', bulletin)
      .execute();
    await this.#noted(person, `bulletin.${to === 'publish' ? 'published' : 'withdrawn'}`, bulletin, row.version);
    await this.refresh();
    return 'done';
  }

  /** False where there is none of this version for this person. */
  async read(person: Person, bulletin: string, version: number): Promise<FloorAnswer | undefined> {
    const row = await findBulletin(this.parts.db, bulletin);
    if (row?.state !== 'published' || row.version !== version) return undefined;
    const meant = await this.#audience(row, await this.#people());
    if (!meant.some(({ agent }) => agent === person.agent)) return undefined;
    return this.parts.acknowledge(person.agent, bulletin, version);
  }

  /** Brings the hotline up to date: who must read what. */
  async refresh(): Promise<void> {
    const rows = await listBulletins(this.parts.db, this.parts.now(), 'current');
    const people = await this.#people();
    const required: RequiredBriefing[] = [];
    for (const { must_read, bulletin, version, valid_from: validFrom, valid_until: validUntil, ...row } of rows) {
      if (!must_read) continue;
      const agents = (await this.#audience(row, people)).map(({ agent }) => agent);
      required.push({ bulletin, version, validFrom, validUntil, agents });
    }
    await this.parts.changed(required);
  }

  /** Leaders publish for their unit and those below it, operations for everybody. */
  async mayPublishFor(person: Person, units: readonly string[]): Promise<boolean> {
    if (permits(person.roles, 'settings.change')) return true;
    const own = new Set(await this.parts.unitsBelow(person.unit));
    const wanted = units.length === 0 ? (await this.parts.people.units()).map(({ unit }) => unit) : units;
    return wanted.every((unit) => own.has(unit));
  }

  edits({ roles }: Person): boolean {
    return permits(roles, 'bulletins.edit');
  }

  async #people(): Promise<readonly PersonRow[]> {
    return (await this.parts.people.people()).filter(({ active, roles }) => active && permits(roles, 'bulletins.see'));
  }

  async #audience({ units }: Pick<BulletinRow, 'units'>, people: readonly PersonRow[]): Promise<readonly PersonRow[]> {
    if (units.length === 0) return people;
    const within = new Set((await Promise.all(units.map((unit) => this.parts.unitsBelow(unit)))).flat());
    return people.filter(({ unit }) => within.has(unit));
  }

  #noted({ agent }: Person, action: string, about: string, version: number): Promise<void> {
    const { audit, now } = this.parts;
    return audit.record({ at: now(), action, actor: agent, about, facts: { version } });
  }
}

function viewOf(
  row: BulletinRow,
  { agent }: Person,
  read: ReadonlyMap<string, number>,
  meant: readonly PersonRow[] | undefined,
): BulletinView {
  const { bulletin, kind, title, body, units, version, state, author } = row;
  const readAt = read.get(agent);
  const reading = meant && { of: meant.length, read: meant.filter((one) => read.has(one.agent)).length };
  return {
    ...{ bulletin, kind, title, body, units, version, state, author },
    ...{ mustRead: row.must_read, validFrom: row.valid_from, validUntil: row.valid_until, changedAt: row.changed_at },
    ...(row.published_at === null ? {} : { publishedAt: row.published_at }),
    ...(readAt === undefined ? {} : { readAt }),
    ...(reading === undefined ? {} : { reading }),
  };
}
