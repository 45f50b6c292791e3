import type { App } from './app.ts';
import type { Exposure } from './exposure.ts';

/** No inline script or style, nothing from elsewhere, never inside another page but for the chat. `wss:` is covered by 'self' (CSP 3). */
const policies = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "media-src 'self' blob:",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
];
const nobody = "frame-ancestors 'none'";

/** The page of chats may be shown by the sites that the hotline names, and its script be loaded by any: it knows nothing. */
const chatPage = '/chat';
const chatWidget = '/chat/widget.js';

export function secureHeaders(app: App, exposure: Exposure): void {
  const headers: Record<string, string> = {
    'content-security-policy': [...policies, nobody].join('; '),
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'microphone=(self), camera=(), geolocation=(), display-capture=()',
  };
  // Not with the own authority: a browser that has not yet learnt to trust it could no longer be let through.
  if (exposure.tls === 'given' || exposure.behindProxy) headers['strict-transport-security'] = 'max-age=31536000';
  const embeddable = [...policies, `frame-ancestors ${["'self'", ...(exposure.embedders ?? [])].join(' ')}`].join('; ');
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(headers);
    const [page] = request.url.split('?');
    if (page === chatPage) reply.removeHeader('x-frame-options').header('content-security-policy', embeddable);
    if (page === chatWidget) reply.header('cross-origin-resource-policy', 'cross-origin');
    if (request.url.startsWith('/api/')) reply.header('cache-control', 'no-store');
  });
}
