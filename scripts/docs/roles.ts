import { permissions, permissionsOf } from '@threerings/core/people/permissions';
import { role } from '@threerings/core/wire/session';
import { aboutFeature } from '@threerings/server/about/about-routes';
import { hotlinePart } from '@threerings/server/composition/hotline-part';
import { readConfig } from '@threerings/server/config';
import { demoFeature } from '@threerings/server/demo/demo-routes';
import { actors, mayUse, roleMatrixMarkdown } from '@threerings/server/http/route-access';
import { openShell } from '@threerings/server/http/shell';
import { openDatabase } from '@threerings/server/store/database';
import pino from 'pino';
import { page, table } from './table.ts';

/** Who may do what: permissions by role, then every route and live topic of the product as it is put together. */
export async function rolesPage(): Promise<string> {
  const { routes, topics } = await assembled();
  const rows = Object.entries(permissions).map(([name, { zh, en }]) => [
    `\`${name}\``,
    zh,
    en,
    ...role.options.map((each) => (permissionsOf[each].some((permission) => permission === name) ? '✓' : '')),
  ]);
  const live = topics.map(({ topic, permission }) => [
    `\`${topic}\``,
    [permission].flat().join(' or '),
    ...actors.map((actor) => (mayUse(permission, actor === 'anonymous' ? undefined : [actor]) ? '✓' : '')),
  ]);
  return page('Roles', 'packages/core/src/people/permissions.ts and the routes as they are registered', [
    'The roles of one person add up; no role implies another. A route or topic without a permission cannot be added.',
    '',
    '## Permissions',
    '',
    table(['permission', '中文', 'English', ...role.options], rows),
    '',
    '## Routes',
    '',
    '`/authority.pem` is added, for everybody, where the server uses its own certificate authority; the demo accounts are listed in demo mode only.',
    'Whose calls a person sees or hears is narrowed further by organisation unit (`packages/server/src/interactions/sight.ts`).',
    '',
    roleMatrixMarkdown(routes).trimEnd(),
    '',
    '## Live topics',
    '',
    table(['topic', 'permission', ...actors], live),
  ]);
}

/** The HTTP side of the product, put together as `main.ts` does, over a database that is never reached. */
async function assembled() {
  const config = readConfig(new Map(), {});
  if (!config.ok) throw new Error(config.message);
  const url = 'postgres://nobody@localhost:1/nowhere';
  const db = openDatabase(url);
  const log = pino({ level: 'silent' });
  const store = { db, url, masterKey: Buffer.alloc(32), how: 'none', migrated: [], lost: new Promise<string>(() => {}) };
  const now = () => 0;
  const shell = await openShell({
    db,
    demo: true,
    hotline: { id: 'none', name: '', number: '' },
    log,
    now,
    callerKey: Buffer.alloc(32),
    exposure: { scheme: 'http', tls: 'none', behindProxy: false, hosts: ['localhost'] },
    healthy: async () => true,
    features: (of) => {
      const part = hotlinePart({ form: 'demo', config: config.value, store, shell: of, log, now });
      return [demoFeature, aboutFeature, ...(part.features ?? [])];
    },
  });
  const found = { routes: [...shell.routes], topics: shell.live.access };
  await shell.close();
  await db.destroy();
  return found;
}
