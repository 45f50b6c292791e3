import type { Address } from '../address.ts';
import { sdpIn } from '../body.ts';
import { dialogOfDialled } from '../dialog.ts';
import { Authenticator } from '../digest.ts';
import { type Header, type SipRequest, type SipResponse, tagOf } from '../message.ts';
import { buildRequest } from '../request.ts';
import type { ClientTransaction } from '../transaction/layer.ts';
import { LIMIT } from '../transaction/machine.ts';
import type { Destination } from '../transport.ts';
import type { Uri } from '../uri.ts';
import type { Call, CallListener, Credentials, Ended, ReofferOutcome } from '../user-agent.ts';
import { ALLOW_DIALLING } from './admission.ts';
import type { Services } from './services.ts';
import { Session, type SessionOwner } from './session.ts';

/** A dial request whose parts were checked. */
export interface DialPlan {
  readonly uri: Uri;
  readonly routes: readonly string[];
  readonly destination: Destination;
  /** With its tag. */
  readonly from: Address;
  readonly to: Address;
  readonly sdp: string;
  readonly credentials?: Credentials;
  readonly timeoutMs: number;
  readonly headers: readonly Header[];
}

const MAX_CHALLENGES = 3;
const SILENT: SessionOwner = {
  confirmed() {},
  reoffered: () => ({ status: 481 }),
  reanswered() {},
  progressAcknowledged: () => undefined,
  digit() {},
  ended() {},
};

/** A call of ours, from its INVITE to its end. */
export class DialledCall implements Call, SessionOwner {
  readonly id: string;
  readonly callId: string;
  readonly #services: Services;
  readonly #plan: DialPlan;
  readonly #listener: CallListener;
  readonly #authenticator: Authenticator | undefined;
  readonly #over: () => void;
  /** How to acknowledge again, by the far end's tag: forks and repetitions of the 2xx. */
  readonly #accepted = new Map<string, () => void>();
  #state: 'calling' | 'up' | 'ended' = 'calling';
  #transaction: ClientTransaction | undefined;
  #session: Session | undefined;
  #sequence = 0;
  #challenges = 0;
  #heard = false;
  #cancelSent = false;
  #earlySdp: string | undefined;
  #cancelLimit: () => void = () => {};

  constructor(services: Services, plan: DialPlan, listener: CallListener, over: () => void) {
    this.#services = services;
    this.#plan = plan;
    this.#listener = listener;
    this.#over = over;
    this.id = `out-${services.random(8)}`;
    this.callId = services.random(16);
    this.#authenticator = plan.credentials ? new Authenticator(plan.credentials, services.random) : undefined;
  }

  start(): void {
    this.#cancelLimit = this.#services.clock.after(this.#plan.timeoutMs, () => this.finish({ side: 'near', cause: 'no-answer' }));
    this.#invite();
  }

  hangUp(cause?: string): boolean {
    return this.finish({ side: 'near', cause: 'hung-up', ...(cause === undefined ? {} : { reason: cause }) });
  }

  /** `hangUp` with another word for the listener. */
  finish(how: Ended): boolean {
    if (this.#state === 'ended') return false;
    if (this.#session) this.#session.hangUp(how.reason);
    else this.#cancel();
    this.#end(how);
    return true;
  }

  reoffer(sdp: string, done: (outcome: ReofferOutcome) => void): boolean {
    return this.#state === 'up' && (this.#session?.reoffer(sdp, done) ?? false);
  }

  confirmed(): void {
    // only arrived calls wait for an ACK
  }

  reoffered(offer: string | undefined): { readonly sdp: string } | { readonly status: number } {
    return this.#listener.reoffered(offer);
  }

  reanswered(sdp: string): void {
    this.#listener.reanswered?.(sdp);
  }

  progressAcknowledged(): undefined {
    // only arrived calls are answered with progress of ours
  }

  digit(digit: string, durationMs: number): void {
    if (this.#state !== 'ended') this.#listener.digit?.(digit, durationMs);
  }

  ended(how: Ended): void {
    this.#end(how);
  }

  #invite(): void {
    const { uri, routes, from, to, headers, sdp, destination } = this.#plan;
    this.#sequence += 1;
    this.#heard = false;
    const authorization = this.#authenticator?.fields('INVITE', uri.text) ?? [];
    const parts = {
      ...{ method: 'INVITE', uri, routes, from, to, callId: this.callId, sequence: this.#sequence },
      contact: this.#services.contact(destination.transport),
      headers: [ALLOW_DIALLING, ...authorization, ...headers],
      body: { type: 'application/sdp', text: sdp },
    };
    this.#transaction = this.#services.layer.request((via) => buildRequest(parts, via), destination, {
      responded: (response) => this.#responded(response),
      failed: (cause) => this.#failed(cause),
    });
  }

  #responded(response: SipResponse): void {
    if (response.status < 200) this.#progressed(response);
    else if (response.status < 300) this.#answered(response);
    else this.#refused(response);
  }

  #progressed(response: SipResponse): void {
    this.#heard = true;
    if (this.#state === 'ended') this.#cancel();
    if (this.#state !== 'calling' || response.status === 100) return;
    const sdp = sdpIn(response);
    const early = sdp === 'unsupported' ? undefined : sdp;
    this.#earlySdp = early ?? this.#earlySdp;
    this.#listener.progress?.(response.status, early);
  }

  #answered(response: SipResponse): void {
    const tag = tagOf(response.to) ?? '';
    const again = this.#accepted.get(tag);
    const invite = this.#transaction?.request;
    if (again) again();
    else if (invite) this.#establish(response, invite, tag);
  }

  /** The first 2xx is the call. One from another fork, or one that crossed our CANCEL, is acknowledged and hung up. */
  #establish(response: SipResponse, invite: SipRequest, tag: string): void {
    const isTheCall = this.#state === 'calling';
    const dialog = dialogOfDialled(invite, response, this.#plan.destination);
    const owner = isTheCall ? this : SILENT;
    const session = new Session(this.#services, dialog, owner, { dialled: true, authenticator: this.#authenticator });
    this.#accepted.set(tag, session.established(invite, response, this.#plan.sdp));
    const inAnswer = sdpIn(response);
    const sdp = inAnswer === 'unsupported' ? undefined : (inAnswer ?? this.#earlySdp);
    if (!isTheCall || sdp === undefined) session.hangUp(isTheCall ? 'no answer to the offer' : 'answered elsewhere');
    if (!isTheCall) {
      if (this.#session === undefined) this.#finished();
      return;
    }
    if (sdp === undefined) {
      this.#end({ side: 'failure', cause: 'refused', status: 488 });
      return;
    }
    this.#session = session;
    this.#state = 'up';
    this.#cancelLimit();
    this.#listener.answered(sdp);
  }

  #refused(response: SipResponse): void {
    const isChallenge = response.status === 401 || response.status === 407;
    if (this.#state === 'calling' && isChallenge && this.#challenges < MAX_CHALLENGES && this.#authenticator?.learn(response)) {
      this.#challenges += 1;
      this.#invite();
      return;
    }
    this.#finished();
    this.#end({ side: 'far', cause: 'refused', status: response.status, ...reasonText(response) });
  }

  #failed(cause: 'timeout' | 'transport'): void {
    this.#finished();
    this.#end({ side: 'failure', cause, status: cause === 'timeout' ? 408 : 503 });
  }

  /** A CANCEL may follow only after a provisional response (RFC 3261 §9.1); until then the wish waits for it. */
  #cancel(): void {
    const transaction = this.#transaction;
    this.#services.unfinished.add(this);
    if (!this.#heard || this.#cancelSent || transaction === undefined) return;
    this.#cancelSent = true;
    this.#services.layer.cancel(transaction);
    this.#services.clock.after(LIMIT, () => this.#giveUpCancelling(transaction));
  }

  /** §9.1: no final response 32 s after the CANCEL counts as cancelled. */
  #giveUpCancelling(transaction: ClientTransaction): void {
    if (this.#accepted.size === 0) transaction.abandon();
    this.#finished();
  }

  #finished(): void {
    this.#services.unfinished.delete(this);
  }

  #end(how: Ended): void {
    if (this.#state === 'ended') return;
    this.#state = 'ended';
    this.#cancelLimit();
    this.#over();
    this.#listener.ended(Object.freeze(how));
  }
}

function reasonText(response: SipResponse): { readonly reason?: string } {
  return response.reason === '' ? {} : { reason: response.reason };
}
