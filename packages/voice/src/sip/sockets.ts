/** UDP and TCP on one port. Connections are reused in both directions, closed when idle, and dropped when a peer does not read. */

import dgram from 'node:dgram';
import net, { isIPv6 } from 'node:net';
import { type Frames, StreamFramer } from './framing.ts';
import type { Destination, Network, Receiver } from './transport.ts';

export interface SocketOptions {
  /** IP address to bind. */
  readonly address: string;
  /** 0 = any that is free for both. */
  readonly port: number;
  /** Host that peers reach us at; default `address`. */
  readonly advertised?: string;
  /** A message on a stream that is not complete after so many ms ends its connection; default 10,000. */
  readonly messageMs?: number;
}

/** A quiet connection is closed; phones keep theirs with a ping every two minutes (RFC 5626). */
const IDLE_MS = 180_000;
const CONNECT_MS = 5_000;
/** What may wait for a peer that reads slowly: some hundred messages. */
const MAX_WAITING_BYTES = 262_144;
const MAX_CONNECTIONS = 2_000;
/** One address must not take them all: a proxy needs a few, a NAT full of telephones some dozens. */
const MAX_CONNECTIONS_PER_ADDRESS = 200;
/** Whoever sends a message byte by byte holds a connection and its buffer. */
const MESSAGE_MS = 10_000;
const PORT_ATTEMPTS = 20;
const PONG = Buffer.from('\r\n');

interface Connection {
  readonly id: number;
  readonly socket: net.Socket;
  /** `address port` of the peer, by which later messages find the connection. */
  readonly peer: string;
  /** What was sent on a connection that we opened: told as failed when it breaks. */
  readonly sentTo: Map<string, Destination> | undefined;
}

export class Sockets implements Network {
  readonly bound: { readonly address: string; readonly port: number };
  readonly advertised: { readonly host: string; readonly port: number };
  readonly #udp: dgram.Socket;
  readonly #server: net.Server;
  readonly #connections = new Map<number, Connection>();
  readonly #byPeer = new Map<string, Connection>();
  /** Accepted connections by address. */
  readonly #accepts = new Map<string, number>();
  readonly #messageMs: number;
  #receiver: Receiver | undefined;
  #lastId = 0;
  #closed = false;

  private constructor(options: SocketOptions, udp: dgram.Socket, server: net.Server) {
    const { address, port } = udp.address();
    this.#udp = udp;
    this.#server = server;
    this.#messageMs = options.messageMs ?? MESSAGE_MS;
    this.bound = Object.freeze({ address, port });
    this.advertised = Object.freeze({ host: options.advertised ?? options.address, port });
    udp.on('message', (bytes, from) => {
      this.#receiver?.received(bytes, { transport: 'UDP', address: plain(from.address), port: from.port });
    });
    // An ICMP answer to something sent earlier: the transaction's own timers deal with silence.
    udp.on('error', () => {});
    server.on('connection', (socket) => this.#accepted(socket));
    server.on('error', () => {});
  }

  /** Rejects with Node's error when the address cannot be bound. */
  static async open(options: SocketOptions): Promise<Sockets> {
    for (let attempt = 1; ; attempt += 1) {
      const udp = await bindUdp(options);
      try {
        return new Sockets(options, udp, await listenTcp(options.address, udp.address().port));
      } catch (error) {
        await new Promise<void>((resolve) => udp.close(resolve));
        // Port 0 found a UDP port whose TCP twin is taken: another one will do.
        if (options.port !== 0 || attempt >= PORT_ATTEMPTS) throw error;
      }
    }
  }

  attach(receiver: Receiver): void {
    this.#receiver = receiver;
  }

  send(bytes: Buffer, destination: Destination): void {
    if (this.#closed) return;
    if (destination.transport === 'TCP') this.#sendStream(bytes, destination);
    else {
      this.#udp.send(bytes, destination.port, destination.host, (error) => {
        if (error) this.#receiver?.failed(destination, error.message);
      });
    }
  }

  async close(): Promise<void> {
    // Datagrams of this turn leave in the next one, after their address was looked at.
    await new Promise((resolve) => setImmediate(resolve));
    this.#closed = true;
    const done = [
      new Promise<void>((resolve) => this.#udp.close(resolve)),
      new Promise<void>((resolve) => this.#server.close(() => resolve())),
    ];
    for (const { socket } of this.#connections.values()) {
      socket.destroySoon();
      socket.setTimeout(100, () => socket.destroy());
    }
    await Promise.all(done);
  }

  #accepted(socket: net.Socket): void {
    const address = plain(socket.remoteAddress ?? '');
    const before = this.#accepts.get(address) ?? 0;
    if (this.#connections.size >= MAX_CONNECTIONS || before >= MAX_CONNECTIONS_PER_ADDRESS) {
      socket.destroy();
      return;
    }
    this.#accepts.set(address, before + 1);
    socket.once('close', () => this.#left(address));
    this.#adopt(socket, peerKey(address, socket.remotePort ?? 0), undefined);
  }

  #left(address: string): void {
    const count = (this.#accepts.get(address) ?? 1) - 1;
    if (count === 0) this.#accepts.delete(address);
    else this.#accepts.set(address, count);
  }

  #adopt(socket: net.Socket, peer: string, sentTo: Map<string, Destination> | undefined): Connection {
    this.#lastId += 1;
    const connection: Connection = { id: this.#lastId, socket, peer, sentTo };
    const framer = new StreamFramer();
    this.#connections.set(connection.id, connection);
    this.#byPeer.set(peer, connection);
    socket.setNoDelay(true);
    let deadline: NodeJS.Timeout | undefined;
    socket.on('data', (chunk) => {
      const frames = framer.push(chunk);
      if (!framer.pending || frames.messages.length > 0) {
        clearTimeout(deadline);
        deadline = undefined;
      }
      if (framer.pending) deadline ??= setTimeout(() => socket.destroy(), this.#messageMs);
      this.#framed(connection, frames);
    });
    socket.once('close', () => clearTimeout(deadline));
    socket.on('error', (error) => this.#broke(connection, error.message));
    socket.on('close', () => this.#forget(connection));
    socket.setTimeout(socket.connecting ? CONNECT_MS : IDLE_MS, () => {
      if (socket.connecting) this.#broke(connection, 'connecting timed out');
      socket.destroy();
    });
    socket.once('connect', () => socket.setTimeout(IDLE_MS));
    return connection;
  }

  #framed(connection: Connection, frames: Frames): void {
    const { socket } = connection;
    const { remoteAddress, remotePort } = socket;
    if (frames.ping) socket.write(PONG);
    for (const message of frames.messages) {
      if (remoteAddress === undefined || remotePort === undefined) return;
      this.#receiver?.received(message, { transport: 'TCP', address: plain(remoteAddress), port: remotePort, connection: connection.id });
    }
    if (frames.broken !== undefined) socket.destroySoon();
  }

  #sendStream(bytes: Buffer, destination: Destination): void {
    const connection = this.#connectionTo(destination);
    if (connection.socket.writableLength + bytes.length > MAX_WAITING_BYTES) {
      this.#broke(connection, 'the peer does not read');
      connection.socket.destroy();
      return;
    }
    connection.sentTo?.set(JSON.stringify(destination), destination);
    connection.socket.write(bytes);
  }

  #connectionTo(destination: Destination): Connection {
    const named = destination.connection === undefined ? undefined : this.#connections.get(destination.connection);
    const known = named ?? this.#byPeer.get(peerKey(destination.host, destination.port));
    if (known?.socket.writable) return known;
    const socket = net.connect({ host: destination.host, port: destination.port });
    return this.#adopt(socket, peerKey(destination.host, destination.port), new Map());
  }

  /** Told later than the call that sent, as the contract says, also when the cause shows at once. */
  #broke(connection: Connection, reason: string): void {
    const lost = [...(connection.sentTo?.values() ?? [])];
    connection.sentTo?.clear();
    this.#forget(connection);
    if (this.#closed) return;
    setImmediate(() => {
      for (const destination of lost) this.#receiver?.failed(destination, reason);
    });
  }

  #forget(connection: Connection): void {
    this.#connections.delete(connection.id);
    if (this.#byPeer.get(connection.peer) === connection) this.#byPeer.delete(connection.peer);
  }
}

function peerKey(host: string, port: number): string {
  return `${host} ${port}`;
}

/** IPv4 as a dual-stack socket shows it (`::ffff:192.0.2.1`) → IPv4. */
function plain(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, '');
}

function bindUdp({ address, port }: SocketOptions): Promise<dgram.Socket> {
  const socket = dgram.createSocket(isIPv6(address) ? 'udp6' : 'udp4');
  return new Promise((resolve, reject) => {
    socket.once('error', (error) => {
      socket.close();
      reject(error);
    });
    socket.bind(port, address, () => {
      socket.removeAllListeners('error');
      resolve(socket);
    });
  });
}

function listenTcp(address: string, port: number): Promise<net.Server> {
  const server = net.createServer();
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, address, () => {
      server.removeAllListeners('error');
      resolve(server);
    });
  });
}
