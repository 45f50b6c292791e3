import { skillLevels } from '@threerings/core/wire/hotline-plan';
import { addPersonBody, type PersonRow, type UnitRow } from '@threerings/core/wire/people';
import { type RoleName, role } from '@threerings/core/wire/session';
import { writePeople } from './house-read-model.ts';
import type { ImportHouse } from './import-house.ts';
import { both, type Change, type Planned, type TableCells, type TableKind, twice } from './table-kind.ts';

const columns = {
  agent: {
    heads: ['工号', 'agent', '坐席工号', '分机'],
    required: true,
    expected: both('字母、数字、点、横线，最多 64 位', 'letters, digits, dot, dash; at most 64'),
  },
  name: { heads: ['姓名', 'name'], required: true, expected: both('姓名，最多 100 字', 'a name of at most 100 characters') },
  unit: {
    heads: ['部门', 'unit', '组织', '班组', 'team'],
    required: true,
    expected: both('组织中已有的部门编号或名称', 'the id or name of a unit of the organisation'),
  },
  roles: {
    heads: ['角色', 'roles', '岗位', 'role'],
    expected: both('坐席、班长、质检员、规范管理员、运营、承办部门、管理员，用顿号隔开', `of ${role.options.join(', ')}`),
  },
  login: { heads: ['登录名', 'login', '账号'], expected: both('字母、数字；空着用工号', 'letters and digits; empty = the agent number') },
  skills: { heads: ['技能', 'skills'], expected: both('技能:等级，例如 english:5、card:3', 'skill:level, for example english:5, card:3') },
  active: { heads: ['在岗', 'active', '状态', '是否启用'], expected: both('是 或 否', 'yes or no') },
} as const;
type Column = keyof typeof columns;
type Person = Pick<PersonRow, 'agent' | 'login' | 'name' | 'unit' | 'roles' | 'active' | 'skills'>;

const roleWords: Readonly<Record<string, RoleName>> = {
  坐席: 'agent',
  话务员: 'agent',
  班长: 'leader',
  质检员: 'reviewer',
  规范管理员: 'norm-owner',
  运营: 'operations',
  管理员: 'administrator',
  承办部门: 'department',
};
const yes = ['是', 'yes', 'y', '1', '在岗', '启用', 'true'];
const no = ['否', 'no', 'n', '0', '离岗', '停用', 'false'];

/** 人员: added without a password, changed in place, never deleted. What a table has no column for stays as it is. */
export const agentsTable: TableKind<ImportHouse, Column> = {
  kind: 'agents',
  title: both('人员', 'People'),
  columns,
  async plan(rows, house) {
    const [people, units] = await Promise.all([house.people.people(), house.people.units()]);
    const known = new Map(people.map((person) => [person.agent, person]));
    twice(rows, 'agent');
    const read = rows.map((row) => ({ row, before: known.get(row.text('agent') ?? ''), person: personOf(row, known, units) }));
    checkLogins(read, people);
    checkAdministrators(read, people);
    const planned = read.map(({ row, before, person }): Planned & { readonly person: Person } => ({
      ...{ line: row.line, change: changeOf(before, person), person },
      shown: [person.agent, person.name, person.unit, person.roles.join(' '), skillText(person)],
    }));
    const of = (change: Change) => planned.filter((one) => one.change === change).map(({ person }) => person);
    const fresh = of('fresh');
    return {
      rows: planned,
      notes:
        fresh.length === 0
          ? []
          : [
              both(
                `${fresh.length} 个新账号还没有密码：由管理员逐个设置后才能登录`,
                `${fresh.length} new accounts have no password: they sign in once an administrator has set one`,
              ),
            ],
      apply: () => writePeople(house.db, fresh, of('changed'), house.now()),
    };
  },
};

function personOf(row: TableCells<Column>, known: ReadonlyMap<string, PersonRow>, units: readonly UnitRow[]): Person {
  const agent = row.required('agent');
  const before = known.get(agent);
  const name = row.required('name');
  const unitText = row.required('unit');
  const unit = unitOf(unitText, units);
  if (unit === undefined && unitText !== '')
    row.fault('unit', both('先在组织中建立这个部门，或改用已有的编号', 'add the unit first, or use the id of one that is there'));
  const roles = row.read('roles', rolesIn) ?? before?.roles ?? ['agent'];
  const login = (row.text('login') ?? before?.login ?? agent).toLowerCase();
  const skills = row.read('skills', skillsIn) ?? before?.skills ?? {};
  const active = row.read('active', (text) =>
    yes.includes(text.toLowerCase()) ? true : no.includes(text.toLowerCase()) ? false : undefined,
  );
  const checked = addPersonBody.omit({ password: true }).safeParse({ agent, login, name, unit: unit ?? 'x', roles: [...roles] });
  for (const { path } of checked.error?.issues ?? []) {
    const [field] = path;
    if ((field === 'agent' || field === 'login' || field === 'name') && row.text(field) !== undefined) row.fault(field);
  }
  return { agent, login, name, unit: unit ?? '', roles: [...roles], skills, active: active ?? before?.active ?? true };
}

function unitOf(text: string, units: readonly UnitRow[]): string | undefined {
  const byName = units.filter(({ name }) => name === text);
  return units.find(({ unit }) => unit === text)?.unit ?? (byName.length === 1 ? byName[0]?.unit : undefined);
}

function rolesIn(text: string): RoleName[] | undefined {
  const found = text.split(/[、,，;；\s]+/).filter((each) => each !== '');
  const roles = found.map((each) => roleWords[each] ?? role.safeParse(each.toLowerCase()).data);
  return roles.length === 0 || roles.includes(undefined) ? undefined : [...new Set(roles as RoleName[])];
}

function skillsIn(text: string): PersonRow['skills'] | undefined {
  const pairs = text.split(/[、,，;；\s]+/).filter((each) => each !== '');
  const entries = pairs.map((pair) => /^(.{1,64})[:：=](\d)$/.exec(pair));
  if (entries.includes(null)) return undefined;
  return skillLevels.safeParse(Object.fromEntries(entries.map((match) => [match?.[1] ?? '', Number(match?.[2])]))).data;
}

const skillText = ({ skills }: Person) =>
  Object.entries(skills)
    .map(([skill, level]) => `${skill}:${level}`)
    .join(' ');

function changeOf(before: PersonRow | undefined, after: Person): Change {
  if (before === undefined) return 'fresh';
  const key = ({ login, name, unit, roles, active, skills }: Person) =>
    JSON.stringify([login, name, unit, [...roles].sort(), active, Object.entries(skills).sort()]);
  return key(before) === key(after) ? 'same' : 'changed';
}

interface ReadPerson {
  readonly row: TableCells<Column>;
  readonly person: Person;
}

/** Two people, of the table or already there, never share a login. */
function checkLogins(read: readonly ReadPerson[], people: readonly PersonRow[]): void {
  const changed = new Set(read.map(({ person }) => person.agent));
  const taken = new Map(people.filter(({ agent }) => !changed.has(agent)).map(({ login, agent }) => [login, agent]));
  for (const { row, person } of read) {
    const other = taken.get(person.login);
    if (other !== undefined && other !== person.agent)
      row.fault(
        'login',
        both(`登录名已由 ${other} 使用，换一个`, `${other} has this login: choose another`),
        both('没有人用的登录名', 'a login that nobody has'),
      );
    taken.set(person.login, person.agent);
  }
}

/** Somebody must be able to manage the accounts afterwards. */
function checkAdministrators(read: readonly ReadPerson[], people: readonly PersonRow[]): void {
  const administers = ({ active, roles }: Pick<Person, 'active' | 'roles'>) => active && roles.includes('administrator');
  const after = new Map<string, Pick<Person, 'active' | 'roles'>>(people.map((person) => [person.agent, person]));
  for (const { person } of read) after.set(person.agent, person);
  if (!people.some(administers) || [...after.values()].some(administers)) return;
  const last = read.find(({ person }) => people.some((one) => one.agent === person.agent && administers(one)));
  last?.row.fault('roles', both('至少保留一名在岗的管理员', 'keep at least one active administrator'));
}
