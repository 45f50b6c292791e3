import type { PrivateNotes } from '@threerings/core/wire/private-notes';
import { role } from '@threerings/core/wire/session';
import { mattersHouse } from '@threerings/testkit/matters';
import { testDatabase } from '@threerings/testkit/test-database';
import { expect, test } from 'vitest';
import { keepPeriods } from '../retention/retention-keeper.ts';

const database = await testDatabase();
const { db } = database;
const { shell, matters, clock } = await mattersHouse(database);
const dayMs = 86_400_000;

type Role = Parameters<typeof shell.cookieOf>[0];
async function ask<Body = never>(who: Role, method: 'GET' | 'POST' | 'PUT' | 'DELETE', url: string, body?: object) {
  const given = await shell.request(method, url, { as: await shell.cookieOf(who), body });
  return { status: given.status, body: given.body as Body, refused: (given.body as { refused?: string } | undefined)?.refused };
}
const key = { salt: 'AAAAAAAAAAAAAAAAAAAAAA==', proof: 'BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB' };
const sealed = 'Q0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0ND';

test('nobody but its writer is given a note, whatever the role, and nothing of it is in the audit', async () => {
  expect((await ask('agent', 'POST', '/api/private-notes', { note: 'n-1', sealed })).refused).toBe('private-note.no-key');
  expect((await ask('agent', 'PUT', '/api/private-notes/key', key)).status).toBe(200);
  for (const _ of [1, 2]) expect((await ask('agent', 'POST', '/api/private-notes', { note: 'n-1', sealed })).status).toBe(201);
  expect((await ask('agent', 'POST', '/api/private-notes', { note: 'n-2', sealed: '今天有点累' })).status).toBe(400);
  expect((await ask<PrivateNotes>('agent', 'GET', '/api/private-notes')).body).toEqual({
    ...{ key, days: 30, notes: [{ note: 'n-1', sealed, at: clock.now() }] },
  });
  for (const who of role.options.filter((name) => name !== 'agent')) {
    const { status, body } = await ask<Partial<PrivateNotes>>(who, 'GET', '/api/private-notes');
    if (status === 200) expect([who, body.key, body.notes]).toEqual([who, undefined, []]);
    else expect([who, status]).toEqual([who, 403]);
    await ask(who, 'DELETE', '/api/private-notes/n-1');
    await ask(who, 'POST', '/api/private-notes', { note: 'n-1', sealed });
  }
  expect((await ask<PrivateNotes>('agent', 'GET', '/api/private-notes')).body.notes).toHaveLength(1);
  const audit = await db.selectFrom('audit').selectAll().execute();
  expect(JSON.stringify(audit)).not.toMatch(/note|n-1/);
});

test('the database holds what the browser sealed, and no key that opens it', async () => {
  const stored = await db.selectFrom('private_notes').selectAll().execute();
  expect(stored).toMatchObject([{ owner: 'agent', sealed }]);
  expect(await db.selectFrom('private_keys').selectAll().execute()).toEqual([{ owner: 'agent', made_at: clock.now(), ...key }]);
  const subjects = await db.selectFrom('vault_keys').select('subject').execute();
  expect(subjects.filter(({ subject }) => subject.includes('agent') || subject.includes('note'))).toEqual([]);
});

test('a forgotten passphrase begins with nothing; notes and audit entries go when their time is over', async () => {
  const now = clock.now();
  await db
    .insertInto('private_notes')
    .values([
      { note: 'old', owner: 'agent', sealed, at: now - 31 * dayMs },
      { note: 'young', owner: 'agent', sealed, at: now - 29 * dayMs },
    ])
    .execute();
  await db
    .insertInto('audit')
    .values([
      { at: now - 366 * dayMs, action: 'old.entry', facts: '{}' },
      { at: now - 364 * dayMs, action: 'young.entry', facts: '{}' },
    ])
    .execute();
  await expect(db.deleteFrom('audit').execute()).rejects.toThrow('never changed');
  expect((await ask<PrivateNotes>('agent', 'GET', '/api/private-notes')).body.notes.map(({ note }) => note)).toEqual(['n-1', 'young']);
  await keepPeriods(matters.retention, now);
  const left = await db.selectFrom('private_notes').select('note').orderBy('note').execute();
  expect(left.map(({ note }) => note)).toEqual(['n-1', 'young']);
  const actions = (await db.selectFrom('audit').select('action').execute()).map(({ action }) => action);
  expect(actions).toContain('retention.deleted');
  expect(actions.filter((action) => action.endsWith('.entry'))).toEqual(['young.entry']);
  await ask('agent', 'PUT', '/api/private-notes/key', { ...key, salt: 'DDDDDDDDDDDDDDDDDDDDDD==' });
  expect((await ask<PrivateNotes>('agent', 'GET', '/api/private-notes')).body.notes).toEqual([]);
  expect(await db.selectFrom('private_keys').select('salt').execute()).toEqual([{ salt: 'DDDDDDDDDDDDDDDDDDDDDD==' }]);
});
