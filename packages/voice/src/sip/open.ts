import { randomBytes } from 'node:crypto';
import { isIP } from 'node:net';
import { Agent } from './agent/agent.ts';
import { performanceClock } from './clock.ts';
import { Sockets } from './sockets.ts';
import type { PhoneAccounts, UserAgent, UserAgentHandlers, UserAgentLimits } from './user-agent.ts';

export interface OpenOptions {
  /** IP address to listen on; default 127.0.0.1. */
  readonly address?: string;
  /** For UDP and TCP; 0 = any free one; default 5060. */
  readonly port?: number;
  /** Host or address that peers reach us at: needed where `address` is 0.0.0.0 or ::, or behind a NAT. */
  readonly advertised?: string;
  /** User part of our Contact; default `hotline`. */
  readonly user?: string;
  readonly limits?: Partial<UserAgentLimits>;
  /** Telephones that may register; absent: none. */
  readonly phones?: PhoneAccounts;
}

export interface OpenRefusal {
  readonly refused: 'address.invalid' | 'address.in-use' | 'address.unavailable';
  readonly message: string;
}

const DEFAULT_LIMITS: UserAgentLimits = { maxCalls: 1_000, invitesPerSecondPerSource: 50, maxTransactions: 20_000 };

/** Binds both sockets and starts to take calls. */
export async function openUserAgent(options: OpenOptions, handlers: UserAgentHandlers): Promise<UserAgent | OpenRefusal> {
  const { address = '127.0.0.1', port = 5060, advertised, user = 'hotline' } = options;
  if (isIP(address) === 0) return { refused: 'address.invalid', message: `"${address}" is not an IP address to listen on` };
  if (advertised === undefined && (address === '0.0.0.0' || address === '::')) {
    return { refused: 'address.invalid', message: `listening on ${address} needs the address that peers reach: name it` };
  }
  if (advertised !== undefined && !/^[A-Za-z0-9.:-]+$/.test(advertised)) {
    return { refused: 'address.invalid', message: `"${advertised}" is not a host or an IP address that peers could reach` };
  }
  const sockets = await bind({ address, port, ...(advertised === undefined ? {} : { advertised }) });
  if ('refused' in sockets) return sockets;
  const random = (length: number) => randomBytes(length).toString('hex');
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const phones = options.phones === undefined ? {} : { phones: options.phones };
  const agent = new Agent({ network: sockets, clock: performanceClock, random, user, limits, ...phones }, handlers);
  let closing: Promise<void> | undefined;
  const close = async (waitMs: number) => {
    await new Promise<void>((resolve) => agent.shutDown(waitMs, resolve));
    await sockets.close();
  };
  return {
    bound: sockets.bound,
    get calls() {
      return agent.calls;
    },
    dial: (request, listener) => agent.dial(request, listener),
    register: (order, onState) => agent.register(order, onState),
    drain: () => agent.drain(),
    close: (waitMs = 1_000) => {
      closing ??= close(waitMs);
      return closing;
    },
  };
}

async function bind(options: Parameters<typeof Sockets.open>[0]): Promise<Sockets | OpenRefusal> {
  try {
    return await Sockets.open(options);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    const where = `${options.address}, port ${options.port}`;
    if (code === 'EADDRINUSE') return { refused: 'address.in-use', message: `another program has ${where}: choose another port` };
    if (code === 'EACCES') return { refused: 'address.unavailable', message: `not allowed to bind ${where}: choose a port above 1023` };
    return { refused: 'address.unavailable', message: `cannot bind ${where} (${String(code ?? error)})` };
  }
}
