/** Finds or makes the transaction of every message, and runs them all on one clock and one network. */

import type { Clock, Randomness } from '../clock.ts';
import type { Refused, SipRequest, SipResponse } from '../message.ts';
import { parseMessage } from '../parse.ts';
import { printMessage } from '../print.ts';
import { buildCancel } from '../request.ts';
import { buildResponse, printRefusal, stampRequest } from '../response.ts';
import { type Destination, isReliable, type Network, type Origin, type Receiver } from '../transport.ts';
import type { Note } from '../user-agent.ts';
import { MAGIC_COOKIE, ownVia, responseDestination, type Via } from '../via.ts';
import { clientInvite } from './client-invite.ts';
import { clientRequest } from './client-request.ts';
import type { Action, Context, Input, Machine } from './machine.ts';
import { clientKey, clientKeyOf, serverKey } from './matching.ts';
import { Running } from './running.ts';
import { serverInvite } from './server-invite.ts';
import { serverRequest } from './server-request.ts';

export interface ServerTransaction {
  /** With `received` and `rport` filled in. */
  readonly request: SipRequest;
  readonly origin: Origin;
  /** Responses in their order; after a final one only repetitions of a 2xx to INVITE are sent. */
  respond(response: SipResponse): void;
}

export interface ClientTransaction {
  readonly request: SipRequest;
  readonly destination: Destination;
  /** Forgets it: no repetition and no word to the handler any more. */
  abandon(): void;
}

export interface ClientHandler {
  /** Every provisional response, the final one, and each further 2xx to an INVITE. */
  responded(response: SipResponse): void;
  /** Instead of a final response. */
  failed(cause: 'timeout' | 'transport'): void;
}

export interface TransactionUser {
  /** A new request. `invite` comes with a CANCEL: the transaction it wants to end, if there is one. */
  requested(server: ServerTransaction, invite?: ServerTransaction): void;
  /** The ACK of a 2xx; the ACK of a refusal stays in its transaction. */
  acknowledged(ack: SipRequest): void;
  /** No ACK came for a refusal, or the connection broke before an answer. */
  abandoned(server: ServerTransaction, cause: 'timeout' | 'transport'): void;
  note(note: Note): void;
}

interface Entry {
  readonly destination: Destination;
  input(input: Input): void;
  abandon(): void;
}

interface ServerEntry extends Entry {
  readonly transaction: ServerTransaction;
}

export interface LayerOptions {
  readonly network: Network;
  readonly clock: Clock;
  readonly random: Randomness;
  readonly maxTransactions: number;
}

export class TransactionLayer implements Receiver {
  readonly #options: LayerOptions;
  readonly #user: TransactionUser;
  readonly #clients = new Map<string, Entry>();
  readonly #servers = new Map<string, ServerEntry>();

  constructor(options: LayerOptions, user: TransactionUser) {
    this.#options = options;
    this.#user = user;
  }

  /** Transactions that are not over; 0 means that nothing is left to wait for. */
  get size(): number {
    return this.#clients.size + this.#servers.size;
  }

  /** INVARIANT never throws: what a peer sends can at most be dropped. */
  received(bytes: Buffer, origin: Origin): void {
    try {
      this.#receive(bytes, origin);
    } catch (error) {
      this.#user.note({ kind: 'bug', error });
    }
  }

  failed(destination: Destination, reason: string): void {
    this.#user.note({ kind: 'transport-failed', reason });
    const key = destinationKey(destination);
    for (const entry of [...this.#clients.values(), ...this.#servers.values()]) {
      if (destinationKey(entry.destination) === key) entry.input({ kind: 'transport-failed' });
    }
  }

  /** Sends a request in a transaction of its own; `build` is given the Via. */
  request(build: (via: Via) => SipRequest, destination: Destination, handler: ClientHandler): ClientTransaction {
    return this.#client(build(this.#newVia(destination)), destination, handler);
  }

  /** Sends the CANCEL of an INVITE; the INVITE's own handler is told the 487. */
  cancel(invite: ClientTransaction, reason?: string): void {
    const ignore = { responded: () => {}, failed: () => {} };
    this.#client(buildCancel(invite.request, reason), invite.destination, ignore);
  }

  /** Sends an ACK for a 2xx: no transaction, nothing is repeated but by the next 2xx. */
  acknowledge(build: (via: Via) => SipRequest, destination: Destination): SipRequest {
    const ack = build(this.#newVia(destination));
    this.resend(ack, destination);
    return ack;
  }

  resend(message: SipRequest, destination: Destination): void {
    this.#options.network.send(printMessage(message), destination);
  }

  close(): void {
    for (const entry of [...this.#clients.values(), ...this.#servers.values()]) entry.abandon();
  }

  #newVia(destination: Destination): Via {
    const { network, random } = this.#options;
    return ownVia(destination.transport, network.advertised, `${MAGIC_COOKIE}${random(12)}`);
  }

  #client(request: SipRequest, destination: Destination, handler: ClientHandler): ClientTransaction {
    const key = clientKey(request.via.params.get('branch') ?? '', request.method);
    const context = { request, reliable: isReliable(destination.transport) };
    const perform = (action: Performed) => {
      if (action.do === 'send') this.#options.network.send(printMessage(action.message), destination);
      else if (action.do === 'pass') handler.responded(action.response);
      else if (action.do === 'fail') handler.failed(action.cause);
    };
    const kind = request.method === 'INVITE' ? clientInvite : clientRequest;
    const running = this.#run(kind, context, perform, () => this.#clients.delete(key));
    this.#clients.set(key, entryOf(running, destination));
    running.begin();
    return { request, destination, abandon: () => running.abandon() };
  }

  #receive(bytes: Buffer, origin: Origin): void {
    const message = parseMessage(bytes);
    if (message.kind === 'refused') this.#refuse(message, origin);
    else if (message.kind === 'response') this.#clients.get(clientKeyOf(message))?.input({ kind: 'response', response: message });
    else this.#route(stampRequest(message, origin), origin);
  }

  #route(request: SipRequest, origin: Origin): void {
    const known = this.#servers.get(serverKey(request));
    if (known) known.input({ kind: 'request', request });
    else if (request.method === 'ACK') this.#user.acknowledged(request);
    else this.#serve(request, origin);
  }

  #refuse(refused: Refused, origin: Origin): void {
    const answer = printRefusal(refused, origin, this.#options.random(6));
    if (answer === undefined) return;
    const { transport, address, port } = origin;
    this.#user.note({ kind: 'refused-message', source: { transport, address, port }, status: refused.status, reason: refused.reason });
    const via = refused.echo?.via;
    const connection = origin.connection === undefined ? {} : { connection: origin.connection };
    this.#options.network.send(answer, via ? responseDestination(via, origin) : { transport, host: address, port, ...connection });
  }

  #serve(request: SipRequest, origin: Origin): void {
    const destination = responseDestination(request.via, origin);
    if (this.#servers.size >= this.#options.maxTransactions) {
      const busy = buildResponse(request, 503, { tag: this.#options.random(6), headers: [{ name: 'retry-after', value: '10' }] });
      this.#options.network.send(printMessage(busy), destination);
      return;
    }
    const invite = request.method === 'CANCEL' ? this.#servers.get(serverKey(request, 'INVITE')) : undefined;
    this.#user.requested(this.#server(request, origin, destination), invite?.transaction);
  }

  #server(request: SipRequest, origin: Origin, destination: Destination): ServerTransaction {
    const key = serverKey(request);
    const context = { request, reliable: isReliable(destination.transport) };
    const perform = (action: Performed) => {
      if (action.do === 'send') this.#options.network.send(printMessage(action.message), destination);
      else if (action.do === 'pass-ack') this.#user.acknowledged(action.ack);
      else if (action.do === 'fail') this.#user.abandoned(transaction, action.cause);
    };
    const kind = request.method === 'INVITE' ? serverInvite : serverRequest;
    const running = this.#run(kind, context, perform, () => this.#servers.delete(key));
    const respond = (response: SipResponse) => running.input({ kind: 'response', response });
    const transaction: ServerTransaction = { request, origin, respond };
    this.#servers.set(key, { ...entryOf(running, destination), transaction });
    running.begin();
    return transaction;
  }

  /** Timers end up here too, so that a bug in one call is a note and not the end of the process. */
  #run(machine: AnyMachine, context: Context, perform: (action: Performed) => void, over: () => void): Running<unknown> {
    const guarded = (action: Performed) => {
      try {
        perform(action);
      } catch (error) {
        this.#user.note({ kind: 'bug', error });
      }
    };
    return new Running(machine as Machine<unknown>, context, this.#options.clock, guarded, over);
  }
}

type AnyMachine = typeof clientInvite | typeof clientRequest | typeof serverInvite | typeof serverRequest;
type Performed = Exclude<Action, { do: 'start' | 'stop' }>;

function entryOf(running: Pick<Running<unknown>, 'input' | 'abandon'>, destination: Destination): Entry {
  return { destination, input: (input) => running.input(input), abandon: () => running.abandon() };
}

function destinationKey({ transport, host, port, connection }: Destination): string {
  return [transport, host, port, connection ?? ''].join(' ');
}
