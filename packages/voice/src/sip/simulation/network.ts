import type { Destination, Network, Origin, Receiver, Transport } from '../transport.ts';
import type { SimulatedClock } from './clock.ts';

/** What becomes of one message: after how many ms each copy arrives; no entry = lost, two = duplicated. */
export type Fate = (bytes: Buffer, from: string, to: string) => readonly number[];

/** Every message arrives once, 10 ms later. */
export const PERFECT: Fate = () => [10];

/** UDP and TCP between hosts in memory, on a simulated clock. TCP messages arrive once and in order whatever `fate` says. */
export class SimulatedNetwork {
  readonly #clock: SimulatedClock;
  readonly #hosts = new Map<string, Receiver>();
  /** What was sent, in order: for assertions and for traces of a failing property. */
  readonly sent: { readonly at: number; readonly from: string; readonly to: string; readonly text: string }[] = [];
  fate: Fate;

  constructor(clock: SimulatedClock, fate: Fate = PERFECT) {
    this.#clock = clock;
    this.fate = fate;
  }

  /** A host with port 5060 at `address`; its network is to be attached to by one user agent. */
  host(address: string): Network {
    return {
      advertised: { host: address, port: 5060 },
      attach: (receiver) => this.#hosts.set(address, receiver),
      send: (bytes, destination) => this.#send(bytes, address, destination),
    };
  }

  /** Delivers bytes as if `from` had sent them. */
  inject(bytes: Buffer, from: string, to: string, transport: Transport = 'UDP'): void {
    this.#hosts.get(to)?.received(Buffer.from(bytes), originOf(from, transport));
  }

  #send(bytes: Buffer, from: string, destination: Destination): void {
    this.sent.push({ at: this.#clock.now(), from, to: destination.host, text: bytes.toString('utf8') });
    const copies = destination.transport === 'TCP' ? [10] : this.fate(bytes, from, destination.host);
    const receiver = this.#hosts.get(destination.host);
    if (receiver === undefined && destination.transport === 'TCP') {
      this.#clock.after(10, () => this.#hosts.get(from)?.failed(destination, `connection to ${destination.host} refused`));
      return;
    }
    const copy = Buffer.from(bytes);
    for (const delay of copies) this.#clock.after(delay, () => receiver?.received(copy, originOf(from, destination.transport)));
  }
}

function originOf(address: string, transport: Transport): Origin {
  return { transport, address, port: 5060, ...(transport === 'TCP' ? { connection: 1 } : {}) };
}
