import dgram from 'node:dgram';
import { isIPv6 } from 'node:net';

/** Where RTP sockets are bound. `first` 0 lets the system choose (tests); otherwise even ports from `first` to `last`. */
export interface PortRange {
  readonly address: string;
  readonly first: number;
  readonly last: number;
}

/** Somebody else may take a port between its two binds. */
const ANYWHERE_TRIES = 5;

/** Hands out bound UDP sockets on even ports; the odd ones stay free for the far end's RTCP (RFC 3550 §11). */
export class PortPool {
  private readonly range: PortRange;
  private readonly taken = new Set<number>();
  private next: number;

  constructor(range: PortRange) {
    this.range = range;
    this.next = range.first + (range.first % 2);
  }

  get inUse(): number {
    return this.taken.size;
  }

  /** A bound socket, or undefined when every port of the range is taken by us or by others. */
  async open(): Promise<dgram.Socket | undefined> {
    if (this.range.first === 0) return bindAnywhere(this.range.address);
    const tries = Math.floor((this.range.last - this.range.first) / 2) + 1;
    for (let i = 0; i < tries; i++) {
      const port = this.advance();
      if (this.taken.has(port)) continue;
      this.taken.add(port);
      const socket = await bind(this.range.address, port);
      if (socket !== undefined) {
        socket.once('close', () => this.taken.delete(port));
        return socket;
      }
      this.taken.delete(port);
    }
    return undefined;
  }

  /** The port above that of an audio socket, for its reports (RFC 3550 §11), or undefined where another program has it. */
  openAbove(port: number): Promise<dgram.Socket | undefined> {
    return bind(this.range.address, port + 1);
  }

  // Round robin: a port that was just freed still gets late packets of its old call.
  private advance(): number {
    const port = this.next;
    this.next = port + 2 > this.range.last ? this.range.first + (this.range.first % 2) : port + 2;
    return port;
  }
}

/** A port that the system chose is bound by its number, because Linux gives up any other one when a socket is disconnected. */
async function bindAnywhere(address: string): Promise<dgram.Socket | undefined> {
  for (let tries = 0; tries < ANYWHERE_TRIES; tries++) {
    const chosen = await bind(address, 0);
    if (chosen === undefined) return undefined;
    const { port } = chosen.address();
    await new Promise<void>((resolve) => chosen.close(resolve));
    const socket = await bind(address, port);
    if (socket !== undefined) return socket;
  }
  return undefined;
}

function bind(address: string, port: number): Promise<dgram.Socket | undefined> {
  // An address from SDP is numeric and a send must not wait for a resolver, which would cost a turn of the loop per packet.
  const family = isIPv6(address) ? 6 : 4;
  const lookup = (host: string, _family: unknown, done: (error: null, address: string, family: number) => void) => done(null, host, family);
  const socket = dgram.createSocket({ type: family === 6 ? 'udp6' : 'udp4', lookup: lookup as never });
  return new Promise((resolve) => {
    socket.once('error', () => {
      socket.close();
      resolve(undefined);
    });
    socket.bind({ address, port, exclusive: true }, () => {
      socket.removeAllListeners('error');
      resolve(socket);
    });
  });
}
