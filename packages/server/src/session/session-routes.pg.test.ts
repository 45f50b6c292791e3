import { testPassword, testShell } from '@threerings/testkit/shell';
import { testDatabase } from '@threerings/testkit/test-database';
import { beforeEach, expect, test } from 'vitest';
import { sessionAbsoluteMs, sessionIdleMs } from './sessions.ts';

const { db } = await testDatabase();
const shell = await testShell(db);
beforeEach(() => {
  // Beyond every lock that an earlier test caused.
  shell.clock.now += 3_600_000;
});

const signIn = (login: string, password: string, headers = {}) =>
  shell.request('POST', '/api/session', { body: { login, password }, headers });
const cookieIn = (answer: { headers: Readonly<Record<string, unknown>> }) => String(answer.headers['set-cookie']);
const tokenCookie = (answer: { headers: Readonly<Record<string, unknown>> }) => cookieIn(answer).split(';')[0] ?? '';
const actions = async () => (await shell.audit.entries(0, 500)).map((entry) => entry.action);

test('whoever signs in is told who they are, and their browser keeps the session where no script reads it', async () => {
  const answer = await signIn('Agent', testPassword);
  expect(answer).toMatchObject({
    status: 200,
    body: { agent: 'agent', roles: ['agent'], unit: [{ id: 'centre', name: '中心' }], hotline: { number: '12333' }, demo: true },
  });
  expect(cookieIn(answer)).toMatch(/^threerings=[\w-]{43}; Path=\/; Max-Age=86400; HttpOnly; SameSite=Strict$/);
  const { csrf } = answer.body as { csrf: string };
  const as = { cookie: tokenCookie(answer), csrf };
  expect(await shell.request('GET', '/api/session', { as })).toMatchObject({ status: 200, body: { agent: 'agent', csrf } });
  const stored = await db.selectFrom('sessions').select('token_hash').execute();
  expect(stored.map((row) => row.token_hash.toString('base64url'))).not.toContain(as.cookie.slice('threerings='.length));
});

test('after signing out the session is gone, in the browser and on the server', async () => {
  const answer = await signIn('agent', testPassword);
  const as = { cookie: tokenCookie(answer), csrf: (answer.body as { csrf: string }).csrf };
  const out = await shell.request('DELETE', '/api/session', { as });
  expect(out.status).toBe(200);
  expect(cookieIn(out)).toMatch(/^threerings=; Path=\/; Max-Age=0;/);
  expect(await shell.request('GET', '/api/session', { as })).toMatchObject({ status: 401, body: { refused: 'session.none' } });
  expect((await actions()).slice(0, 2)).toEqual(['session.closed', 'session.opened']);
});

test('signing in again from the same browser ends the session it had', async () => {
  const first = await signIn('agent', testPassword);
  const second = await signIn('leader', testPassword, { cookie: tokenCookie(first) });
  expect(second.status).toBe(200);
  expect(await shell.request('GET', '/api/session', { headers: { cookie: tokenCookie(first) } })).toMatchObject({ status: 401 });
});

test('a session ends after twelve idle hours, and after a day however busy', async () => {
  const idle = await shell.cookieOf('agent');
  shell.clock.now += sessionIdleMs - 1;
  expect((await shell.request('GET', '/api/session', { as: idle })).status).toBe(200);
  shell.clock.now += sessionIdleMs;
  expect((await shell.request('GET', '/api/session', { as: idle })).status).toBe(401);

  const busy = await shell.cookieOf('agent');
  const started = shell.clock.now;
  while (shell.clock.now - started < sessionAbsoluteMs - 3_600_000) {
    shell.clock.now += 3_600_000;
    expect((await shell.request('GET', '/api/session', { as: busy })).status).toBe(200);
  }
  shell.clock.now += 3_600_000;
  expect((await shell.request('GET', '/api/session', { as: busy })).status).toBe(401);
});

test('a wrong password and an unknown login are answered alike, and the audit keeps no unknown login', async () => {
  const [wrong, unknown] = [await signIn('agent', 'not the password'), await signIn('my-secret-typed-here', 'x')];
  expect(wrong).toMatchObject({ status: 401, body: { refused: 'sign-in.refused' } });
  expect(unknown.body).toEqual(wrong.body);
  const [second, first] = await shell.audit.entries(0, 2);
  expect(first).toMatchObject({ action: 'session.refused', about: 'agent' });
  expect(second?.about).toBeUndefined();
  expect(JSON.stringify(second)).not.toContain('my-secret');
});

test.each(['agent', 'nobody-of-this-name'])(
  'five failures lock the login %s for five minutes, even for the right password',
  async (login) => {
    for (let i = 0; i < 5; i += 1) expect((await signIn(login, 'wrong')).status).toBe(401);
    const locked = await signIn(login, testPassword);
    expect(locked).toMatchObject({ status: 429, headers: { 'retry-after': '300' }, body: { refused: 'sign-in.locked' } });
    shell.clock.now += 300_000;
    expect((await signIn(login, testPassword)).status).toBe(login === 'agent' ? 200 : 401);
  },
);

test('many failures with different logins lock the address', async () => {
  for (let i = 0; i < 50; i += 1) shell.clock.now += i === 0 ? 900_000 : 0;
  const many = await Promise.all(Array.from({ length: 50 }, (_, i) => signIn(`guess-${i}`, 'wrong')));
  expect(new Set(many.map((answer) => answer.status))).toEqual(new Set([401]));
  expect((await signIn('leader', testPassword)).status).toBe(429);
}, 60_000);

test('who is no longer active cannot sign in, and an open session ends', async () => {
  const admin = await shell.cookieOf('administrator');
  const reviewer = await shell.cookieOf('reviewer');
  expect((await shell.request('PATCH', '/api/people/reviewer', { as: admin, body: { active: false } })).status).toBe(200);
  expect((await shell.request('GET', '/api/session', { as: reviewer })).status).toBe(401);
  expect((await signIn('reviewer', testPassword)).body).toMatchObject({ refused: 'sign-in.refused' });
});

test('under HTTPS the cookie is bound to the host and never travels in clear', async () => {
  const secure = await testShellUnderTls();
  const answer = await secure.app.inject({
    method: 'POST',
    url: '/api/session',
    headers: { host: 'hotline.example', origin: 'https://hotline.example' },
    payload: { login: 'agent', password: testPassword },
  });
  expect(String(answer.headers['set-cookie'])).toMatch(/^__Host-threerings=[\w-]{43}; Path=\/; .*; SameSite=Strict; Secure$/);
  expect(answer.headers['strict-transport-security']).toBe('max-age=31536000');
  await secure.close();
});

async function testShellUnderTls() {
  const { openShell } = await import('../http/shell.ts');
  const { default: pino } = await import('pino');
  return openShell({
    db,
    demo: false,
    hotline: { id: 'test', name: '测试热线', number: '12333' },
    log: pino({ level: 'silent' }),
    now: () => shell.clock.now,
    callerKey: Buffer.alloc(32),
    exposure: { scheme: 'https', tls: 'none', behindProxy: true, hosts: ['hotline.example'] },
    healthy: async () => true,
  });
}

test('the accounts are listed in demo mode and nowhere else', async () => {
  expect(await shell.request('GET', '/api/demo-accounts')).toMatchObject({
    status: 200,
    body: expect.arrayContaining([expect.objectContaining({ login: '0217' })]),
  });
  const serving = await testShellUnderTls();
  const answer = await serving.app.inject({ url: '/api/demo-accounts', headers: { host: 'hotline.example' } });
  expect(answer.statusCode).toBe(404);
  await serving.close();
});
