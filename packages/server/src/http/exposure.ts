import { BlockList, isIP } from 'node:net';
import type { Read } from '../config/read-options.ts';
import type { Config } from '../config.ts';

/** From where a listening address can be reached. */
export type Reach = 'loopback' | 'private' | 'public';

/** How browsers reach the server: what the Host and Origin checks, the cookie and the certificate follow. */
export interface Exposure {
  readonly scheme: 'http' | 'https';
  /** `given` and `own` say where the certificate comes from */
  readonly tls: 'none' | 'given' | 'own';
  /** a reverse proxy on this machine ends TLS and tells the caller's address */
  readonly behindProxy: boolean;
  /** lower case, without port and brackets */
  readonly hosts: readonly string[];
  /** origins of other sites whose pages may show the chat in a frame */
  readonly embedders?: readonly string[] | undefined;
}

export interface Surroundings {
  readonly form: 'demo' | 'serve';
  /** addresses that `config.host` stands for; for a wildcard those of every interface */
  readonly addresses: readonly string[];
  readonly machineName: string;
}

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8);
loopback.addAddress('::1', 'ipv6');

/** RFC 1918, RFC 6598 (carrier NAT), RFC 3927, RFC 4193, RFC 4291 link-local. */
const privateNets = new BlockList();
for (const [net, prefix] of [
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['100.64.0.0', 10],
  ['169.254.0.0', 16],
] as const)
  privateNets.addSubnet(net, prefix);
privateNets.addSubnet('fc00::', 7, 'ipv6');
privateNets.addSubnet('fe80::', 10, 'ipv6');

export function reachOf(address: string): Reach {
  const bare = address.replace(/%.*$/, '');
  const family = isIP(bare) === 6 ? 'ipv6' : 'ipv4';
  if (loopback.check(bare, family)) return 'loopback';
  return privateNets.check(bare, family) ? 'private' : 'public';
}

export function isWildcard(host: string): boolean {
  return host === '0.0.0.0' || host === '::';
}

/** Decides scheme, certificate and names, or refuses in one line that names the option. */
export function planExposure(config: Config, around: Surroundings): Read<Exposure> {
  const refuse = (message: string) => ({ ok: false, message }) as const;
  const beyond = around.addresses.filter((address) => reachOf(address) !== 'loopback');
  const open = beyond.find((address) => reachOf(address) === 'public');
  if (around.form === 'demo') {
    if (beyond.length > 0)
      return refuse(`--host: expected a loopback address in demo mode, found "${config.host}": use threerings serve for a network`);
    if (reachOfHost(config.sipHost) !== 'loopback')
      return refuse(`--sip-host: expected a loopback address in demo mode, found "${config.sipHost}": use threerings serve for a network`);
  }
  if (config.behindProxy && beyond.length > 0)
    return refuse(`--host: expected a loopback address with --behind-proxy, found "${config.host}"`);
  const tls = tlsOf(config, beyond.length > 0);
  if (open !== undefined && !config.public)
    return refuse(`--host: ${open} is a public address: choose a private one, or say --public and use TLS`);
  if (open !== undefined && tls === 'none')
    return refuse(`--tls: expected a certificate for the public address ${open}, found off: give --tls-cert and --tls-key, or --tls own`);
  const hosts = new Set([...config.names, ...around.addresses.map((address) => address.replace(/%.*$/, ''))]);
  if (around.addresses.some((address) => reachOf(address) === 'loopback'))
    for (const name of ['localhost', '127.0.0.1', '::1']) hosts.add(name);
  if (beyond.length > 0) hosts.add(around.machineName.toLowerCase());
  const scheme = tls !== 'none' || config.behindProxy ? 'https' : 'http';
  return { ok: true, value: { scheme, tls, behindProxy: config.behindProxy, hosts: [...hosts], ...embeddersOf(config) } };
}

function embeddersOf({ chatOrigins }: Config): Pick<Exposure, 'embedders'> {
  return chatOrigins.length === 0 ? {} : { embedders: chatOrigins };
}

function tlsOf(config: Config, beyondLoopback: boolean): Exposure['tls'] {
  if (config.behindProxy || config.tls === 'off') return 'none';
  if (config.tlsCert !== undefined) return 'given';
  return config.tls === 'own' || beyondLoopback ? 'own' : 'none';
}

function reachOfHost(host: string): Reach {
  if (host === 'localhost') return 'loopback';
  return isIP(host) === 0 ? 'public' : reachOf(host);
}
