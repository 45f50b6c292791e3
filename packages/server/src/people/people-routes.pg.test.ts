import { testPassword, testShell } from '@threerings/testkit/shell';
import { testDatabase } from '@threerings/testkit/test-database';
import { sql } from 'kysely';
import { expect, test } from 'vitest';

const { db } = await testDatabase();
const shell = await testShell(db);
const admin = await shell.cookieOf('administrator');
const post = (url: string, body: object) => shell.request('POST', url, { as: admin, body });
const patch = (url: string, body: object) => shell.request('PATCH', url, { as: admin, body });
const refused = (answer: { body: unknown }) => (answer.body as { refused?: string }).refused;

test('units form a tree: parents come first, and a circle is refused', async () => {
  expect((await post('/api/units', { unit: 'team-2', parent: 'centre', name: '二组', position: 2 })).status).toBe(201);
  expect((await post('/api/units', { unit: 'team-1', parent: 'centre', name: '一组', position: 1 })).status).toBe(201);
  expect((await post('/api/units', { unit: 'night', parent: 'team-1', name: '夜班' })).status).toBe(201);
  const units = async () => ((await shell.request('GET', '/api/units', { as: admin })).body as { unit: string }[]).map((unit) => unit.unit);
  expect(await units()).toEqual(['centre', 'team-1', 'night', 'team-2']);

  expect(refused(await patch('/api/units/centre', { parent: 'night' }))).toBe('unit.circle');
  expect(refused(await patch('/api/units/team-1', { parent: 'team-1' }))).toBe('unit.circle');
  expect(refused(await patch('/api/units/team-1', { parent: 'nowhere' }))).toBe('unit.unknown');
  expect(refused(await post('/api/units', { unit: 'team-1', name: '又一组' }))).toBe('unit.taken');
  expect(refused(await post('/api/units', { unit: 'team-9', parent: 'nowhere', name: '九组' }))).toBe('unit.unknown');

  expect((await patch('/api/units/night', { parent: 'team-2' })).status).toBe(200);
  expect(await units()).toEqual(['centre', 'team-1', 'team-2', 'night']);
  expect((await patch('/api/units/night', { parent: null })).status).toBe(200);
  expect((await units()).toSorted()).toEqual(['centre', 'night', 'team-1', 'team-2']);
});

test('two moves that would close a circle together cannot both succeed', async () => {
  await post('/api/units', { unit: 'a', name: '甲' });
  await post('/api/units', { unit: 'b', name: '乙' });
  const answers = await Promise.all([patch('/api/units/a', { parent: 'b' }), patch('/api/units/b', { parent: 'a' })]);
  expect(answers.map((answer) => answer.status).toSorted()).toEqual([200, 409]);
});

test('an administrator adds people; number, login and unit are checked', async () => {
  const person = {
    agent: '0401',
    login: 'Zhou.Ming',
    name: '周明',
    unit: 'centre',
    roles: ['agent', 'agent'],
    password: 'a quiet afternoon',
  };
  expect((await post('/api/people', person)).status).toBe(201);
  const people = (await shell.request('GET', '/api/people', { as: admin })).body as { agent: string }[];
  expect(people.find((each) => each.agent === '0401')).toMatchObject({ login: 'zhou.ming', roles: ['agent'], active: true });
  expect(JSON.stringify(people)).not.toMatch(/scrypt/);
  expect(refused(await post('/api/people', { ...person, agent: '0402' }))).toBe('person.taken');
  expect(refused(await post('/api/people', { ...person, agent: '0402', login: 'other', unit: 'nowhere' }))).toBe('unit.unknown');
  expect(refused(await post('/api/people', { ...person, agent: '../x', login: 'other' }))).toBe('request.invalid');
  expect(refused(await post('/api/people', { ...person, agent: '0403', login: 'o3', roles: ['king'] }))).toBe('request.invalid');
});

test.each([
  ['short', 'password.too-short'],
  ['aaaaaaaaaaaa', 'password.too-common'],
  ['my-0404-login', 'password.too-common'],
  ['1234567890', 'password.too-common'],
])('the password %s is refused', async (password, code) => {
  const person = { agent: '0404', login: '0404', name: '甲', unit: 'centre', roles: [] };
  expect(refused(await post('/api/people', { ...person, password }))).toBe(code);
});

test('a change of roles ends the open sessions of the person and stands in the audit', async () => {
  const leader = await shell.cookieOf('leader');
  expect((await patch('/api/people/leader', { roles: ['agent'], name: '新名' })).status).toBe(200);
  expect((await shell.request('GET', '/api/session', { as: leader })).status).toBe(401);
  const [entry] = await shell.audit.entries(0, 1);
  expect(entry).toMatchObject({
    action: 'person.changed',
    actor: 'administrator',
    about: 'leader',
    facts: { roles: ['agent'], renamed: true },
  });
  expect(refused(await patch('/api/people/nobody', { name: 'x' }))).toBe('person.unknown');
});

test('the last active administrator can neither be disabled nor lose the role', async () => {
  expect(refused(await patch('/api/people/administrator', { active: false }))).toBe('person.last-administrator');
  expect(refused(await patch('/api/people/administrator', { roles: ['agent'] }))).toBe('person.last-administrator');
  const people = (await shell.request('GET', '/api/people', { as: admin })).body as { agent: string; active: boolean }[];
  expect(people.find((each) => each.agent === 'administrator')).toMatchObject({ active: true });
});

test('a person changes the own password only with the old one, and every session ends', async () => {
  const agent = await shell.cookieOf('agent');
  const change = (current: string, password: string) =>
    shell.request('PUT', '/api/session/password', { as: agent, body: { current, password } });
  expect(refused(await change('wrong', 'a quiet afternoon'))).toBe('password.wrong');
  expect(refused(await change(testPassword, 'short'))).toBe('password.too-short');
  expect((await change(testPassword, 'a quiet afternoon')).status).toBe(200);
  expect((await shell.request('GET', '/api/session', { as: agent })).status).toBe(401);
  const signIn = (password: string) => shell.request('POST', '/api/session', { body: { login: 'agent', password } });
  expect((await signIn(testPassword)).status).toBe(401);
  expect((await signIn('a quiet afternoon')).status).toBe(200);
});

test('an administrator sets a forgotten password', async () => {
  const set = (agent: string, password: string) => shell.request('PUT', `/api/people/${agent}/password`, { as: admin, body: { password } });
  expect((await set('reviewer', 'another afternoon')).status).toBe(200);
  expect(refused(await set('nobody', 'another afternoon'))).toBe('person.unknown');
  const answer = await shell.request('POST', '/api/session', { body: { login: 'reviewer', password: 'another afternoon' } });
  expect(answer.status).toBe(200);
});

test('the audit is read page by page and cannot be rewritten', async () => {
  const page = async (before: number) =>
    (await shell.request('GET', `/api/audit?limit=2&before=${before}`, { as: admin })).body as { entry: number }[];
  const first = await page(0);
  const second = await page(first[1]?.entry ?? 0);
  expect([...first, ...second].map((each) => each.entry)).toEqual(
    [...first, ...second].map((each) => each.entry).toSorted((a, b) => b - a),
  );
  expect(second[0]?.entry).toBeLessThan(first[1]?.entry ?? 0);
  await expect(sql`update audit set actor = 'nobody'`.execute(db)).rejects.toThrow('never changed');
  await expect(sql`delete from audit`.execute(db)).rejects.toThrow('never changed');
});
