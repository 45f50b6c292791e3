import { type Permission, permits } from '@threerings/core/people/permissions';
import type { RoleName } from '@threerings/core/wire/session';
import { role } from '@threerings/core/wire/session';
import type { App } from './app.ts';

/** Who may use a route or follow a topic: everybody, whoever is signed in, or who holds (one of) the permission(s). */
export type Access = 'public' | 'signed-in' | Permission | readonly Permission[];

declare module 'fastify' {
  interface FastifyContextConfig {
    permission?: Access;
    /** other servers call it, which send no Origin; only for routes that look at no session and prove by themselves who calls */
    fromVendors?: true;
  }
}

export interface RouteAccess {
  readonly method: string;
  readonly path: string;
  readonly permission: Access;
}

/** From now on a route without a permission cannot be added: INVARIANT every route says who may use it. */
export function recordRoutes(app: App): readonly RouteAccess[] {
  const routes: RouteAccess[] = [];
  app.addHook('onRoute', (route) => {
    const permission = route.config?.permission;
    if (permission === undefined) throw new Error(`route ${route.method} ${route.url} does not declare config.permission`);
    for (const method of [route.method].flat()) routes.push({ method, path: route.url, permission });
  });
  return routes;
}

export function mayUse(permission: Access, roles: readonly RoleName[] | undefined): boolean {
  if (permission === 'public') return true;
  if (roles === undefined) return false;
  return permission === 'signed-in' || permissionsIn(permission).some((each) => permits(roles, each));
}

function permissionsIn(access: Permission | readonly Permission[]): readonly Permission[] {
  return typeof access === 'string' ? [access] : access;
}

export type Actor = RoleName | 'anonymous';
export const actors: readonly Actor[] = ['anonymous', ...role.options];

/** Route by route who is let in, for the generated guide and for the test that tries every cell. */
export function roleMatrix(
  routes: readonly RouteAccess[],
): readonly (RouteAccess & { readonly allow: Readonly<Record<Actor, boolean>> })[] {
  return routes
    .filter((route) => route.method !== 'HEAD')
    .map((route) => {
      const cells = actors.map((actor) => [actor, mayUse(route.permission, actor === 'anonymous' ? undefined : [actor])] as const);
      return { ...route, allow: Object.fromEntries(cells) as Record<Actor, boolean> };
    });
}

export function roleMatrixMarkdown(routes: readonly RouteAccess[]): string {
  const rows = roleMatrix(routes)
    .toSorted((a, b) => a.path.localeCompare(b.path, 'en') || a.method.localeCompare(b.method, 'en'))
    .map(
      (row) =>
        `| \`${row.method} ${row.path}\` | ${[row.permission].flat().join(' or ')} | ${actors.map((actor) => (row.allow[actor] ? '✓' : '')).join(' | ')} |`,
    );
  return [`| route | permission | ${actors.join(' | ')} |`, `|---|---|${actors.map(() => '---|').join('')}`, ...rows, ''].join('\n');
}
