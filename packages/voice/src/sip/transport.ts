/**
 * The network as the layers above see it. `sockets.ts` implements it on UDP and TCP, `simulation/network.ts` in memory
 * with loss, duplication and reordering.
 */

export type Transport = 'UDP' | 'TCP';

/** Where a message came from. `connection` names the TCP connection, so that an answer goes back on it. */
export interface Origin {
  readonly transport: Transport;
  readonly address: string;
  readonly port: number;
  readonly connection?: number;
}

/** Where a message goes. `host` may be a name; `connection`, while it is open, wins over host and port. */
export interface Destination {
  readonly transport: Transport;
  /** IPv4, IPv6 without brackets, or a domain name */
  readonly host: string;
  readonly port: number;
  readonly connection?: number;
}

export interface Receiver {
  /** One whole message: a datagram, or a frame of a stream with its Content-Length honoured. */
  received(bytes: Buffer, origin: Origin): void;
  /** A send that failed later than its call: name not found, connection refused, buffer full, connection lost. */
  failed(destination: Destination, reason: string): void;
}

export interface Network {
  /** What stands in Via and Contact: the address peers reach us at. */
  readonly advertised: { readonly host: string; readonly port: number };
  /** Never throws; a failure is told to the receiver, later than this call returns. */
  send(bytes: Buffer, destination: Destination): void;
  /** Called once, before the first send. */
  attach(receiver: Receiver): void;
}

/** UDP loses messages, so its transactions repeat them. */
export function isReliable(transport: Transport): boolean {
  return transport === 'TCP';
}
