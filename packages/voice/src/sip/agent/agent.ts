/** The user agent: admits calls, finds the dialog of every request, dials. */

import type { Address } from '../address.ts';
import type { Clock, Randomness } from '../clock.ts';
import { dialogKey } from '../dialog.ts';
import { NO_PARAMS } from '../lexical.ts';
import { type SipRequest, tagOf } from '../message.ts';
import { Registrar } from '../registrar/registrar.ts';
import { buildResponse } from '../response.ts';
import { type ServerTransaction, TransactionLayer, type TransactionUser } from '../transaction/layer.ts';
import type { Network, Transport } from '../transport.ts';
import { escapeUser, parseUri, printHost } from '../uri.ts';
import type {
  Call,
  CallListener,
  DialRefusal,
  DialRequest,
  Note,
  PhoneAccounts,
  Registration,
  RegistrationOrder,
  RegistrationState,
  Source,
  UserAgentHandlers,
  UserAgentLimits,
} from '../user-agent.ts';
import { ACCEPT, ALLOW, CallRate, type Refusal, refuseRequest, refuseSession } from './admission.ts';
import { ArrivedCall } from './arrived-call.ts';
import { planDial, planRegistration } from './dial-plan.ts';
import { DialledCall } from './dialled-call.ts';
import { type DialogMember, type Services, Unfinished } from './services.ts';
import { TrunkRegistration } from './trunk-registration.ts';

export interface AgentOptions {
  readonly network: Network;
  readonly clock: Clock;
  readonly random: Randomness;
  /** User part of our Contact and of the From of calls without `from`. */
  readonly user: string;
  readonly limits: UserAgentLimits;
  /** absent: REGISTER is answered 405 */
  readonly phones?: PhoneAccounts;
}

const RETRY = { name: 'retry-after', value: '5' };
/** Methods that mean something only inside a dialog. */
const IN_DIALOG: ReadonlySet<string> = new Set(['BYE', 'UPDATE', 'INFO', 'PRACK', 'NOTIFY', 'REFER']);

export class Agent implements TransactionUser {
  readonly #options: AgentOptions;
  readonly #handlers: UserAgentHandlers;
  readonly #layer: TransactionLayer;
  readonly #services: Services;
  readonly #rate: CallRate;
  readonly #calls = new Set<ArrivedCall | DialledCall>();
  /** Arrived calls by the server transaction of their INVITE, for CANCEL. */
  readonly #arrived = new Map<ServerTransaction, ArrivedCall>();
  /** INVITEs in progress by Call-ID, From tag and CSeq: the same by another path is a loop (RFC 3261 §8.2.2.2). */
  readonly #seen = new Set<string>();
  readonly #registrar: Registrar | undefined;
  readonly #registrations = new Set<TrunkRegistration>();
  #draining = false;

  constructor(options: AgentOptions, handlers: UserAgentHandlers) {
    const { network, random, limits } = options;
    const clock = this.#guarded(options.clock);
    this.#options = { ...options, clock };
    this.#handlers = handlers;
    this.#rate = new CallRate(clock, limits.invitesPerSecondPerSource);
    this.#layer = new TransactionLayer({ network, clock, random, maxTransactions: limits.maxTransactions }, this);
    this.#registrar = options.phones && new Registrar(options.phones, clock, random, (note) => this.note(note));
    const dialogs = new Map<string, DialogMember>();
    const contact = (transport: Transport) => this.#contact(transport);
    this.#services = { layer: this.#layer, clock, random, contact, dialogs, unfinished: new Unfinished() };
    network.attach(this.#layer);
  }

  get calls(): number {
    return this.#calls.size;
  }

  /** Dialogs and transactions that are still remembered: what must come back to 0 after the last call. */
  get remembered(): number {
    return this.#services.dialogs.size + this.#layer.size;
  }

  dial(request: DialRequest, listener: CallListener): Call | DialRefusal {
    if (this.#draining) return { refused: 'draining', message: 'the agent takes no more calls' };
    const { maxCalls } = this.#options.limits;
    if (this.#calls.size >= maxCalls) return { refused: 'limit.calls', message: `${maxCalls} calls stand already` };
    const plan = this.#plan(request);
    if ('refused' in plan) return plan;
    const call: DialledCall = new DialledCall(this.#services, plan, listener, () => this.#calls.delete(call));
    this.#calls.add(call);
    call.start();
    return call;
  }

  register(order: RegistrationOrder, onState: (state: RegistrationState) => void): Registration | DialRefusal {
    if (this.#draining) return { refused: 'draining', message: 'the agent takes no more calls' };
    const plan = planRegistration(order);
    if ('refused' in plan) return plan;
    const registration = new TrunkRegistration(this.#services, plan, onState);
    this.#registrations.add(registration);
    registration.start();
    return {
      stop: () => {
        this.#registrations.delete(registration);
        registration.stop();
      },
    };
  }

  /** A telephone that registered here is called where it registered. */
  #plan(request: DialRequest): ReturnType<typeof planDial> {
    const { user, random } = this.#options;
    const home = { user, hostPort: this.#hostPort() };
    const wanted = parseUri(request.uri);
    const registrar = this.#registrar;
    if (registrar === undefined || wanted?.host !== registrar.realm.toLowerCase()) return planDial(request, home, random(8));
    const binding = registrar.find(wanted.user ?? '');
    if (binding === undefined) return { refused: 'phone.unregistered', message: `no telephone is registered as ${wanted.user ?? ''}` };
    const { proxy: _, ...direct } = request;
    return planDial({ ...direct, uri: binding.contact }, home, random(8), binding.flow);
  }

  drain(): void {
    this.#draining = true;
  }

  /** Ends every call; `done` once nothing waits for an answer, or after `waitMs`. */
  shutDown(waitMs: number, done: () => void): void {
    this.#draining = true;
    for (const call of [...this.#calls]) call.finish({ side: 'near', cause: 'shutdown', reason: 'shutdown' }, 503);
    for (const registration of this.#registrations) registration.stop();
    const finish = once(() => {
      cancel();
      for (const member of [...this.#services.dialogs.values()]) member.drop();
      this.#layer.close();
      done();
    });
    const cancel = this.#options.clock.after(waitMs, finish);
    this.#services.unfinished.whenEmpty(finish);
  }

  requested(server: ServerTransaction, invite?: ServerTransaction): void {
    const { request } = server;
    const toTag = tagOf(request.to);
    if (request.method === 'CANCEL') this.#cancelled(server, invite);
    else if (toTag !== undefined) this.#inDialog(server, toTag);
    else {
      const refusal = refuseRequest(request);
      if (refusal) this.#refuse(server, refusal);
      else this.#outOfDialog(server);
    }
  }

  acknowledged(ack: SipRequest): void {
    this.#member(ack, tagOf(ack.to) ?? '')?.acknowledged(ack);
  }

  abandoned(server: ServerTransaction, cause: 'timeout' | 'transport'): void {
    this.#arrived.get(server)?.abandoned(cause);
  }

  note(note: Note): void {
    this.#handlers.note?.(note);
  }

  /** A timer has nobody above it who would catch what a listener throws. */
  #guarded(clock: Clock): Clock {
    const guard = (act: () => void) => () => {
      try {
        act();
      } catch (error) {
        this.note({ kind: 'bug', error });
      }
    };
    return { now: () => clock.now(), after: (ms, act) => clock.after(ms, guard(act)) };
  }

  #member(request: SipRequest, toTag: string): DialogMember | undefined {
    return this.#services.dialogs.get(dialogKey(request.callId, toTag, tagOf(request.from) ?? ''));
  }

  #inDialog(server: ServerTransaction, toTag: string): void {
    const member = this.#member(server.request, toTag);
    if (member) member.requested(server);
    else this.#refuse(server, { status: 481 });
  }

  #outOfDialog(server: ServerTransaction): void {
    const { method } = server.request;
    if (method === 'INVITE') this.#invited(server);
    else if (method === 'REGISTER' && this.#registrar) this.#refuse(server, this.#registrar.register(server.request, server.origin));
    else if (method === 'OPTIONS')
      this.#refuse(server, this.#draining ? { status: 503, headers: [RETRY] } : { status: 200, headers: [ALLOW, ACCEPT] });
    else if (IN_DIALOG.has(method)) this.#refuse(server, { status: 481 });
    else this.#refuse(server, { status: 405, headers: [ALLOW] });
  }

  /** The CANCEL is answered for itself; what it does to the INVITE is the call's affair (RFC 3261 §9.2). */
  #cancelled(server: ServerTransaction, invite: ServerTransaction | undefined): void {
    const call = invite && this.#arrived.get(invite);
    const tag = call?.tag ?? this.#options.random(8);
    server.respond(buildResponse(server.request, invite ? 200 : 481, { tag }));
    call?.cancelled(server.request);
  }

  #invited(server: ServerTransaction): void {
    const { request, origin } = server;
    const mark = [request.callId, tagOf(request.from) ?? '', request.cseq.number].join(' ');
    const refusal = this.#admit(server, mark);
    if (refusal) {
      const source: Source = { transport: origin.transport, address: origin.address, port: origin.port };
      this.note({ kind: 'refused-call', source, status: refusal.status, reason: 'not admitted' });
      this.#refuse(server, refusal);
      return;
    }
    const caller = this.#registrar?.callerOf(request, origin);
    if (caller !== undefined && 'refusal' in caller) {
      this.#refuse(server, caller.refusal);
      return;
    }
    const over = () => {
      this.#calls.delete(call);
      this.#arrived.delete(server);
      this.#seen.delete(mark);
    };
    const call: ArrivedCall = new ArrivedCall(this.#services, server, over, caller?.account);
    this.#calls.add(call);
    this.#arrived.set(server, call);
    this.#seen.add(mark);
    this.#announce(call);
  }

  /** A switch that throws must not leave a caller ringing for ever. */
  #announce(call: ArrivedCall): void {
    try {
      call.listen(this.#handlers.arrived(call));
    } catch (error) {
      this.note({ kind: 'bug', error });
      call.reject(500);
    }
  }

  #admit(server: ServerTransaction, mark: string): Refusal | undefined {
    const { request, origin } = server;
    if (this.#draining) return { status: 503, headers: [RETRY] };
    if (!this.#rate.admit(origin.address)) return { status: 503, headers: [RETRY] };
    if (this.#seen.has(mark)) return { status: 482 };
    return refuseSession(request) ?? (this.#calls.size >= this.#options.limits.maxCalls ? { status: 486 } : undefined);
  }

  #refuse(server: ServerTransaction, { status, headers }: Refusal): void {
    const parts = headers === undefined ? {} : { headers };
    server.respond(buildResponse(server.request, status, { tag: this.#options.random(8), ...parts }));
  }

  #hostPort(): string {
    const { host, port } = this.#options.network.advertised;
    return `${printHost(host)}:${port}`;
  }

  #contact(transport: Transport): Address {
    const suffix = transport === 'TCP' ? ';transport=tcp' : '';
    const uri = parseUri(`sip:${escapeUser(this.#options.user)}@${this.#hostPort()}${suffix}`);
    if (uri === undefined) throw new Error('the advertised address does not make a SIP URI');
    return { uri, params: NO_PARAMS };
  }
}

function once(act: () => void): () => void {
  let done = false;
  return () => {
    if (done) return;
    done = true;
    act();
  };
}
