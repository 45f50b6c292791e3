import type { RoleName } from '@threerings/core/wire/session';
import { role } from '@threerings/core/wire/session';
import { demoFeature } from '@threerings/server/demo/demo-routes';
import { openShell, type Shell, type ShellParts } from '@threerings/server/http/shell';
import { hashPublishedPassword } from '@threerings/server/session/password';
import type { Database } from '@threerings/server/store/database';
import pino from 'pino';
import { afterAll } from 'vitest';

export interface TestShell extends Shell {
  /** sets the clock that sessions and locks see, ms since the epoch */
  readonly clock: { now: number };
  readonly origin: string;
  /** one person for each role: agent number and login = the role's name */
  readonly cookieOf: (who: RoleName) => Promise<Credentials>;
  readonly request: (method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', url: string, options?: RequestOptions) => Promise<TestAnswer>;
}

export interface Credentials {
  readonly cookie: string;
  readonly csrf: string;
}

export interface RequestOptions {
  readonly as?: Credentials | undefined;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface TestAnswer {
  readonly status: number;
  readonly body: unknown;
  readonly headers: Readonly<Record<string, unknown>>;
}

export const testPassword = 'three rings 三声';
const host = 'localhost:8080';

/** The whole shell on a migrated database with a person of each role in unit `centre`, not listening. */
export async function testShell(db: Database, overrides: Partial<ShellParts> = {}): Promise<TestShell> {
  const clock = { now: Date.UTC(2026, 8, 30, 8) };
  const shell = await openShell({
    db,
    demo: true,
    hotline: { id: 'test', name: '测试热线', number: '12333' },
    log: pino({ level: 'silent' }),
    now: () => clock.now,
    callerKey: Buffer.alloc(32, 7),
    exposure: { scheme: 'http', tls: 'none', behindProxy: false, hosts: ['localhost', '127.0.0.1'] },
    healthy: async () => true,
    features: () => [demoFeature],
    ...overrides,
  });
  afterAll(() => shell.close());
  await seed(shell, clock.now);
  const origin = `http://${host}`;
  const request: TestShell['request'] = async (method, url, { as, body, headers } = {}) => {
    const answer = await shell.app.inject({
      method,
      url,
      headers: { host, ...(method === 'GET' ? {} : { origin }), ...(as && { cookie: as.cookie, 'x-csrf-token': as.csrf }), ...headers },
      ...(body === undefined ? {} : { payload: body as object }),
    });
    const isJson = String(answer.headers['content-type']).includes('json');
    return { status: answer.statusCode, body: isJson ? answer.json() : answer.body, headers: answer.headers };
  };
  return { ...shell, clock, origin, request, cookieOf: (who) => credentials(shell, who) };
}

async function seed(shell: Shell, at: number): Promise<void> {
  await shell.people.addUnit({ unit: 'centre', name: '中心', position: 0 });
  const passwordHash = await hashPublishedPassword(testPassword);
  for (const each of role.options)
    await shell.people.addPerson({ agent: each, login: each, name: each, unit: 'centre', roles: [each], passwordHash }, at);
}

async function credentials(shell: Shell, who: RoleName): Promise<Credentials> {
  const token = await shell.sessions.open(who);
  const signedIn = await shell.sessions.find(token);
  if (signedIn === undefined) throw new Error(`no session for ${who}`);
  return { cookie: `threerings=${token}`, csrf: signedIn.csrf };
}
