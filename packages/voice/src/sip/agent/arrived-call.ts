import { sdpIn } from '../body.ts';
import { dialogOfArrived } from '../dialog.ts';
import { type Header, header, headerWords, type SipRequest } from '../message.ts';
import { buildResponse, type ResponseParts } from '../response.ts';
import type { ServerTransaction } from '../transaction/layer.ts';
import { userOf } from '../uri.ts';
import type { CallListener, Ended, InboundCall, Party, ReofferOutcome, Source } from '../user-agent.ts';
import { ALLOW } from './admission.ts';
import { assertedIdentity, partyOf } from './party.ts';
import { ReliableProgress } from './reliable-progress.ts';
import { randomBelow, type Services } from './services.ts';
import { Session, type SessionOwner } from './session.ts';

/** Proxies give up on a call that rings without a word for three minutes (timer C, RFC 3261 §13.3.1.1). */
const STILL_RINGING_MS = 60_000;

type State = 'arrived' | 'accepted' | 'up' | 'ended';

/** A call from the far end, from its INVITE to its end. */
export class ArrivedCall implements InboundCall, SessionOwner {
  readonly id: string;
  readonly callId: string;
  readonly from: Party;
  readonly to: Party;
  readonly assertedIdentity?: Party;
  readonly dialled?: string;
  readonly offer?: string;
  readonly source: Source;
  readonly account?: string;
  readonly #services: Services;
  readonly #server: ServerTransaction;
  readonly #session: Session;
  readonly #tag: string;
  readonly #over: () => void;
  #listener: CallListener | undefined;
  #state: State = 'arrived';
  #how: Ended | undefined;
  #early: string | undefined;
  #cancelReminder: () => void = () => {};
  /** Where the caller demands that progress is acknowledged. */
  readonly #reliable: ReliableProgress | undefined;
  #answering = false;

  /** Sends 100. `over` is called when the call has ended. `account`: who proved to be a telephone of ours. */
  constructor(services: Services, server: ServerTransaction, over: () => void, account?: string) {
    const { request, origin } = server;
    this.#services = services;
    this.#server = server;
    this.#over = over;
    this.#tag = services.random(8);
    this.id = `in-${services.random(8)}`;
    this.callId = request.callId;
    this.from = partyOf(request.from);
    this.to = partyOf(request.to);
    const identity = assertedIdentity(request);
    const dialled = userOf(request.uri);
    const offer = sdpIn(request);
    if (identity !== undefined) this.assertedIdentity = identity;
    if (dialled !== undefined) this.dialled = dialled;
    if (offer !== undefined) this.offer = offer;
    if (account !== undefined) this.account = account;
    this.source = Object.freeze({ transport: origin.transport, address: origin.address, port: origin.port });
    server.respond(buildResponse(request, 100));
    const sequence = 1 + randomBelow(services.random, 1_000);
    if (headerWords(request, 'require').includes('100rel')) {
      const silent = () => this.finish({ side: 'failure', cause: 'no-ack' }, 504);
      this.#reliable = new ReliableProgress(services.clock, server, 1 + randomBelow(services.random, 10_000), silent);
    }
    this.#session = new Session(services, dialogOfArrived(request, origin, this.#tag, sequence), this, { dialled: false });
  }

  /** A call that the switch ended before it gave its listener is told so now. */
  listen(listener: CallListener): void {
    this.#listener = listener;
    if (this.#how) listener.ended(this.#how);
  }

  header(name: string): string | undefined {
    return header(this.#server.request, name.toLowerCase());
  }

  ring(): boolean {
    return this.#progress(180);
  }

  earlyMedia(sdp: string): boolean {
    if (this.offer === undefined) return false;
    this.#early = sdp;
    return this.#progress(183, sdp);
  }

  answer(sdp: string): boolean {
    if (this.#state !== 'arrived' || this.#answering) return false;
    this.#answering = true;
    this.#cancelReminder();
    if (this.#reliable) this.#reliable.whenAcknowledged(() => this.#accept(sdp));
    else this.#accept(sdp);
    return true;
  }

  reject(status: number, reason?: string): boolean {
    if (this.#state !== 'arrived' || !Number.isInteger(status) || status < 300 || status > 699) return false;
    this.#refuse(status, reason === undefined ? {} : { reason });
    this.#end({ side: 'near', cause: 'hung-up', status });
    return true;
  }

  hangUp(cause?: string): boolean {
    return this.finish({ side: 'near', cause: 'hung-up', ...(cause === undefined ? {} : { reason: cause }) });
  }

  /** `hangUp` with another word for the listener; `status` is what an unanswered INVITE is refused with. */
  finish(how: Ended, status = 603): boolean {
    if (this.#state === 'ended') return false;
    if (this.#state === 'arrived') this.#refuse(status, {});
    else this.#session.hangUp(how.reason);
    this.#end(how);
    return true;
  }

  reoffer(sdp: string, done: (outcome: ReofferOutcome) => void): boolean {
    return this.#state === 'up' && this.#session.reoffer(sdp, done);
  }

  /** CANCEL came for the INVITE; it is itself answered by the agent. */
  cancelled(cancel: SipRequest): void {
    if (this.#state !== 'arrived') return;
    const reason = header(cancel, 'reason');
    this.#refuse(487, {});
    this.#end({ side: 'far', cause: 'cancelled', status: 487, ...(reason === undefined ? {} : { reason }) });
  }

  /** The To tag of every response of this call, the CANCEL's included. */
  get tag(): string {
    return this.#tag;
  }

  /** The INVITE's transaction broke. */
  abandoned(cause: 'timeout' | 'transport'): void {
    if (this.#state === 'ended') return;
    this.#session.drop();
    this.#end({ side: 'failure', cause });
  }

  confirmed(sdp: string | undefined): void {
    this.#state = 'up';
    this.#listener?.answered(sdp);
  }

  reoffered(offer: string | undefined): { readonly sdp: string } | { readonly status: number } {
    return this.#listener?.reoffered(offer) ?? { status: 488 };
  }

  reanswered(sdp: string): void {
    this.#listener?.reanswered?.(sdp);
  }

  progressAcknowledged(prack: SipRequest): (() => void) | undefined {
    return this.#reliable?.acknowledged(prack);
  }

  digit(digit: string, durationMs: number): void {
    if (this.#state !== 'ended') this.#listener?.digit?.(digit, durationMs);
  }

  ended(how: Ended): void {
    // BYE before our answer (RFC 3261 §15.1.2): the INVITE still waits for its final response.
    if (this.#state === 'arrived') this.#server.respond(buildResponse(this.#server.request, 487, { tag: this.#tag }));
    this.#end(how);
  }

  #accept(sdp: string): void {
    if (this.#state !== 'arrived') return;
    this.#state = 'accepted';
    this.#session.accept(this.#server, this.#early ?? sdp, this.offer === undefined);
  }

  #progress(status: 180 | 183, sdp?: string): boolean {
    if (this.#state !== 'arrived' || this.#answering) return false;
    const contact = this.#services.contact(this.#server.origin.transport);
    const build = (more: readonly Header[]) => {
      const parts = { tag: this.#tag, contact, headers: [ALLOW, ...more], ...(sdp === undefined ? {} : { sdp }) };
      return buildResponse(this.#server.request, status, parts);
    };
    if (this.#reliable) this.#reliable.send(build);
    else this.#server.respond(build([]));
    this.#cancelReminder();
    this.#cancelReminder = this.#services.clock.after(STILL_RINGING_MS, () => this.#progress(status, sdp));
    return true;
  }

  #refuse(status: number, parts: ResponseParts): void {
    this.#reliable?.stop();
    this.#server.respond(buildResponse(this.#server.request, status, { tag: this.#tag, ...parts }));
    this.#session.drop();
  }

  #end(how: Ended): void {
    if (this.#state === 'ended') return;
    this.#state = 'ended';
    this.#cancelReminder();
    this.#reliable?.stop();
    this.#how = Object.freeze(how);
    this.#over();
    this.#listener?.ended(how);
  }
}
