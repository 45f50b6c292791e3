import { z } from 'zod';
import type { App } from './app.ts';

/**
 * `degraded` names what runs otherwise than it was set up although requests are served (`norms`: the live version cannot be read,
 * `telephone`: the engine is not there).
 * For load balancers, for a second start that finds the port taken, and for `threerings about`.
 */
export function healthRoutes(app: App, healthy: () => Promise<boolean>, degraded: () => readonly string[] = () => []): void {
  const health = z.object({ product: z.literal('threerings'), ok: z.boolean(), pid: z.number().int(), degraded: z.array(z.string()) });
  app.get(
    '/api/health',
    { config: { permission: 'public' }, schema: { response: { 200: health, 503: health } } },
    async (_request, reply) => {
      const ok = await healthy();
      return reply.code(ok ? 200 : 503).send({ product: 'threerings', ok, pid: process.pid, degraded: [...degraded()] });
    },
  );
}
