import { isIP } from 'node:net';
import path from 'node:path';
import type { Kind } from './option.ts';

export interface PortRange {
  readonly first: number;
  readonly last: number;
}

/** Text without control characters; they would break the line that names it. */
export function text(max: number): Kind<string> {
  return {
    expects: `1–${max} characters`,
    placeholder: 'TEXT',
    parse: (found) => (found.length >= 1 && found.length <= max && !/\p{Cc}/u.test(found) ? found : undefined),
  };
}

export function integer(min: number, max: number): Kind<number> {
  return {
    expects: `a whole number from ${min} to ${max}`,
    placeholder: 'N',
    parse: (found) => (/^\d{1,15}$/.test(found) && Number(found) >= min && Number(found) <= max ? Number(found) : undefined),
  };
}

/** 0 = any free port */
export const port: Kind<number> = { ...integer(0, 65535), expects: 'a port from 0 to 65535 (0 = any free one)', placeholder: 'PORT' };

/** RFC 3550 section 11 wants an even RTP port with RTCP above it: the range holds at least one such pair. */
export const portRange: Kind<PortRange> = {
  expects: 'two ports FIRST-LAST from 1024 to 65535, at least two apart, for example 40000-40999',
  placeholder: 'FIRST-LAST',
  parse(found) {
    const [, a, b] = /^(\d{4,5})-(\d{4,5})$/.exec(found) ?? [];
    const [first, last] = [Number(a), Number(b)];
    return first >= 1024 && last <= 65535 && last - first >= 2 ? { first, last } : undefined;
  },
};

const unitMs: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000 };

/** Milliseconds. */
export function duration(minMs: number, maxMs: number): Kind<number> {
  const seconds = (ms: number) => `${ms / 1000}s`;
  return {
    expects: `a duration such as 30s, 5m or 2h, from ${seconds(minMs)} to ${seconds(maxMs)}`,
    placeholder: 'DURATION',
    parse(found) {
      const [, count, unit] = /^(\d{1,9})([smh])$/.exec(found) ?? [];
      const ms = Number(count) * (unitMs[unit ?? ''] ?? Number.NaN);
      return ms >= minMs && ms <= maxMs ? ms : undefined;
    },
  };
}

/** Absolute from here on: a later change of the working directory must not move it. */
function place(expects: string, placeholder: string): Kind<string> {
  return { expects, placeholder, parse: (found) => (found.length > 0 && !found.includes('\0') ? path.resolve(found) : undefined) };
}
export const folder = place('a folder', 'DIR');
export const file = place('a file', 'FILE');

export function choice<const T extends string>(...of: readonly T[]): Kind<T> {
  return { expects: `one of ${of.join(', ')}`, placeholder: of.join('|'), parse: (found) => of.find((each) => each === found) };
}

const yes = ['true', '1', 'yes', 'on', ''];
const no = ['false', '0', 'no', 'off'];

/** `--name` and `--no-name`; in the environment also true/false, yes/no, on/off, 1/0 */
export const yesNo: Kind<boolean> = {
  expects: 'true or false',
  parse: (found) => (yes.includes(found) ? true : no.includes(found) ? false : undefined),
};

const hostName = /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$/;
const ipv6 = /^[0-9a-f:.]{2,45}$/;

function isHost(found: string): boolean {
  return hostName.test(found) || (found.includes(':') && ipv6.test(found));
}

export const host: Kind<string> = {
  expects: 'a host name or an IP address without port',
  placeholder: 'HOST',
  parse: (found) => (isHost(found.toLowerCase()) ? found.toLowerCase() : undefined),
};

export const ipAddress: Kind<string> = {
  expects: 'an IP address',
  placeholder: 'ADDRESS',
  parse: (found) => (isIP(found) > 0 ? found : undefined),
};

export const hosts: Kind<readonly string[]> = {
  expects: 'up to 32 host names or IP addresses, separated by commas',
  placeholder: 'HOST,…',
  parse(found) {
    const names = found.split(',').map((each) => each.trim().toLowerCase());
    return names.length <= 32 && names.every(isHost) ? names : undefined;
  },
};

/** Web origins without a path: pages of these sites may show the chat in a frame. */
export const origins: Kind<readonly string[]> = {
  expects: 'up to 32 origins such as https://www.example.org, separated by commas',
  placeholder: 'ORIGIN,…',
  parse(found) {
    const given = found.split(',').map((each) => each.trim().toLowerCase());
    const isOrigin = (each: string) => /^https?:\/\//.test(each) && URL.canParse(each) && new URL(each).origin === each;
    return given.length <= 32 && given.every(isOrigin) ? given : undefined;
  },
};

/** An address of a service that is spoken to; a path and a query may follow. */
export const serviceUrl: Kind<string> = {
  expects: 'an address such as ws://127.0.0.1:10095 or https://host/path, without user and password',
  placeholder: 'URL',
  parse(found) {
    if (!URL.canParse(found)) return undefined;
    const { protocol, username, password } = new URL(found);
    return /^(ws|http)s?:$/.test(protocol) && username === '' && password === '' ? found : undefined;
  },
};

export const postgresUrl: Kind<string> = {
  expects: 'postgres://user:password@host:port/database',
  placeholder: 'URL',
  parse: (found) => (/^postgres(ql)?:$/.test(URL.canParse(found) ? new URL(found).protocol : '') ? found : undefined),
};
