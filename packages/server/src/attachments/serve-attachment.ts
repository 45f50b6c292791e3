import type { FastifyReply } from 'fastify';
import type { App } from '../http/app.ts';
import type { OpenAttachment } from './attachments.ts';
import { dispositionOf } from './file-name.ts';

/**
 * Gives a file out so that no browser runs it: under the type of its content, not to be guessed at, always to be saved (an `img` shows it all the
 * same), in a sandbox without scripts, and kept by nobody on the way.
 */
export function serveAttachment(reply: FastifyReply, { name, content, bytes }: OpenAttachment): FastifyReply {
  return reply
    .header('content-disposition', dispositionOf(name, content.ending))
    .header('content-security-policy', "default-src 'none'; sandbox")
    .header('x-content-type-options', 'nosniff')
    .header('cache-control', 'private, no-store')
    .type(content.type)
    .send(bytes);
}

/** Routes that take the bytes of a file as the whole body (`application/octet-stream`), in a scope of their own. */
export async function takingFiles(outer: App, mostBytes: number, routes: (inner: App, bodyLimit: number) => void): Promise<void> {
  // A little more than is kept: what is only just too large is refused by its name.
  const bodyLimit = mostBytes + 65_536;
  await outer.register(async (inner: App) => {
    inner.addContentTypeParser('application/octet-stream', { parseAs: 'buffer', bodyLimit }, (_, body, done) => done(null, body));
    routes(inner, bodyLimit);
  });
}

/** The bytes of such a request. */
export function bytesOf(body: unknown): Buffer {
  return Buffer.isBuffer(body) ? body : Buffer.alloc(0);
}
