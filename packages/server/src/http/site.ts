import fastifyStatic from '@fastify/static';
import type { App } from './app.ts';
import { refuseRequest } from './refusals.ts';

const yearMs = 365 * 24 * 3_600_000;

/** The built console. Files below assets/ carry their hash in the name and never change; every page address is index.html. */
export async function serveSite(app: App, folder: string): Promise<void> {
  await app.register(fastifyStatic, { root: folder, serve: false });
  app.get('/*', { config: { permission: 'public' } }, (request, reply) => {
    const [file = ''] = request.url.slice(1).split('?');
    if (file.startsWith('api/')) return refuseRequest(request, reply, 'route.unknown');
    if (file.startsWith('assets/')) return reply.sendFile(file, { maxAge: yearMs, immutable: true });
    // A page address has no dot in its last part; a missing file must not be answered with a page.
    if (/\.[a-z0-9]+$/i.test(file)) return reply.sendFile(file, { maxAge: 0 });
    return reply.sendFile('index.html', { maxAge: 0, cacheControl: true });
  });
}
