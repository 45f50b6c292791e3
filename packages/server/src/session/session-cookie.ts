import type { Exposure } from '../http/exposure.ts';
import { sessionAbsoluteMs } from './sessions.ts';

/** RFC 6265bis `__Host-`: bound to this very host, path / and TLS; browsers refuse the prefix without Secure. */
function nameOf(exposure: Exposure): string {
  return exposure.scheme === 'https' ? '__Host-threerings' : 'threerings';
}

export function tokenFromCookie(header: string | undefined, exposure: Exposure): string | undefined {
  const wanted = `${nameOf(exposure)}=`;
  const pair = (header ?? '')
    .slice(0, 4096)
    .split(';')
    .map((each) => each.trim())
    .find((each) => each.startsWith(wanted));
  const token = pair?.slice(wanted.length);
  return token !== undefined && /^[\w-]{43}$/.test(token) ? token : undefined;
}

/** `token` undefined: the cookie that deletes it. */
export function sessionCookie(token: string | undefined, exposure: Exposure): string {
  const seconds = token === undefined ? 0 : sessionAbsoluteMs / 1000;
  const secure = exposure.scheme === 'https' ? '; Secure' : '';
  return `${nameOf(exposure)}=${token ?? ''}; Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Strict${secure}`;
}
