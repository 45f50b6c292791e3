import { refusal } from '@threerings/core/wire/refusal';
import { testShell } from '@threerings/testkit/shell';
import { testDatabase } from '@threerings/testkit/test-database';
import pino from 'pino';
import { expect, test } from 'vitest';
import { Sessions } from '../session/sessions.ts';
import { sessionsInDatabase } from '../session/sessions-read-model.ts';
import { buildApp } from './app.ts';
import { actors, roleMatrix, roleMatrixMarkdown } from './route-access.ts';

const { db } = await testDatabase();
const shell = await testShell(db);
const matrix = roleMatrix(shell.routes);
const methodOf = (method: string) => method as 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

test('the matrix holds public, signed-in and restricted routes, and every role is allowed something that another is not', () => {
  expect(new Set(matrix.map((row) => [row.permission].flat()[0]))).toEqual(new Set(['public', 'signed-in', 'users.manage', 'audit.see']));
  expect(matrix.length).toBeGreaterThan(10);
  expect(roleMatrixMarkdown(shell.routes)).toContain('| `PATCH /api/people/:agent` | users.manage |  |  |  |  |  |  | ✓ |');
});

test.each(matrix)('$method $path lets in exactly who its permission names', async ({ method, path, allow }) => {
  const url = path.replaceAll(/:\w+/g, 'nobody');
  for (const actor of actors) {
    const as = actor === 'anonymous' ? undefined : await shell.cookieOf(actor);
    const answer = await shell.request(methodOf(method), url, { as });
    const code = refusal.safeParse(answer.body).data?.refused;
    const denied = actor === 'anonymous' ? 'session.none' : 'permission.denied';
    if (allow[actor]) expect([actor, code]).not.toEqual([actor, denied]);
    else expect([actor, answer.status, code]).toEqual([actor, actor === 'anonymous' ? 401 : 403, denied]);
  }
});

test.each(matrix.filter((row) => row.method !== 'GET'))('$method $path refuses a foreign origin, and a missing csrf token', async (row) => {
  const url = row.path.replaceAll(/:\w+/g, 'nobody');
  const as = await shell.cookieOf('administrator');
  const foreign = await shell.request(methodOf(row.method), url, { as, headers: { origin: 'http://evil.example' } });
  expect(foreign).toMatchObject({ status: 403, body: { refused: 'origin.foreign' } });
  if (row.permission === 'public') return;
  const without = await shell.request(methodOf(row.method), url, { as: { cookie: as.cookie, csrf: '' } });
  expect(without).toMatchObject({ status: 403, body: { refused: 'csrf.invalid' } });
  const another = await shell.cookieOf('administrator');
  const stolen = await shell.request(methodOf(row.method), url, { as: { cookie: as.cookie, csrf: another.csrf } });
  expect(stolen).toMatchObject({ status: 403, body: { refused: 'csrf.invalid' } });
});

test('a name that was pointed at this server gets no answer, not even to an unknown address', async () => {
  for (const url of ['/api/health', '/api/session', '/nowhere', '/'])
    expect(await shell.request('GET', url, { headers: { host: 'evil.example' } })).toMatchObject({
      status: 421,
      body: { refused: 'host.unknown' },
    });
});

test('every answer carries the security headers, and what the API says is not kept', async () => {
  const { headers } = await shell.request('GET', '/api/health');
  expect(headers).toMatchObject({
    'content-security-policy': expect.stringMatching(/script-src 'self';.*frame-ancestors 'none'/),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cache-control': 'no-store',
  });
  expect(String(headers['content-security-policy'])).not.toMatch(/unsafe/);
  expect((await shell.request('GET', '/nowhere')).headers).toMatchObject({ 'x-content-type-options': 'nosniff' });
});

test('a body that is too large, no JSON, or not as declared is refused by naming what is wrong', async () => {
  const large = await shell.request('POST', '/api/session', { body: { login: 'x'.repeat(1_100_000), password: 'y' } });
  expect(large).toMatchObject({ status: 413, body: { refused: 'request.too-large' } });
  const headers = { 'content-type': 'application/json', 'accept-language': 'en' };
  const broken = await shell.app.inject({
    method: 'POST',
    url: '/api/session',
    headers: { host: 'localhost', origin: 'http://localhost', ...headers },
    payload: '{"login"',
  });
  expect(broken.json()).toMatchObject({ refused: 'request.unreadable', message: 'the request cannot be read' });
  const wrong = await shell.request('POST', '/api/session', { body: { login: 7, password: 'y' }, headers: { 'accept-language': 'en' } });
  expect(wrong).toMatchObject({
    status: 400,
    body: { refused: 'request.invalid', message: 'body/login is not as expected: missing, or not a text' },
  });
  const zh = await shell.request('POST', '/api/session', { body: { login: 'x'.repeat(300), password: 'y' } });
  expect(zh.body).toMatchObject({ message: expect.stringMatching(/^请求的“body\/login”不正确：最多 \d+ 个字$/) });
  const unknown = await shell.request('GET', '/api/health?loginn=7');
  expect(unknown).toMatchObject({ status: 400, body: { message: '请求的“querystring”不正确：没有 loginn 这样的项' } });
});

test('a route that does not say who may use it keeps the server from being built', async () => {
  const parts = {
    exposure: { scheme: 'http', tls: 'none', behindProxy: false, hosts: ['localhost'] },
    sessions: new Sessions(sessionsInDatabase(db), Date.now),
    log: pino({ level: 'silent' }),
    healthy: async () => true,
  } as const;
  const open = {
    name: 'open',
    routes: (app: { get: (path: string, handler: () => object) => unknown }) => void app.get('/api/open', () => ({})),
  };
  await expect(buildApp({ ...parts, features: [open] })).rejects.toThrow('route GET /api/open does not declare config.permission');
});

test('a failure inside a route leaves as a refusal with a number, and says nothing of what happened', async () => {
  const failing = await testShellWithFailingRoute();
  const answer = await failing.app.inject({ url: '/api/fails', headers: { host: 'localhost', 'accept-language': 'en' } });
  expect(answer.statusCode).toBe(500);
  expect(answer.json()).toMatchObject({ refused: 'server.failed', message: expect.stringMatching(/^the server failed \(request /) });
  expect(answer.body).not.toContain('secret');
  await failing.app.close();
});

function testShellWithFailingRoute() {
  return buildApp({
    exposure: { scheme: 'http', tls: 'none', behindProxy: false, hosts: ['localhost'] },
    sessions: shell.sessions,
    log: pino({ level: 'silent' }),
    healthy: async () => true,
    features: [
      {
        name: 'failing',
        routes: (app) =>
          void app.get('/api/fails', { config: { permission: 'public' } }, () => {
            throw new Error('secret of the house');
          }),
      },
    ],
  });
}

test('health follows the database', async () => {
  expect(await shell.request('GET', '/api/health')).toMatchObject({ status: 200, body: { product: 'threerings', ok: true } });
});
