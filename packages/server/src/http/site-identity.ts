import type { IncomingHttpHeaders } from 'node:http';
import type { Exposure } from './exposure.ts';

/** Is the request addressed to one of our names? Otherwise a name of the attacker's could be pointed at us (DNS rebinding). */
export function hostAllowed(headers: IncomingHttpHeaders, exposure: Exposure): boolean {
  const name = hostNameOf(headers.host);
  return name !== undefined && exposure.hosts.includes(name);
}

/**
 * Did one of our own pages send it? Browsers send Origin with every request that changes something and with every
 * WebSocket; a request without it is refused, so that nothing depends on the cookie's SameSite alone.
 */
export function originAllowed(headers: IncomingHttpHeaders, exposure: Exposure): boolean {
  return headers.origin !== undefined && headers.origin.toLowerCase() === `${exposure.scheme}://${headers.host?.toLowerCase()}`;
}

/** Lower case, without port and IPv6 brackets; undefined if it is no host at all. */
export function hostNameOf(header: string | undefined): string | undefined {
  const [, ipv6, name] = /^(?:\[([0-9a-f:.]{2,45})\]|([a-z0-9.-]{1,253}))(?::\d{1,5})?$/i.exec(header ?? '') ?? [];
  return (ipv6 ?? name)?.toLowerCase();
}
