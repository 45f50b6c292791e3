import { isRefusal } from '@threerings/core/errors/refusal';
import { type UnitTree, unitTree } from '@threerings/core/people/units';
import { type SkillLevels, skillLevels } from '@threerings/core/wire/hotline-plan';
import type { AddUnit, ChangePerson, ChangeUnit, PersonRow, UnitRow } from '@threerings/core/wire/people';
import { role } from '@threerings/core/wire/session';
import { sql } from 'kysely';
import type { Database, Tx } from '../store/database.ts';
import type { PeopleRefusal } from './people-refusals.ts';
import type { NewPerson, PeopleStore } from './people-store.ts';

const columns = ['person', 'login', 'name', 'unit', 'roles', 'active', 'skills', 'created_at', 'changed_at'] as const;

interface StoredPerson {
  readonly person: string;
  readonly login: string;
  readonly name: string;
  readonly unit: string;
  readonly roles: readonly string[];
  readonly active: boolean;
  readonly skills: unknown;
  readonly created_at: number;
  readonly changed_at: number;
}

/** People and units in the tables of the same names. Logins are kept in lower case. */
export function peopleInDatabase(db: Database): PeopleStore {
  return {
    people: async () => (await db.selectFrom('people').select(columns).orderBy('person').execute()).map(rowOf),
    async person(agent) {
      const found = await db.selectFrom('people').select(columns).where('person', '=', agent).executeTakeFirst();
      return found === undefined ? undefined : rowOf(found);
    },
    async forSignIn(login) {
      const query = db
        .selectFrom('people')
        .select([...columns, 'password_hash'])
        .where('login', '=', login.toLowerCase());
      const found = await query.executeTakeFirst();
      return found === undefined ? undefined : { person: rowOf(found), passwordHash: found.password_hash };
    },
    addPerson: (person, at) => alone(db, 'people', (tx) => addPerson(tx, person, at)),
    changePerson: (agent, change, at) => alone(db, 'people', (tx) => changePerson(tx, agent, change, at)),
    setSkills: (agent, skills, at) => setSkills(db, agent, skills, at),
    units: async () => parentsFirst(await unitsIn(db)),
    addUnit: (unit) => alone(db, 'units', (tx) => addUnit(tx, unit)),
    changeUnit: (unit, change) => alone(db, 'units', (tx) => changeUnit(tx, unit, change)),
  };
}

/** One writer of the table at a time: what is checked still holds when it is written. Reading goes on. */
function alone<T>(db: Database, table: 'people' | 'units', work: (tx: Tx) => Promise<T>): Promise<T> {
  return db.transaction().execute(async (tx) => {
    await sql`lock table ${sql.table(table)} in share row exclusive mode`.execute(tx);
    return work(tx);
  });
}

async function addPerson(tx: Tx, person: NewPerson, at: number): Promise<PeopleRefusal | undefined> {
  const login = person.login.toLowerCase();
  const taken = await tx
    .selectFrom('people')
    .select('person')
    .where((where) => where.or([where('person', '=', person.agent), where('login', '=', login)]))
    .executeTakeFirst();
  if (taken !== undefined) return 'person.taken';
  if (!(await unitExists(tx, person.unit))) return 'unit.unknown';
  const { agent, name, unit, roles, passwordHash } = person;
  await tx
    .insertInto('people')
    .values({ person: agent, login, name, unit, roles: [...roles], password_hash: passwordHash, created_at: at, changed_at: at })
    .execute();
  return undefined;
}

type Change = ChangePerson & { readonly passwordHash?: string };

async function changePerson(tx: Tx, agent: string, change: Change, at: number): Promise<PeopleRefusal | undefined> {
  const before = await tx.selectFrom('people').select(['roles', 'active']).where('person', '=', agent).executeTakeFirst();
  if (before === undefined) return 'person.unknown';
  const login = change.login?.toLowerCase();
  if (login !== undefined) {
    const taken = await tx.selectFrom('people').select('person').where('login', '=', login).where('person', '!=', agent).executeTakeFirst();
    if (taken !== undefined) return 'person.taken';
  }
  if (change.unit !== undefined && !(await unitExists(tx, change.unit))) return 'unit.unknown';
  const roles = change.roles ?? before.roles;
  const stays = (change.active ?? before.active) && roles.includes('administrator');
  if (before.active && before.roles.includes('administrator') && !stays && (await otherAdministrators(tx, agent)) === 0)
    return 'person.last-administrator';
  await tx
    .updateTable('people')
    .set({
      changed_at: at,
      ...(login === undefined ? {} : { login }),
      ...(change.name === undefined ? {} : { name: change.name }),
      ...(change.unit === undefined ? {} : { unit: change.unit }),
      ...(change.roles === undefined ? {} : { roles: [...change.roles] }),
      ...(change.active === undefined ? {} : { active: change.active }),
      ...(change.passwordHash === undefined ? {} : { password_hash: change.passwordHash }),
    })
    .where('person', '=', agent)
    .execute();
  return undefined;
}

async function setSkills(db: Database, agent: string, skills: SkillLevels, at: number): Promise<PeopleRefusal | undefined> {
  const update = db
    .updateTable('people')
    .set({ skills: JSON.stringify(skills), changed_at: at })
    .where('person', '=', agent);
  return (await update.executeTakeFirst()).numUpdatedRows === 0n ? 'person.unknown' : undefined;
}

async function otherAdministrators(tx: Tx, agent: string): Promise<number> {
  const { count } = await tx
    .selectFrom('people')
    .select((select) => select.fn.countAll<number>().as('count'))
    .where('active', '=', true)
    .where('person', '!=', agent)
    .where(sql<boolean>`'administrator' = any(roles)`)
    .executeTakeFirstOrThrow();
  return count;
}

async function addUnit(tx: Tx, { unit, parent, name, position }: AddUnit): Promise<PeopleRefusal | undefined> {
  if (await unitExists(tx, unit)) return 'unit.taken';
  if (parent !== undefined && !(await unitExists(tx, parent))) return 'unit.unknown';
  await tx
    .insertInto('units')
    .values({ unit, parent: parent ?? null, name, position })
    .execute();
  return undefined;
}

async function changeUnit(tx: Tx, unit: string, change: ChangeUnit): Promise<PeopleRefusal | undefined> {
  const units = await unitsIn(tx);
  const before = units.find((each) => each.unit === unit);
  if (before === undefined) return 'unit.unknown';
  if (change.parent !== undefined) {
    if (change.parent !== null && !units.some((each) => each.unit === change.parent)) return 'unit.unknown';
    const moved = units.map((each) => (each.unit === unit ? { ...each, parent: change.parent ?? undefined } : each));
    if (treeOf(moved) === undefined) return 'unit.circle';
  }
  const { name = before.name, position = before.position, parent = before.parent ?? null } = change;
  await tx.updateTable('units').set({ name, position, parent }).where('unit', '=', unit).execute();
  return undefined;
}

async function unitExists(tx: Tx, unit: string): Promise<boolean> {
  return (await tx.selectFrom('units').select('unit').where('unit', '=', unit).executeTakeFirst()) !== undefined;
}

async function unitsIn(db: Database): Promise<UnitRow[]> {
  const found = await db.selectFrom('units').selectAll().orderBy('position').orderBy('name').orderBy('unit').execute();
  return found.map(({ unit, parent, name, position }) => ({ unit, name, position, ...(parent === null ? {} : { parent }) }));
}

function parentsFirst(units: readonly UnitRow[]): readonly UnitRow[] {
  const below = childrenOf(units);
  const withChildren = (unit: UnitRow): UnitRow[] => [unit, ...(below.get(unit.unit) ?? []).flatMap(withChildren)];
  return (below.get(undefined) ?? []).flatMap(withChildren);
}

function childrenOf(units: readonly UnitRow[]): ReadonlyMap<string | undefined, readonly UnitRow[]> {
  const below = new Map<string | undefined, UnitRow[]>();
  for (const unit of units) below.set(unit.parent, [...(below.get(unit.parent) ?? []), unit]);
  return below;
}

function treeOf(units: readonly UnitRow[]): UnitTree | undefined {
  const tree = unitTree(units.map(({ unit, parent, name }) => ({ id: unit, name, parent })));
  return isRefusal(tree) ? undefined : tree;
}

function rowOf(found: StoredPerson): PersonRow {
  const { person, login, name, unit, active, created_at, changed_at } = found;
  const roles = found.roles.flatMap((each) => role.safeParse(each).data ?? []);
  const skills = skillLevels.safeParse(found.skills).data ?? {};
  return { agent: person, login, name, unit, roles, active, skills, createdAt: created_at, changedAt: changed_at };
}
